"""What a name is rewritten to: form for form, in the script of the output; or None, and why not."""

from __future__ import annotations

from .gate import Verdict
from .index import Index, IndexedName
from .match import CASE_NAMES, case, number
from .scene import Scene, sure
from .schema import Entity

MEMO = 200_000  # surfaces remembered

Key = tuple[str, int, str, str, bool, bool]
Result = tuple[str | None, str]


class Rewriter:
    """Rewrites the names of one text.

    Args:
        latin: the output is Latin (the transliterate step runs): names become English labels.
        dated: names that are no longer in use are rewritten too.
    """

    def __init__(self, index: Index, scene: Scene, memo: dict[Key, Result], latin: bool, dated: bool) -> None:
        self.memo = memo
        self.index, self.scene, self.latin, self.dated = index, scene, latin, dated

    def rewrite(self, verdict: Verdict) -> tuple[str | None, str]:
        """The replacement, or None, and a word on why not."""
        hit = verdict.hit
        surface = self.scene.text[hit.start : hit.end]
        detection = self.scene.detection(hit.start)
        key = (surface, verdict.packed, hit.ending, detection.language if sure(detection) else "", self.latin, self.dated)
        known = self.memo.get(key)
        if known is None:
            if len(self.memo) > MEMO:
                self.memo.clear()
            known = self.memo[key] = self._rewrite(verdict, surface, key[3])
        return known

    def _rewrite(self, verdict: Verdict, surface: str, language: str) -> tuple[str | None, str]:
        name = self.index.name(number(verdict.packed))
        entity = self.index.entity(name.entity)
        if name.dated and not self.dated:
            return None, "dated"
        if not name.rewrite:
            return None, "kept"
        if self.latin:
            return self._to_latin(verdict, name, entity, surface)
        if language and name.language.split("-")[0] != language:
            return None, "other language"
        return self._within(verdict, name, entity)

    def _to_latin(self, verdict: Verdict, name: IndexedName, entity: Entity, surface: str) -> tuple[str | None, str]:
        label = form_label(entity, name.form, "en")
        if not label:
            return None, "no label"
        if self._same(surface, label):
            return None, "label"
        return label, ""

    def _within(self, verdict: Verdict, name: IndexedName, entity: Entity) -> tuple[str | None, str]:
        label = form_label(entity, name.form, name.language)
        if not label:
            return None, "no label"
        if self._same(name.text, label):
            return None, "label"
        inflected = self._inflected(verdict, name, entity, label)
        return (inflected, "") if inflected else (None, "ending")

    def _inflected(self, verdict: Verdict, name: IndexedName, entity: Entity, label: str) -> str | None:
        """*label* with the ending that the surface has."""
        kase = CASE_NAMES[case(verdict.packed)]
        if kase != "nom":
            from . import inflect

            return inflect.forms(label, name.language, entity.type, entity.sex).get(kase)
        if verdict.hit.ending:
            from . import inflect

            word = self.scene.folding.word.findall(self.scene.text[verdict.hit.start : verdict.hit.end])[-1]
            stem = name.words[-1]
            tag = inflect.ending(word, stem, name.language)
            return inflect.attach(label, name.language, tag) if tag else None
        return label

    def _same(self, surface: str, label: str) -> bool:
        """Whether they differ in quotation marks, apostrophes and dashes alone."""
        fold = self.scene.folding
        punctuation = {ord(c): fold.map.get(ord(c), c) for c in surface + label if not c.isalnum()}
        return surface.translate(punctuation) == label.translate(punctuation)


def form_label(entity: Entity, form: str, language: str) -> str | None:
    """What names of *form* become in *language*: the first that the entity lists."""
    if form == "former":
        form = "full"
    for name in entity.names:
        if name.form == form and name.language == language and name.tier != "search-only":
            return name.name
    return None
