"""
Prints which letters other keyboard layouts have on the keys of the session.

    python tools/layouts.py SYMBOLS KEYSYMDEF

SYMBOLS is the folder of that name in xkeyboard-config, KEYSYMDEF the header
``keysymdef.h`` of the X protocol. What it prints is `terminal.layouts.LETTERS`.
Left out are the Bulgarian and the Mongolian layout, whose letters are on other keys
than the same letters of the Russian one.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from pathlib import Path

KEYS = {"q": "AD01", "w": "AD02", "r": "AD04", "b": "AB05", "n": "AB06", "m": "AB07"}
LAYOUTS = (
    *("ru(winkeys)", "ua(unicode)", "by(basic)", "rs(basic)", "mk(basic)"),
    *("kz(basic)", "kg(basic)", "gr(simple)", "il(basic)", "ara(basic)"),
    *("ir(pes_keypad)", "ir(pes)", "am(basic)", "am(eastern)", "ge(basic)"),
    *("th(basic)", "jp(kana)", "in(deva)", "bd(basic)", "la(basic)", "kh(basic)"),
)


def main(symbols: Path, header: Path) -> None:
    """Print each key with its letters; a letter that two keys have is left out."""
    named = {
        name: chr(int(code, 16))
        for name, code in re.findall(
            r"XK_(\w+)\s.*?U\+([0-9A-F]{4,6})", header.read_text("utf-8")
        )
    }
    letters: dict[str, set[str]] = {key: set() for key in KEYS}
    for layout in LAYOUTS:
        keys = block(symbols, layout)
        for key, code in KEYS.items():
            letter = character(keys.get(code, ""), named)
            if unicodedata.category(letter or " ")[0] == "L" and not letter.isascii():
                letters[key].add(letter.lower())
    for key, found in letters.items():
        others = set().union(*(each for name, each in letters.items() if name != key))
        sys.stdout.write(f'    "{key}": "{"".join(sorted(found - others))}",\n')


def block(symbols: Path, layout: str) -> dict[str, str]:
    """Return the first symbol of each key of *layout*, with what it includes."""
    name, _, variant = layout.rstrip(")").partition("(")
    text = (symbols / name).read_text("utf-8")
    pattern = rf'xkb_symbols\s+"{variant}"\s*\{{(.*?)^\}};' if variant else ""
    default = r'xkb_symbols\s+"[^"]+"\s*\{(.*?)^\};'
    found = re.search(pattern or default, text, re.MULTILINE | re.DOTALL)
    keys: dict[str, str] = {}
    body = re.sub(r"//.*", "", found[1]) if found else ""
    for included in re.findall(r'include\s+"([\w()-]+)"', body):
        keys |= block(symbols, included)
    return keys | dict(re.findall(r"<(\w+)>\s*\{\s*\[\s*(\w+)", body))


def character(symbol: str, named: dict[str, str]) -> str:
    """Return the character of the keysym *symbol*, or ""."""
    if found := re.fullmatch(r"(?:U|0x100)0*([0-9A-Fa-f]{3,5})", symbol):
        return chr(int(found[1], 16))
    return symbol if len(symbol) == 1 else named.get(symbol, "")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
