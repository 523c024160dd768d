"""What the commands have in common: standard streams, the last word on an error, and the exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable

from .errors import CaNormalizeError

CLOSED_PIPE, INTERRUPTED, FAILED = 141, 130, 2  # the first two: 128 + the number of the signal, as shells count
_MODES = (("stdin", os.O_WRONLY, "r"), ("stdout", os.O_RDONLY, "w"), ("stderr", os.O_WRONLY, "w"))


def run(program: str, work: Callable[[], int]) -> int:
    """Do *work*; returns its exit status, or that of what stopped it, which is said on standard error.

    Args:
        program: the name of the command, for messages.
    """
    _open_closed()
    _spare()
    try:
        status = work()
        sys.stdout.flush()
    except BrokenPipeError:
        _discard()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    except CaNormalizeError as error:
        complain(program, str(error))
        return FAILED
    except OSError as error:
        _discard()
        what = error.filename or "standard output cannot be written"  # a full disk
        complain(program, f"{what}: {error.strerror}")
        return FAILED
    return status


def _spare() -> None:
    """Spare this process, which is ours alone, what would take a fifth of its time on one page."""
    # What is loaded at the start is there to stay: it need not be looked through for garbage again and again.
    gc.set_threshold(200_000, 50, 100)
    # Numpy's library for linear algebra, which nothing here asks for, starts a thread a core, and they wait busily.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def complain(program: str, message: str) -> None:
    print(f"{program}: {message}", file=sys.stderr, flush=True)


def _discard() -> None:
    """Send what is left of the output nowhere, so that Python has nothing to say when it closes the stream."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _open_closed() -> None:
    """Give each standard stream that the caller closed (``>&-``) one whose use is an error, as elsewhere.

    Python has None there: reading fails with a traceback, and what is meant for standard error goes to standard output.
    """
    for name, mode, way in _MODES:
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, mode), way, encoding="utf-8"))  # noqa: SIM115, PTH123  stays open
