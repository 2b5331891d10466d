"""The house: everything the portal knows, in plain Python. It knows nothing of MkDocs (but for build/locale_site.py)."""
