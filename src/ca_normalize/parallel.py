"""A map over processes that keeps the order and reads its input only as fast as it is worked on."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

A = TypeVar("A")
B = TypeVar("B")

CHUNK = 16  # items sent to a process at once: fewer messages


def ordered_map(function: Callable[[A], B], items: Iterable[A], jobs: int, chunk_size: int = CHUNK) -> Iterator[B]:
    """``map(function, items)`` on *jobs* processes (0: one a core), in order, with at most 4 chunks a job in flight.

    *function* and items must be picklable. A process gets *function* once, and keeps what it remembers.
    """
    workers = jobs or cores()
    if workers == 1:
        yield from map(function, items)
        return
    from concurrent.futures import ProcessPoolExecutor

    source = iter(items)
    with ProcessPoolExecutor(workers, initializer=_keep, initargs=(function,)) as pool:
        waiting: deque[Future[list[B]]] = deque()
        while True:
            while len(waiting) < 4 * workers and (chunk := list(islice(source, chunk_size))):
                waiting.append(pool.submit(_each, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def cores() -> int:
    """The cores that this process may use: in a container, or under ``taskset``, not all that the machine has."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux has it
    return len(allowed(0)) if allowed else os.cpu_count() or 1


_kept: list[Callable[[Any], Any]] = []  # the function of a process that works for another


def _keep(function: Callable[[Any], Any]) -> None:
    _kept[:] = [function]


def _each(chunk: list[Any]) -> list[Any]:
    return [_kept[0](item) for item in chunk]


def chunked(items: Iterable[A], count: int, size: int, weigh: Callable[[A], int]) -> Iterator[list[A]]:
    """*items* in lists of at most *count*; one that together weighs *size* is full as well.

    Where *items* raises an exception, what came before it is given first.
    """
    chunk: list[A] = []
    weight = 0
    try:
        for item in items:
            chunk.append(item)
            weight += weigh(item)
            if len(chunk) == count or weight >= size:
                yield chunk
                chunk, weight = [], 0
    except Exception:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
