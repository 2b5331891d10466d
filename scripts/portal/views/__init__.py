"""What templates need, as plain values: every decision about display is made here, none in a template."""
