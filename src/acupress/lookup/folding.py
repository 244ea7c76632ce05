"""
Text as it is typed: what a name comes down to, and how to say it back.

Nothing here knows any point.
"""

from __future__ import annotations

import re
from unicodedata import category, normalize

CODE = re.compile("([a-z]+)([0-9]+)")
"""Letters and a number, once spaces and dashes are gone."""

DIGIT = re.compile("[0-9]")

_TONES = frozenset("\u0300\u0301\u0302\u0304\u0306\u0308\u030c")
# Apostrophes, dots and the minus sign; other dashes and spaces go by category.
_DROPPED = frozenset(
    "'`.\u2018\u2019\u02bc\u2032\xb7\u2022\u2027\u2219\u22c5\u30fb\u2212"
)


def fold(text: str) -> str:
    """
    Return *text* without case, tones, spaces, dashes, dots and apostrophes.

    Idempotent. ``v`` is how keyboards write u-umlaut, so it becomes ``u``, but
    never beside a number: LV3 is not LU3. Other accents, and letters of other
    scripts that look alike, stay as they are and so match nothing.
    """
    apart = normalize("NFKD", normalize("NFKD", text).casefold())
    toneless = "".join(mark for mark in apart if mark not in _TONES)
    bare = squeezed(toneless)
    spelt = bare if DIGIT.search(bare) else bare.replace("v", "u")
    return normalize("NFKC", spelt)


def normal(text: str) -> str:
    """Return *text* in one width and one case, without spaces around it."""
    return normalize("NFKC", normalize("NFKC", text).casefold()).strip(" ")


def squeezed(text: str) -> str:
    """Return *text* without spaces, dashes, dots and apostrophes."""
    # Tabs and line ends are no spaces: nobody types them within a name.
    return "".join(
        mark
        for mark in text
        if mark not in _DROPPED and category(mark) not in {"Zs", "Pd"}
    )
