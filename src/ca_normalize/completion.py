"""Completion scripts and the man page, made from the parser that also makes --help."""

from __future__ import annotations

import argparse
from collections.abc import Iterator


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """A completion script for *shell*: bash, zsh or fish."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](parser)


def _options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if action.option_strings:
            yield action


def _help(action: argparse.Action) -> str:
    return (action.help or "").replace("%%", "%")


def _takes_file(action: argparse.Action) -> bool:
    return action.metavar == "FILE"


def _bash(parser: argparse.ArgumentParser) -> str:
    name = parser.prog.replace("-", "_")
    words = " ".join(string for action in _options(parser) for string in action.option_strings)
    cases = ""
    for action in _options(parser):
        if action.choices:
            words_of = " ".join(map(str, action.choices))
            cases += f"    {'|'.join(action.option_strings)}) COMPREPLY=($(compgen -W '{words_of}' -- \"$cur\"));"
            cases += " return ;;\n"
    return (
        f"_{name}() {{\n"
        '  local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD-1]}"\n'
        f'  case "$prev" in\n{cases}  esac\n'
        f'  if [[ "$cur" == -* ]]; then COMPREPLY=($(compgen -W \'{words}\' -- "$cur"))\n'
        "  else local IFS=$'\\n'; COMPREPLY=($(compgen -f -- \"$cur\")); fi\n"
        f"}}\ncomplete -o filenames -F _{name} {parser.prog}\n"
    )


def _zsh(parser: argparse.ArgumentParser) -> str:
    lines = []
    for action in _options(parser):
        for string in action.option_strings:
            text = _help(action).replace("[", "(").replace("]", ")").replace(":", ";").replace("'", "'\\''")
            value = ""
            if action.choices:
                value = f":value:({' '.join(map(str, action.choices))})"
            elif _takes_file(action):
                value = ":file:_files"
            elif action.nargs != 0:
                value = ":value:"
            lines.append(f"  '{string}[{text}]{value}'")
    body = " \\\n".join([*lines, "  '*:file:_files'"])
    return f"#compdef {parser.prog}\n_arguments \\\n{body}\n"


def _fish(parser: argparse.ArgumentParser) -> str:
    lines = []
    for action in _options(parser):
        parts = [f"complete -c {parser.prog}"]
        parts += [f"-l {s[2:]}" if s.startswith("--") else f"-s {s[1:]}" for s in action.option_strings]
        if action.choices:
            parts.append(f"-x -a '{' '.join(map(str, action.choices))}'")
        elif _takes_file(action):
            parts.append("-r -F")
        elif action.nargs != 0:
            parts.append("-x")
        text = _help(action).replace("'", "\\'")
        lines.append(" ".join([*parts, f"-d '{text}'"]))
    return "\n".join(lines) + "\n"


def man_page(parser: argparse.ArgumentParser, version: str) -> str:
    """The manual page in roff: the same words as --help."""
    lines = [f'.TH {parser.prog.upper()} 1 "" "{parser.prog} {version}" "User Commands"', ".SH NAME"]
    lines += [f"{parser.prog} \\- normalize Central-Asian news text", ".SH SYNOPSIS", f".B {parser.prog}"]
    lines += ["[OPTION]... [FILE]...", ".SH DESCRIPTION", _roff(parser.description or "")]
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if action.help != argparse.SUPPRESS]
        if actions:
            lines += [f".SH {(group.title or 'options').upper()}", _roff(group.description or "")]
        for action in actions:
            head = ", ".join(action.option_strings) or str(action.metavar or action.dest)
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            lines += [".TP", f".B {_roff(head + value)}", _roff(_help(action))]
    lines += [".SH NOTES", ".nf", _roff(parser.epilog or ""), ".fi"]
    return "\n".join(line for line in lines if line) + "\n"


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in ".'" else line for line in escaped.strip("\n").split("\n"))
