"""The commands of `scripts/docs.py`, a few to a room. Only here things are printed."""
