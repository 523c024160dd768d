"""A map over processes that keeps the order and reads its input only as fast as it is worked on."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

CHUNK = 16  # items sent to a process at once: fewer messages


def ordered_map(function: Callable[[A], B], items: Iterable[A], jobs: int) -> Iterator[B]:
    """``map(function, items)`` on *jobs* processes (0: one a core), in order, with at most 4 chunks a job in flight.

    *function* and items must be picklable.
    """
    if jobs == 1:
        yield from map(function, items)
        return
    workers = jobs or os.cpu_count() or 1
    source = iter(items)
    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future[list[B]]] = deque()
        while True:
            while len(waiting) < 4 * workers and (chunk := list(islice(source, CHUNK))):
                waiting.append(pool.submit(_each, function, chunk))
            if not waiting:
                return
            yield from waiting.popleft().result()


def _each(function: Callable[[A], B], chunk: list[A]) -> list[B]:
    return [function(item) for item in chunk]
