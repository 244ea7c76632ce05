"""The document of a page: what it may do, and what it shows without its script."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from acupress.model import PregnancyLevel
from acupress.page import html
from acupress.session.screening import level
from acupress.text.layout import Line, Tone
from support.catalogue import REAL
from support.factories import point, routine, step
from support.pages import data_of, elements, page, page_of, without_script

HOSTILE = (
    """</script></template><script>alert(1)</script><img src=x onerror="x()">&$x"""
)


def hashed(content: str) -> str:
    """Return the hash of *content* as a policy writes it."""
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_policy_allows_what_is_inside_and_nothing_else() -> None:
    """One style and one script, by their hashes; no image, request, frame or form."""
    document = page("upper-back")
    (policy,) = re.findall(r'Security-Policy" content="([^"]*)"', document)
    (style,) = re.findall(r"<style>(.*?)</style>", document, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hashed(style)}",
        f"script-src {hashed(script)}",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]


def test_a_page_refers_to_nothing_and_keeps_nothing() -> None:
    """It has no address, and its script knows no way to store or send anything."""
    document = page("upper-back")
    ways = (
        *("localStorage", "sessionStorage", "indexedDB", "cookie", "caches"),
        *("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "serviceWorker"),
    )

    assert not re.findall(r"(?:src|href)=", document)
    assert not re.findall(r"https?://", document)
    assert [way for way in ways if way in document] == []


def test_nothing_of_ones_own_becomes_markup() -> None:
    """A file of one's own may hold anything: it stays text, also inside the data."""
    own = routine(step(point("TE3", name=HOSTILE)), step(point("LI4", name=HOSTILE)))
    own = own._replace(
        title=HOSTILE, about=HOSTILE, evidence=HOSTILE, how_often=HOSTILE
    )
    kind = routine(step(point("TE3")), step(point("LI4")))

    assert elements(page_of(own)) == elements(page_of(kind))
    assert data_of(page_of(own))["timings"][0]["title"] == HOSTILE
    assert HOSTILE in without_script(page_of(own))


def test_each_line_of_a_page_is_escaped() -> None:
    """Its label, too; what is struck through is so in words that are read aloud."""
    line = Line("a<b", Tone.WARNING, label="  x & ", struck=True)

    assert html.written((line, Line(), Line("c"))) == (
        '<div class="block"><p class="warning"><b>x &amp;</b> <s>a&lt;b</s></p></div>\n'
        '<div class="block"><p class="plain">c</p></div>'
    )


@pytest.mark.parametrize("name", REAL)
def test_without_a_script_it_is_the_careful_sheet(name: str) -> None:
    """It shows no point that is left out in pregnancy, and says what it is."""
    shown = without_script(page(name))
    every = (*REAL[name].steps, *REAL[name].replacements)
    unfit = {s.point.code for s in every if level(s.point) is not PregnancyLevel.OK}
    fit = {s.point.code for s in REAL[name].steps} - unfit

    assert [code for code in unfit if f"{code} " in shown] == []
    assert "needs its script" in shown
    assert "Before you start: does any of this fit?" in shown
    runs = "Nothing of this routine is for everybody." not in shown
    assert runs == all(f"{code} " in shown for code in fit) if fit else not runs
