"""Run the commands as `python -m signup`."""

import os
import sys

from signup.cli import main

sys.exit(main(sys.argv[1:], os.environ))
