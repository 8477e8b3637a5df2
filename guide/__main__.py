"""`python -m guide`, the same as `pumping-guide`."""

import sys

from guide.cli import main

if __name__ == "__main__":
    sys.exit(main())
