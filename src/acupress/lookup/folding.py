"""Normalises typed names for lookup: case, tones, width, spaces and punctuation."""

from __future__ import annotations

import re
from unicodedata import category, normalize

CODE = re.compile(r"(3?[^\W\d_]+)([0-9]+)")
"""A point code after :func:`without_separators`: DI4, but also Dü3 and 3E5."""

DIGIT = re.compile("[0-9]")

_TONES = frozenset("\u0300\u0301\u0302\u0304\u0306\u0308\u030c")
# What no screen shows: soft hyphen, zero-width space and joiners, marks of direction,
# word joiner, byte order mark, variation selectors. Overrides of direction are not
# among them: those make a number look like another.
_INVISIBLE = dict.fromkeys(
    [0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF, *range(0xFE00, 0xFE10)]
)
# Apostrophes, dots and the minus sign; dashes and spaces are dropped by category.
_SEPARATORS = frozenset(
    "'`.\u2018\u2019\u02bc\u2032\xb7\u2022\u2027\u2219\u22c5\u30fb\u2212"
)


def fold(text: str) -> str:
    """
    Return *text* without case, tones, spaces, dashes, dots and apostrophes.

    Idempotent. ``v``, which pinyin keyboards use for u-umlaut, becomes ``u`` in text
    without digits only: LV3 is not LU3. Other accents and homoglyphs are kept, and
    so match nothing.
    """
    decomposed = _one_i(normalize("NFKD", normalize("NFKD", _seen(text)).casefold()))
    toneless = "".join(char for char in decomposed if char not in _TONES)
    bare = without_separators(toneless)
    folded = bare if DIGIT.search(bare) else bare.replace("v", "u")
    return normalize("NFKC", folded)


def normal(text: str) -> str:
    """Return *text* in NFKC and lower case, as it is seen, without outer spaces."""
    lower = normalize("NFKC", normalize("NFKC", _seen(text)).casefold())
    return _one_i(lower).strip(" ")


def _seen(text: str) -> str:
    return text if text.isascii() else text.translate(_INVISIBLE)


def _one_i(text: str) -> str:
    """Return lower-case *text* with the four letters i of Turkish as one."""
    return (
        text if text.isascii() else text.replace("i\u0307", "i").replace("\u0131", "i")
    )


def without_separators(text: str) -> str:
    """Return *text* without spaces, dashes, dots and apostrophes."""
    # Tabs and newlines are kept: they do not occur within a name.
    return "".join(
        char
        for char in text
        if char not in _SEPARATORS and category(char) not in {"Zs", "Pd"}
    )
