"""READ FIRST: the steps, in order, and the loop that runs them.

    source ─ repair ─ detect ─ repair ─ strip ─ canonicalize ─ transliterate ─ text
             characters      spelling

Each step takes a text and the `Context` and gives edits of that text. The pipeline applies them, keeps them as a
layer, and moves what the context says of the text (segments, notes, names) along. Repair works in two stages: broken
characters are mended before the language is looked for, and what depends on the language after.

The steps run again until nothing changes (at most `PASSES` times): a text that comes out is one that would come
out of itself. Most texts need one pass and a look.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from . import edits as algebra
from . import protect
from .config import Config
from .context import Context
from .edits import Deferred, Edit, Layer
from .errors import UsageError
from .found import Finding, Found
from .result import Detection, Normalized, Segment

if TYPE_CHECKING:
    from .noise import RecurringLines

PASSES = 5
TOGETHER = 64  # texts that `normalize_many` takes through the steps side by side, at most
TOGETHER_SIZE = 1 << 18  # code points of them from which on it takes no more

Step = Callable[[str, Context], Sequence[Edit]]
Languages = tuple[Detection, list[Segment]]


class Stage(NamedTuple):
    """A function of a module in `ca_normalize.steps`, run where its step is among ``Config.steps``."""

    step: str
    module: str
    function: str


STAGES = (
    Stage("repair", "repair", "characters"),
    Stage("detect", "detect", "detect"),
    Stage("repair", "repair", "spelling"),
    Stage("strip", "strip", "strip"),
    Stage("canonicalize", "canonicalize", "canonicalize"),
    Stage("transliterate", "transliterate", "transliterate"),
)


class Normalizer:
    """The whole pipeline, set up once and used for many texts. Thread-safe; pickled by its config.

    Args:
        config: the options; or None, and the options by keyword (see `Config`).

    Raises:
        UsageError: an option is unknown or has a value that it cannot have.

    >>> Normalizer(steps=("transliterate",), language="ru").normalize("Щука").text
    'Shchuka'
    """

    def __init__(self, config: Config | None = None, **options: Any) -> None:
        if config is not None and options:
            raise UsageError("give a config, or options, not both")
        self.config = config or make_config(options)

    def __reduce__(self) -> tuple[type[Normalizer], tuple[Config]]:
        return (Normalizer, (self.config,))

    def normalize(self, text: str, recurring: frozenset[str] = frozenset()) -> Normalized:
        """Normalize one text; no text makes it fail.

        Args:
            text: any string, lone surrogates and all.
            recurring: lines that recur across the collection, for strip to delete (see `noise.RecurringLines`).

        Raises:
            UsageError: *text* is no string.
        """
        return self.together([(checked(text), recurring)])[0]

    def normalize_many(
        self, texts: Iterable[str], jobs: int = 1, recurring: RecurringLines | None = None, passes: int = PASSES
    ) -> Iterator[Normalized]:
        """Normalize many texts, in order; quicker than one by one.

        Args:
            texts: read as needed, some `TOGETHER` ahead: endless input is fine.
            jobs: processes to use; 0 for one a core.
            recurring: has counted the lines of the whole collection; those that recur in it are stripped.
            passes: go through the steps so often at most; one pass tells whether anything changes.
        """
        from .parallel import chunked, ordered_map

        pairs = ((checked(text), recurring.of(text) if recurring else frozenset[str]()) for text in texts)
        chunks = chunked(pairs, TOGETHER, TOGETHER_SIZE, lambda pair: len(pair[0]))
        for results in ordered_map(partial(self.together, passes=passes), chunks, jobs, 1):
            yield from results

    def together(self, pairs: Iterable[tuple[str, frozenset[str]]], passes: int = PASSES) -> list[Normalized]:
        """Normalize some texts, each with the lines in it that recur, stage by stage (see `normalize_many`)."""
        runs = [_Run(text, self.config, recurring) for text, recurring in pairs]
        _side_by_side(runs, self.config, passes)
        return [run.result() for run in runs]


def checked(text: str) -> str:
    """*text*; UsageError where it is no string."""
    if not isinstance(text, str):
        raise UsageError(f"text must be a str, not {type(text).__name__}; use decode() for bytes")
    return text


def make_config(options: dict[str, Any]) -> Config:
    """A `Config` from keyword options.

    Raises:
        UsageError: an option is unknown.
    """
    import dataclasses

    from .errors import choices

    known = [field.name for field in dataclasses.fields(Config)]
    for option in options:
        if option not in known:
            raise UsageError(choices(option, known, "option"))
    return Config(**options)


def _side_by_side(runs: Sequence[_Run], config: Config, passes: int) -> None:
    """Take *runs* through the stages, until nothing changes in them, or so many *passes* are done.

    Each stage sees all texts before the next one does: what it works with is at hand then, which is quicker, and the
    languages of many texts are found quicker than those of one.
    """
    stages = [stage for stage in STAGES if stage.step in config.steps or stage.step == "detect"]
    going = runs
    for _ in range(passes):
        for run in going:
            run.begin()
        for stage in stages:
            if stage.step == "detect":
                _detect(going)
            else:
                for run in going:
                    run.take(stage, last=stage is stages[-1])
        going = [run for run in going if run.ended_otherwise()]
        if not going:
            break


def _detect(runs: Iterable[_Run]) -> None:
    from .language import detect_documents
    from .steps.detect import settle

    asking = [run for run in runs if run.languages is None or run.languages[0] != run.text]
    for run, answer in zip(asking, detect_documents([run.text for run in asking]), strict=True):
        run.languages = (run.text, answer)
    for run in runs:
        if run.languages:
            settle(run.text, run.context, run.languages[1])
            run.know_segments()


class _Run:
    """One text on its way through the steps."""

    def __init__(self, source: str, config: Config, recurring: frozenset[str] = frozenset()) -> None:
        self.source = self.text = source
        self.config = config
        self.recurring = recurring
        self.guarded = bool(config.comments or config.ignore_rules or config.ignore_names)
        self.layers: list[Layer] = []
        self._settled: dict[Stage, tuple[str, list[Segment], bool]] = {}  # what each stage found nothing to do in
        self.languages: tuple[str, Languages] | None = None  # the text that was looked at last, and its languages
        self.context = Context(config)
        self.first: Context | None = None  # of the first pass
        self._before = source  # the text at the beginning of a pass
        self._findings: list[Finding] = []

    def begin(self) -> None:
        """Begin a pass."""
        self._before = self.text
        self.context = Context(self.config, again=self.first is not None, recurring=self.recurring)
        if self.first:
            self.context.machine_translated = self.first.machine_translated

    def ended_otherwise(self) -> bool:
        """End a pass; whether it changed the text."""
        self.first = self.first or self.context
        return self.text != self._before

    def know_segments(self) -> None:
        """Keep the segments of the first pass."""
        if not self.first:
            self._findings.append(Finding(len(self.layers), again=False, segments=tuple(self.context.segments)))

    def take(self, stage: Stage, last: bool) -> None:
        """Run one stage; nobody asks for the segments after the *last* one of a pass."""
        context = self.context
        given = (self.text, context.segments, context.machine_translated)
        if self._settled.get(stage) == given:
            return
        edits = self._edits(stage, context)
        self._learn(context)
        after = algebra.apply(self.text, edits)
        if after == self.text:
            self._settled[stage] = given
            return
        self.text = after
        self.layers.append(edits)
        if not last:
            context.segments = _moved(context.segments, algebra.Mapper(edits))

    def _edits(self, stage: Stage, context: Context) -> Layer:
        """What a stage changes in the text at hand, less what is forbidden."""
        edits: Layer = _function(stage)(self.text, context)
        if not isinstance(edits, Deferred):
            edits = algebra.changed(self.text, edits)
        return tuple(protect.allowed(self.text, edits, context)) if self.guarded and edits else edits

    def _learn(self, context: Context) -> None:
        """Keep what a stage found."""
        if context.names or context.notes:
            found = Finding(len(self.layers), self.first is not None, context.names, context.notes)
            self._findings.append(found)
            context.names, context.notes = (), []

    def result(self) -> Normalized:
        assert self.first is not None
        layers = tuple(self.layers)
        found = Found(layers, self._findings)
        return Normalized(self.source, self.text, self.first.detection, layers, found, self.config.rules)


def _moved(segments: Iterable[Segment], mapper: algebra.Mapper) -> list[Segment]:
    moved = []
    for start, end, detection in segments:
        low, high = mapper.forward(start, end)
        if low < high:
            moved.append(Segment(low, high, detection))
    return moved


@cache
def _function(stage: Stage) -> Step:
    """The function of a stage; its module is imported when it is first needed."""
    module = importlib.import_module(f".steps.{stage.module}", __package__)
    step: Step = getattr(module, stage.function)
    return step
