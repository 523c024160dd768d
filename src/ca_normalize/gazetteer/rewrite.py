"""What a name is rewritten to: form for form, in the script of the output; or None, and why not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from .candidates import FOREIGN
from .gate import Verdict
from .gates import Gates
from .index import Index, IndexedName
from .match import CASE_NAMES, case, number
from .schema import FORMS, Entity

_FIGURES = re.compile("[0-9]+")
GROWS = 1.3  # a label that is so many times longer, and has more words, is another form (Евросоюз, Европейский союз)

SAME = 0.9  # two spellings with more or fewer words are at least so alike, by their cross-script keys
ALIKE = 0.75  # others are at least so alike
WORDS_ALIKE = 0.5  # or each of their words is

Fields = tuple[str, str, str, str, str | None, str]  # of a `Name`, from its surface on
REPLACEMENT = 4  # its place among them
Result = tuple[str | None, str]


class Rewriter:
    """Rewrites the names of one text.

    Args:
        latin: the output is Latin (the transliterate step runs): names become English labels.
        dated: names that are no longer in use are rewritten too.
    """

    def __init__(self, index: Index, gates: Gates, latin: bool, dated: bool) -> None:
        self.home, self.kept, self.reworded, self.native = gates.home, gates.kept, gates.reworded, gates.native
        self.index, self.latin, self.dated = index, latin, dated

    def fields(self, text: str, verdict: Verdict) -> Fields:
        """What a `Name` says of *verdict* but where it stands, the replacement in it; *text* is the line."""
        hit, candidate, rule, _ = verdict
        stopped = text[hit.end : hit.end + 1] == "."
        key = (rule, stopped, self.latin, self.dated)
        known: Fields | None = candidate.written.get(key)
        if known is None:
            surface, entity = text[hit.start : hit.end], candidate.entity
            written, why_not = self._rewrite(verdict, surface, hit.language)
            if written and written[-1] == "." and stopped:
                written = written[:-1]  # the full stop of the sentence is there already: США. is U.S.
            rule = f"{rule}; {why_not}" if why_not else rule
            known = candidate.written[key] = (surface, entity.id, entity.type, entity.label, written, rule)
        return known

    def _rewrite(self, verdict: Verdict, surface: str, language: str) -> Result:
        name, entity = verdict.candidate.name, verdict.candidate.entity
        if name.dated and not self.dated:
            return None, "dated"
        target = "en" if self.latin else name.language
        if (surface[0].isascii() or not self.latin) and self._kept(name):
            return None, "kept"
        if not self.latin and language and name.language.split("-")[0] != language:
            return None, "other language"
        label = form_label(entity, name.form, target)
        same_script = label is not None and label[:1].isascii() == name.text[:1].isascii()
        if not label or not (self.latin or same_script):
            return None, "no label"
        if self._shared(label, name.entity):
            return None, "shared label"
        label = self._as_short(name, entity, label)
        why_not = self._needless(verdict, name, entity, label, surface) if same_script else ""
        if not why_not and self._in_other_words(verdict, surface, label):
            why_not = "other words"
        if why_not:
            return None, why_not
        written = label if self.latin else self._inflected(verdict, surface, name, entity, label)
        if written is None:
            return None, "ending"
        if len(surface) > 1 and surface.isupper() and name.form != "acronym" and not name.text.isupper():
            written = written.upper()
        return (None, "label") if self._same(surface, written) else (written, "")

    def _plainer(self, surface: str, label: str) -> bool:
        """Whether *label* lacks a native letter that *surface* has: it is spelled as another language does."""
        fold = self.index.folding.fold
        return not self.native.intersection(fold(surface)) <= set(fold(label))

    def _shared(self, label: str, entity: int) -> bool:
        """Whether *label* is a strong name of another entity, which the rewritten text would be taken to speak of."""
        twins = map(self.index.name, map(number, self.index.find(self.index.folding.key(label))))
        return any(twin.tier == "strong" and twin.entity != entity and twin.text == label for twin in twins)

    def _kept(self, name: IndexedName) -> bool:
        """Whether the entity lists what stands there, in any language, as a name to be left as it is."""
        twins = (self.index.name(number(packed)) for packed in self.index.find(name.shape.key))
        return name.rewrite is False or any(twin.rewrite is False for twin in twins if twin.entity == name.entity)

    def _needless(self, verdict: Verdict, name: IndexedName, entity: Entity, label: str, surface: str) -> str:
        """Why *name*, in the script of *label*, is as good as it; or an empty string."""
        listed, given = self.index.folding.key(label), name.shape.key
        if verdict.hit.by_key:
            foreign = self.latin or verdict.hit.language in FOREIGN
            return "" if foreign or not self._plainer(surface, label) else "native letters"
        if any(form_label(entity, form, "en" if self.latin else name.language) == name.text for form in FORMS):
            return "label"
        if listed == given and not _inner_capitals(name.text, label):
            return "label"
        same_language = name.language == ("en" if self.latin else name.language)
        if same_language and name.rewrite is None and entity.type in self.kept and entity.country not in self.home:
            return "kept"
        if f" {listed} " in f" {given} " or f" {given} " in f" {listed} ":
            return "" if listed == given else "fuller" if len(given) > len(listed) else "shorter"
        if entity.type != "person" and set(listed.split()) < set(given.split()):
            return "fuller"
        if same_language and listed.count(" ") > given.count(" ") and len(listed) > GROWS * len(given):
            return "shorter"
        return ""

    def _as_short(self, name: IndexedName, entity: Entity, label: str) -> str:
        """The English spelling of a name that is a part of its own label (Манас, Международный аэропорт «Манас»)."""
        if not self.latin or name.language == "en":
            return label
        own = form_label(entity, name.form, name.language)
        given, listed = name.shape.key, self.index.folding.key(own) if own else ""
        if given == listed or f" {given} " not in f" {listed} ":
            return label
        wanted = self._joined(name.text)
        spelled = (each.name for each in entity.names if (each.form, each.language) == (name.form, "en"))
        return next((each for each in spelled if _alike(self._joined(each), wanted) >= SAME), label)

    def _joined(self, name: str) -> str:
        return "".join(word for word, _ in self._skeletons(name))

    def _in_other_words(self, verdict: Verdict, surface: str, label: str) -> bool:
        """Whether *label* is not the name spelled otherwise: a capitalised word of one is like none of the other.

        Across scripts a label may be a translation, so that only surnames of these countries can be compared; and
        figures: a label with another year speaks of something else.
        """
        name, entity = verdict.candidate.name, verdict.candidate.entity
        if not name.rewrite and sorted(_FIGURES.findall(surface)) != sorted(_FIGURES.findall(label)):
            return True
        if name.form == "acronym" or name.rewrite or entity.type in self.reworded:
            return False
        text = surface if verdict.hit.by_key else name.text
        if text[0].isascii() != label[0].isascii() and (name.form != "surname" or entity.country not in self.home):
            return False
        given, wanted = self._skeletons(text), self._skeletons(label)
        alike = _alike("".join(word for word, _ in given), "".join(word for word, _ in wanted))
        if entity.type == "person" and len(given) != len(wanted):
            return alike < SAME  # Турсун-заде is Tursunzoda, but a patronymic stays
        return alike < ALIKE and not (_like(given, wanted) and _like(wanted, given))

    def _skeletons(self, name: str) -> list[tuple[str, bool]]:
        """The cross-script keys of the words of *name*, and whether each has a capital."""
        fold, of_word = self.index.folding.fold, self.index.skeleton.of_word
        return [(of_word(fold(word)), word[0].isupper()) for word in self.index.folding.word.findall(name)]

    def _inflected(self, verdict: Verdict, surface: str, name: IndexedName, entity: Entity, label: str) -> str | None:
        """*label* with the ending that the surface has."""
        if name.language == "ru":
            return self._declined(verdict, surface, name, entity, label)
        if verdict.hit.ending:
            from . import inflect

            word = self.index.folding.word.findall(surface)[-1]
            stem = name.words[-1]
            tag = inflect.ending(word, stem, name.language)
            return inflect.attach(label, name.language, tag) if tag else None
        return label

    def _declined(self, verdict: Verdict, surface: str, name: IndexedName, entity: Entity, label: str) -> str | None:
        """The Russian *label* in the case of the surface: by its form, or by the case alone where it is in capitals."""
        from . import inflect

        classes = {row.name: row.inflect for row in entity.names if row.language == "ru"}
        given, wanted = classes.get(name.text), classes.get(label)
        if inflect.cases(name.text, surface, entity.type, entity.sex, given):
            return inflect.carry(surface, name.text, label, entity.type, entity.sex, given, wanted)
        kase = CASE_NAMES[case(verdict.candidate.packed)]
        return label if kase == "nom" else inflect.forms(label, "ru", entity.type, entity.sex, wanted).get(kase)

    def _same(self, surface: str, label: str) -> bool:
        """Whether they differ in quotation marks, apostrophes and dashes alone."""
        fold = self.index.folding
        punctuation = {ord(c): fold.map.get(ord(c), c) for c in surface + label if not c.isalnum()}
        return surface.translate(punctuation) == label.translate(punctuation)


def _inner_capitals(name: str, label: str) -> bool:
    """Whether two names that differ in capitals differ inside a word (KazAtomProm), not at its beginning alone."""
    pairs = zip(name.split(), label.split(), strict=False)
    return any(a != b and not a.istitle() and not a.islower() for a, b in pairs)


def _like(words: list[tuple[str, bool]], others: list[tuple[str, bool]]) -> bool:
    """Whether each of *words* that has a capital is like one of *others*."""
    return all(any(_alike(word, other) >= WORDS_ALIKE for other, _ in others) for word, big in words if big)


def _alike(word: str, other: str) -> float:
    return SequenceMatcher(None, word, other, autojunk=False).ratio()


def form_label(entity: Entity, form: str, language: str) -> str | None:
    """What names of *form* become in *language*: the first that the entity lists."""
    if form == "former":
        form = "full"
    for name in entity.names:
        if name.form == form and name.language == language and name.tier != "search-only":
            return name.name
    return None
