"""A parser of command lines that says what is wrong in one line, as the commands say everything else."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from .errors import nearest


class Parser(argparse.ArgumentParser):
    """What argparse has, without all of the usage before each error, and with the nearest option for one unknown."""

    def parse_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> Any:  # type: ignore[override]
        found, unknown = self.parse_known_args(args, namespace)
        if unknown:
            self.error(self._unknown(unknown[0], list(_options(self, found))))
        return found

    def error(self, message: str) -> NoReturn:
        """Leave with status 2."""
        said = message.removeprefix("argument ")
        self.exit(2, f"{self.prog}: {said} (see {self.prog} --help)\n")

    def _unknown(self, argument: str, options: Sequence[str]) -> str:
        if not argument.startswith("-"):
            return f"{argument!r} is one argument too many"
        name = argument.partition("=")[0]
        near = nearest(name, options)
        return f"{name!r} is no option" + (f": did you mean {near!r}?" if near else "")


def _options(parser: argparse.ArgumentParser, found: Any) -> Iterator[str]:
    """The long options of *parser*, and of the command that was *found*."""
    for action in parser._actions:
        yield from (option for option in action.option_strings if option.startswith("--"))
        if isinstance(action.choices, dict):
            yield from _options(action.choices[getattr(found, action.dest)], found)
