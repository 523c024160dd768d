"""Broken text: bytes in an unknown encoding, letters read in the wrong one, signs that do not belong.

    decoding    bytes -> text, and which encoding was chosen
    mojibake    text that was read in the wrong encoding: which words to mend
    encodings   the character sets, and how each mistake is undone
    bigrams     how much like text a word looks; `learn` makes its figures
    signs       odd spaces, invisible and control characters, Unicode normalization
    letters     look-alike letters and stand-ins inside a word
    apostrophes the letters oʻ gʻ and the tutuq of Latin Uzbek
    breaks      spaces and lines lost, or added, with a tag

Each gives edits; `ca_normalize.steps.repair` puts them together. What is a word, a letter or a sign to mend stands in
data/repair; docs/repair.md is the manual.
"""

from __future__ import annotations

from .decoding import Decoded, decode, decoded

__all__ = ["Decoded", "decode", "decoded"]
