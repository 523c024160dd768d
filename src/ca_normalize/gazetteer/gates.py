"""What is asked of a name by the type of its entity, and what is rewritten where: ``data/gazetteer/gates.toml``."""

from __future__ import annotations

from typing import Any, NamedTuple

from .cues import Cues


class TypeGate(NamedTuple):
    """What is asked of names of one type of entities."""

    mask: int  # of the cues that block beside
    both: tuple[tuple[int, str], ...]  # the mask of a cue beside, and a cue near, that block together
    needs: tuple[str, ...]
    widens: bool  # a name that needs the first of them may have any
    quoted: bool
    people: bool


_OPEN = TypeGate(0, (), (), False, True, False)


class Gates:
    """The gates of ``gates.toml``, by type; and what is rewritten where.

    Attributes:
        home: the countries whose places are rewritten in their own language too.
        kept: the types that are left as they are elsewhere.
        reworded: the types whose names are rewritten to a label in other words too.
        native: letters of the languages here that neither Russian nor English has.
    """

    def __init__(self, tables: dict[str, dict[str, Any]], cues: Cues) -> None:
        self.home = frozenset(tables["rewriting"]["home"])
        self.kept = frozenset(tables["rewriting"]["kept"])
        self.reworded = frozenset(tables["rewriting"]["reworded"])
        self.native = frozenset(tables["rewriting"]["native"])
        self._by_type: dict[str, TypeGate] = {}
        for name, table in tables.items():
            if name == "rewriting":
                continue
            single = [block for block in table["blocks"] if "+" not in block]
            pairs = (block.split("+") for block in table["blocks"] if "+" in block)
            both = tuple((cues.bits[beside], near) for beside, near in pairs)
            mask = 0
            for block in single:
                mask |= cues.bits[block]
            widens, quoted, people = (table.get(key, key == "quoted") for key in ("widens", "quoted", "people"))
            gate = TypeGate(mask, both, tuple(table["needs"]), widens, quoted, people)
            self._by_type.update(dict.fromkeys(table["types"], gate))

    def of(self, kind: str) -> TypeGate:
        return self._by_type.get(kind, _OPEN)
