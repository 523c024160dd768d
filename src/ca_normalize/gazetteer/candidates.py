"""Candidates: the names that a hit may be, by their letters, language and form; its surroundings are not looked at."""

from __future__ import annotations

from typing import Any, NamedTuple
from unicodedata import combining

from .build import CAPITAL, LOOKUP
from .gates import Gates, TypeGate
from .index import IndexedName
from .match import Hit, Matcher, case, number
from .openings import SLAVIC
from .scene import Scene
from .schema import Entity

MEMO = 20_000  # surfaces remembered
FOREIGN = frozenset(("en", "ru"))  # languages that have names of their own for all places in the world
PLAIN = frozenset(("", " ", "\n", ",", ";", "("))  # around a name that is joined to nothing
CUED = 1  # the stage of names that need cues beside them; names of stage 0 stand by themselves
SURNAME = 2  # the stage of names that need a title, or the person's full name
LOOSE = 3  # the stage of names that a shorter one goes before
STAGES = range(LOOSE + 1)
BY_ANCHOR = ("surname", "epithet")


class Candidate(NamedTuple):
    """A name that a surface may be, as far as its letters go."""

    packed: int
    name: IndexedName
    entity: Entity
    gate: TypeGate
    plain: bool  # it stands by itself, and its capital says something
    stage: int  # 0, CUED, SURNAME or LOOSE
    written: dict[Any, Any]  # what the rewriter remembers of it


class Choice(NamedTuple):
    """All candidates of a hit.

    Attributes:
        only: that of stage 0, where there is but one, and it is plain.
        stages: the candidates of each stage.
        later: whether there are any of a later stage than 0.
    """

    only: Candidate | None
    stages: tuple[list[Candidate], ...]
    later: bool


class Candidates:
    """Gives the candidates of hits, and remembers them."""

    def __init__(self, matcher: Matcher, gates: Gates) -> None:
        self.index, self.matcher, self.gates = matcher.index, matcher, gates
        self._memo: dict[tuple[str, str, str, bool], Choice] = {}

    def of(self, scene: Scene, hit: Hit) -> Choice | None:
        """The candidates of a hit in the line of *scene*; None where no name can stand."""
        text, start, end = scene.text, hit.start, hit.end
        after = text[end : end + 1]
        joined = after not in PLAIN or text[start - 1 : start] not in PLAIN
        if joined and (combining(after or " ") or scene.in_address(start, end)):
            return None
        surface = text[start:end]
        key = (surface, hit.language, hit.ending, hit.by_key)
        known = self._memo.get(key)
        if known is None:
            if len(self._memo) > MEMO:
                self._memo.clear()
            known = self._memo[key] = self._of(surface, hit, hit.language)
        return known

    def _of(self, surface: str, hit: Hit, language: str) -> Choice:
        """See `of`; of names of one entity that ask for the same, the one nearest to the language.

        What an entity's name in the language of the text asks for is not got round by the same letters in another:
        Жамгыр is a deposit in Russian, and rain in Kyrgyz.
        """
        best: dict[tuple[object, ...], tuple[tuple[bool, bool, bool], Candidate]] = {}
        for packed in hit.packed:
            name = self.index.name(number(packed))
            if packed & LOOKUP or name.tier == "search-only":
                continue
            if (case(packed) and language and language not in SLAVIC) or not self.matcher.fits(surface, hit, name):
                continue
            if hit.words == 1 and name.language != language and self.foreign(hit, name, language):
                continue
            if hit.words > 1 and self.loose(surface, name):
                stage = LOOSE
            else:
                stage = 0 if name.tier == "strong" else SURNAME if name.form in BY_ANCHOR and not name.needs else CUED
            rank = (name.language.split("-")[0] == language, not case(packed), not name.dated)
            key = (name.entity, stage, name.needs, name.blocks)
            if key not in best or best[key][0] < rank:
                entity = self.index.entity(name.entity)
                plain = name.tier == "strong" and not packed & CAPITAL
                best[key] = (rank, Candidate(packed, name, entity, self.gates.of(entity.type), plain, stage, {}))
        own = {one.name.entity for (same_language, *_), one in best.values() if same_language}
        found = [one for (same_language, *_), one in best.values() if same_language or one.name.entity not in own]
        stages = tuple([one for one in found if one.stage == stage] for stage in STAGES)
        first = stages[0]
        only = first[0] if len(first) == 1 and first[0].plain and not hit.by_key else None
        return Choice(only, stages, any(stages[1:]))

    def loose(self, surface: str, name: IndexedName) -> bool:
        """Whether the kind follows an English name in lower case (Amanat party), which has a name without it."""
        words = surface.split()
        while words and words[-1].islower():
            words.pop()
        core = self.index.folding.key(" ".join(words))
        if name.language != "en" or core == name.shape.key:
            return False
        return any(self.index.name(number(packed)).entity == name.entity for packed in self.index.find(core))

    def foreign(self, hit: Hit, name: IndexedName, language: str) -> bool:
        """Whether *name* is another language's, and does not stand in text of *language*.

        Names of states and of places far away do not (Rim is Rome in Uzbek, not in English), nor do acronyms (ИА is the
        European Union in Tajik, a news agency in Russian), nor a name with an ending where the entity has names in it.
        """
        entity = self.index.entity(name.entity)
        if language in FOREIGN:
            far = entity.type in self.gates.kept and entity.country not in self.gates.home
            return (far or name.form == "acronym" or entity.type == "country") and name.language not in FOREIGN
        label = entity.labels.get(language, "")
        same_script = bool(label) and label[0].isascii() == name.text[0].isascii()
        return bool(hit.ending) and name.language.split("-")[0] != language and same_script
