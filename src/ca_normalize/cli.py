"""The door of `ca-normalize`: answers --version at once, and leaves all else to `filter`."""

import sys

from . import __version__

TYPE_CHECKING = False  # as in typing, which takes longer to import than the answer to --version
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: "Sequence[str] | None" = None) -> int:
    """Run the command; returns the exit status."""
    words = sys.argv[1:] if argv is None else list(argv)
    if words == ["--version"]:
        print(f"ca-normalize {__version__}")
        return 0
    from .filter import main as run

    return run(words)
