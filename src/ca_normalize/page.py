"""One self-contained HTML page: source and result side by side, with every edit, its rule and its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template

from .config import STEPS
from .edits import Edit
from .explain import reasons
from .result import Name, Normalized

_UNSHOWABLE = re.compile("[\0\ud800-\udfff]")
TEMPLATE = Path(__file__).parent / "templates" / "report.html"


def render(results: Iterable[tuple[str, Normalized]], title: str = "ca-normalize") -> str:
    """The page for some texts.

    Args:
        results: the name of each text, and what became of it.
        title: of the page.
    """
    template = Template(TEMPLATE.read_text("utf-8"))
    articles = "\n".join(_article(name, result) for name, result in results)
    return template.substitute(title=escape(title), filters=_filters(), articles=articles)


def _filters() -> str:
    def box(key: str) -> str:
        variable = "name" if key == "names" else key
        swatch = f'<span class="swatch" style="background: var(--{variable})"></span>'
        return f'<label><input type="checkbox" name="{key}" checked>{swatch}{key}</label>'

    return "".join(box(key) for key in (*STEPS, "names"))


def _article(title: str, result: Normalized) -> str:
    counts = ", ".join(
        f"{step} {count}" for step in STEPS if (count := sum(edit.step == step for edit in result.edits))
    )
    facts = f"{result.language.tag} ({result.language.confidence:.2f}); edits: {counts or 'none'}"
    source, text = _marked(result)
    return (
        f"<article><h2>{escape(title)} <small>{escape(facts)}</small></h2>"
        f'<div class="sides"><div class="side source"><h3>SOURCE</h3>{source}</div>'
        f'<div class="side result"><h3>RESULT</h3>{text}</div></div>{_notes(result)}</article>'
    )


def _marked(result: Normalized) -> tuple[str, str]:
    """Source and result as HTML, the edits marked in both, names underlined."""
    tips = _tips(result)
    left: list[str] = []
    right: list[str] = []
    at = 0
    for number, edit in enumerate(result.edits):
        same = _named(result, at, edit.start)
        mark = f'<mark class="{escape(edit.step)}" data-edit="{number}" data-tip="{escape(tips[number])}">'
        left += (same, mark, _safe(result.source[edit.start : edit.end]), "</mark>")
        right += (same, mark, _safe(edit.replacement), "</mark>")
        at = edit.end
    rest = _named(result, at, len(result.source))
    return "".join([*left, rest]), "".join([*right, rest])


def _tips(result: Normalized) -> list[str]:
    """What to show for each edit: step, rule, reason, and the name that it is."""
    why, names, at = reasons(result), result.names, 0
    tips = []
    for edit in result.edits:
        while at < len(names) and names[at].end <= edit.start:
            at += 1
        lines = [f"{edit.step}: {edit.rule}", _change(edit, result.source)]
        lines += [reason] if (reason := why(edit.step, edit.rule)) else []
        lines += [_entity(names[at])] if at < len(names) and names[at].start < edit.end else []
        tips.append("\n".join(lines))
    return tips


def _change(edit: Edit, source: str) -> str:
    old = source[edit.start : edit.end]
    return f"{old[:80]} → {edit.replacement[:80]}" if edit.replacement else f"deleted ({len(old)} code points)"


def _entity(name: Name) -> str:
    return f"{name.canonical} ({name.type}, {name.id}): {name.rule}"


def _named(result: Normalized, start: int, end: int) -> str:
    """source[start:end], which no edit touches, as HTML with the names in it underlined."""
    parts: list[str] = []
    for name in _between(result.names, start, end):
        parts.append(_safe(result.source[start : name.start]))
        tip = escape(_entity(name))
        parts.append(f'<span class="name" data-tip="{tip}">{_safe(result.source[name.start : name.end])}</span>')
        start = name.end
    parts.append(_safe(result.source[start:end]))
    return "".join(parts)


def _between(names: Sequence[Name], start: int, end: int) -> Iterator[Name]:
    from bisect import bisect_left

    for name in names[bisect_left(names, start, key=lambda name: name.start) :]:
        if name.end > end:
            return
        if name.start >= start:
            yield name
            start = name.end


def _notes(result: Normalized) -> str:
    items = "".join(
        f"<li>{escape(note.kind)}: {_safe(note.text)} <small>[{escape(note.rule)}]</small></li>"
        for note in result.notes
    )
    return f'<ul class="notes">{items}</ul>' if items else ""


def _safe(text: str) -> str:
    """*text* as HTML; what no HTML may hold (lone surrogates, NUL) is shown as U+FFFD."""
    return escape(_UNSHOWABLE.sub("\ufffd", text))
