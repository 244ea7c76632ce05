"""
Turns pages of words into HTML, and puts a document together.

It is the only module that makes markup of text, and escapes all of it, so that nothing
of a person's own files can become an element or a script.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from acupress.text.layout import Line, Page, Tone

Block = tuple[str, ...]
"""The paragraphs between two blank lines of a page, as HTML."""

_FOLDER = Path(__file__).parent
_ELEMENTS = {Tone.TITLE: "h2", Tone.HEADING: "h3"}

# Nothing is allowed but what the document contains. Trusted types forbid the script to
# make elements out of text, even if somebody found a way to hand it some.
_POLICY = (
    "default-src 'none'; style-src {style}; script-src {script}; "
    "base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)


def blocks(page: Page) -> tuple[Block, ...]:
    """Return the blocks of *page*, a paragraph a line."""
    found: list[list[str]] = [[]]
    for line in page:
        if line.text:
            found[-1].append(_paragraph(line))
        elif found[-1]:
            found.append([])
    return tuple(tuple(block) for block in found if block)


def written(page: Page) -> str:
    """Return *page* as HTML."""
    return "\n".join(
        f'<div class="block">{"".join(block)}</div>' for block in blocks(page)
    )


def paragraph(text: str, kind: str) -> str:
    """Return *text* as a paragraph of the class *kind*; a *name* is a heading."""
    element = "h2" if kind == "name" else "p"
    return f'<{element} class="{kind}">{escape(text)}</{element}>'


def figure(code: str, picture: str) -> str:
    """Return *picture*, an SVG of our own, as the figure of the point *code*."""
    return f'<figure data-point="{escape(code)}">{picture}</figure>'


def _paragraph(line: Line) -> str:
    text = escape(line.text)
    if line.struck:
        text = f"<s>{text}</s>"
    label = line.label.strip()
    kind = f"{line.tone.value} item" if label == "-" else line.tone.value
    if label.strip("-"):
        text = f"<b>{escape(label)}</b> {text}"
    name = _ELEMENTS.get(line.tone, "p")
    return f'<{name} class="{kind}">{text}</{name}>'


def data(document: dict[str, Any]) -> str:
    """Return *document* as JSON for an element that no text in it can end."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def file(name: str) -> str:
    """Return a file beside this one, such as the script."""
    return (_FOLDER / name).read_text("utf-8")


def document(title: str, sheet: str, asking: str = "", parts: str = "") -> str:
    """
    Return the document with *sheet* in it.

    A page that plays has the controls *asking* above the sheet, and after it its
    *parts*, the data and templates for the script, which only then is in it.
    """
    style, script = file("page.css"), file("session.js") if parts else ""
    policy = _POLICY.format(style=_hash(style), script=_hash(script))
    return Template(file("page.html")).substitute(
        policy=policy if script else policy.partition("; require-")[0],
        title=escape(title),
        style=style,
        asking=asking,
        sheet=sheet,
        parts=parts,
        script=f"<script>{script}</script>\n" if script else "",
    )


def _hash(content: str) -> str:
    """Return how a policy names inline *content*; none is allowed without any."""
    if not content:
        return "'none'"
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
