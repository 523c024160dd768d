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
from typing import Any, NamedTuple

from . import edits as algebra
from . import protect
from .config import Config
from .context import Context
from .edits import Edit, Layer
from .errors import UsageError
from .result import Name, Normalized, Segment

PASSES = 5

Step = Callable[[str, Context], Sequence[Edit]]


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

    def normalize(self, text: str) -> Normalized:
        """Normalize one text; no text makes it fail.

        Args:
            text: any string, lone surrogates and all.

        Raises:
            UsageError: *text* is no string.
        """
        if not isinstance(text, str):
            raise UsageError(f"text must be a str, not {type(text).__name__}; use decode() for bytes")
        run = _Run(text, self.config)
        for _ in range(PASSES):
            if not run.once():
                break
        return run.result()

    def normalize_many(self, texts: Iterable[str], jobs: int = 1) -> Iterator[Normalized]:
        """Normalize many texts, in order.

        Args:
            texts: read as needed: endless input is fine.
            jobs: processes to use; 0 for one a core.
        """
        if jobs == 1:
            return map(self.normalize, texts)
        from .parallel import ordered_map

        return ordered_map(self.normalize, texts, jobs)


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


class _Run:
    """One text on its way through the steps."""

    def __init__(self, source: str, config: Config) -> None:
        self.source = self.text = source
        self.config = config
        self.guarded = bool(config.comments or config.ignore_rules or config.ignore_names)
        self.layers: list[Layer] = []
        self.first: Context | None = None  # of the first pass, with offsets of the source
        self.names: list[Name] = []

    def once(self) -> bool:
        """Run every stage once; True where the text changed."""
        context = Context(self.config)
        if self.first:
            context.machine_translated = self.first.machine_translated
        before = self.text
        for stage in STAGES:
            if stage.step not in self.config.steps and stage.step != "detect":
                continue
            notes, names = len(context.notes), len(context.names)
            edits = algebra.changed(self.text, _function(stage)(self.text, context))
            if self.guarded:
                edits = list(protect.allowed(self.text, edits, context))
            context.notes[notes:] = [self._to_source(note) for note in context.notes[notes:]]
            context.names[names:] = [self._to_source(name) for name in context.names[names:]]
            if edits:
                mapper = algebra.Mapper(edits)
                context.segments = _moved(context.segments, mapper)
                self.text = algebra.apply(self.text, edits)
                self.layers.append(edits)
        self._learn(context)
        return self.text != before

    def _learn(self, context: Context) -> None:
        """Keep what the first pass knew, and what a later pass added to it."""
        if self.first is None:
            context.segments = [self._to_source(segment) for segment in context.segments]
            self.first, self.names = context, context.names
            return
        known = {(name.start, name.end) for name in self.names}
        new = [name for name in context.names if name.replacement and (name.start, name.end) not in known]
        self.names = sorted(self.names + new)
        kinds = {note.kind for note in self.first.notes}
        self.first.notes += [note for note in context.notes if note.kind not in kinds]

    def _to_source(self, item: Any) -> Any:
        start, end = item.start, item.end
        for layer in reversed(self.layers):
            start, end = algebra.Mapper(layer).back(start, end)
        return item._replace(start=start, end=end)

    def result(self) -> Normalized:
        assert self.first is not None
        return Normalized(
            self.source,
            self.text,
            self.first.detection,
            tuple(self.first.segments),
            tuple(self.names),
            tuple(self.first.notes),
            tuple(tuple(layer) for layer in self.layers),
        )


def _moved(segments: Iterable[Segment], mapper: algebra.Mapper) -> list[Segment]:
    moved = []
    for start, end, detection in segments:
        low, high = mapper.forward(start, end)
        if low < high:
            moved.append(Segment(low, high, detection))
    return moved


def _function(stage: Stage) -> Step:
    """The function of a stage; its module is imported when it is first needed."""
    module = importlib.import_module(f".steps.{stage.module}", __package__)
    step: Step = getattr(module, stage.function)
    return step
