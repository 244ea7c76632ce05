"""
What a key means on other keyboards: full-width letters, and letters of other scripts.

Only single keys are translated, never a line that is typed.
"""

from __future__ import annotations

LETTERS = {
    "q": "йљճضঙๆქឆタ",
    "w": "ςцњփصযไໄწテ",
    "r": "ρкрսרقপพພრរス",
    "b": "βбиіզנذवনბបコﻻ",
    "n": "νнтլמدىलসნនミ",
    "m": "μмьքצةپसমทທმមモ",
}
"""
The letters that stand on a key of the session in layouts of other scripts.

Made by tools/layouts.py from xkeyboard-config 2.35.1: Russian, Ukrainian, Belarusian,
Serbian, Macedonian, Kazakh, Kyrgyz, Greek, Hebrew, Arabic, Persian, Armenian, Georgian,
Thai, Japanese kana, Hindi, Bengali, Lao and Khmer. Punctuation is left out: the key Q
is / in Hebrew, where Shift gives Q, and elsewhere / is half of a question mark.
"""

# The key Q of a Greek keyboard has no letter; the sign means nothing on others.
_GREEK_Q = {";": "q"}

_KEYS = {letter: key for key, letters in LETTERS.items() for letter in letters}
_KEYS |= _GREEK_Q

_WIDTHS = {0x3000: " ", **{0xFF01 + at: chr(0x21 + at) for at in range(94)}}


def narrow(text: str) -> str:
    """Return *text* with full-width characters as the ordinary ones they stand for."""
    return text.translate(_WIDTHS)


def key_meant(key: str) -> str:
    """Return the command key that *key* is, in lower case; else *key* as it is."""
    if len(key) != 1:
        return key
    key = narrow(key).lower()
    return _KEYS.get(key, key)
