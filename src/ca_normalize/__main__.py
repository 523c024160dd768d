"""``python -m ca_normalize``: the same as the command ``ca-normalize``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
