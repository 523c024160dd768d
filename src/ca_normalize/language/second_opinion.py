"""langdetect, for text that is in none of the languages of the model.

It knows none of kk, ky, uz, tg, tk, and gives them other names with much confidence; so it is only asked about text
that the model has found to be foreign. Its profiles are read when it is first asked.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

UND = "und"
SEED = 0  # langdetect draws at random; with a seed of our own, its answers do not change, nor does that of anybody else


def second_opinion(text: str) -> tuple[str, float]:
    """BCP 47 code and probability; `und` and 0 where langdetect finds nothing to go by."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory().create()
    detector.append(text.encode("utf-8", "replace").decode())
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return UND, 0.0
    return (found[0].lang, min(1.0, found[0].prob)) if found else (UND, 0.0)


@cache
def _factory() -> Any:
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.load_profile(str(Path(langdetect.__file__).parent / "profiles"))
    factory.seed = SEED  # of this factory only: other users of langdetect keep theirs
    return factory
