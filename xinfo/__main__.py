"""`python -m xinfo`: the command line."""

import sys

from xinfo.cli import main

if __name__ == "__main__":
    sys.exit(main())
