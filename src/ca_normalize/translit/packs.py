"""Our schemes as language packs of the `transliterate` package."""

from __future__ import annotations

from typing import Any

LANGUAGES = {"kk": "Kazakh", "ky": "Kyrgyz", "uz": "Uzbek", "tg": "Tajik", "tk": "Turkmen", "kaa": "Karakalpak"}


def register_packs(scheme: str | None = None) -> tuple[str, ...]:
    """Give the `transliterate` package the languages of Central Asia.

    After it, ``transliterate.translit("Қазақстан", "kk", reversed=True)`` gives ``'Kazakhstan'``. As with its other
    packs, ``reversed=True`` is from Cyrillic to Latin; the other way goes by the language's own reversible scheme
    where *scheme* has no way back.

    Args:
        scheme: a name among `schemes`, or None for the default of each language.

    Returns:
        the codes of the languages that were registered.

    Raises:
        UsageError: one of the languages has no such scheme.
    """
    from transliterate.base import TranslitLanguagePack, registry

    from .api import transcriber
    from .registry import find, names

    for code, name in LANGUAGES.items():
        raw = find(code, scheme)[1]
        way_back = scheme
        if raw["reversible"] == "no":
            way_back = next(other for other, table in names(code).items() if table["reversible"] != "no")

        def translit(
            self: Any,
            value: str,
            reversed: bool = False,
            strict: bool = False,
            fail_silently: bool = True,
            _code: str = code,
            _back: str | None = way_back,
        ) -> str:
            del self, strict, fail_silently
            return transcriber(_code, scheme)(value) if reversed else transcriber(_code, _back, True)(value)

        pairs = [(key, value) for key, value in raw["letters"].items() if len(key) == len(value) == 1]
        content = {
            "language_code": code,
            "language_name": name,
            "mapping": ("".join(value for _, value in pairs), "".join(key for key, _ in pairs)),
            "translit": translit,
        }
        registry.register(type(f"{name}LanguagePack", (TranslitLanguagePack,), content), force=True)
    return tuple(LANGUAGES)
