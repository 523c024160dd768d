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
    import gc

    from .filter import main as run

    # What is loaded at the start is there to stay: to look through it for garbage again and again takes a tenth of it.
    gc.set_threshold(200_000, 50, 100)

    return run(words)
