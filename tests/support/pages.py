"""Pages of sessions as tests read them, and the script of one without a browser."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

from py_mini_racer import MiniRacer

from acupress.model import Point, Routine
from acupress.page.sessionpage import Drawn, Wanted, session_page
from acupress.session.planning import plan
from acupress.session.screening import Caution, PointChoice
from support.catalogue import REAL

MADE = date(2026, 11, 29)
EVERYBODY = Wanted(plan, frozenset(), PointChoice(), MADE)


def no_picture(_: Point) -> Drawn:
    """Draw nothing, which takes no time."""
    return Drawn("", "", "")


def page_of(routine: Routine, wanted: Wanted = EVERYBODY) -> str:
    """Return the page of *routine*, without pictures or sounds."""
    return session_page(routine, wanted, no_picture, {})


@cache
def page(name: str) -> str:
    """Return the page of a real routine."""
    return page_of(REAL[name])


def data_of(document: str) -> Any:  # noqa: ANN401 - JSON
    """Return what the script is given."""
    (found,) = re.findall(r'id="data">(.*?)</script>', document, re.DOTALL)
    return json.loads(found)


class Script:
    """The page's own script in an engine that has no document."""

    def __init__(self, document: str) -> None:
        """Load the script, and the data of *document*."""
        self.engine = MiniRacer()
        self.engine.eval(files("acupress.page").joinpath("session.js").read_text())
        self.engine.eval(f"const data = {json.dumps(data_of(document))}; null")

    def run(self, code: str) -> Any:  # noqa: ANN401 - JSON
        """Return the value of an expression."""
        return json.loads(str(self.engine.eval(f"JSON.stringify({code})")))


@cache
def script(name: str) -> Script:
    """Return the script of the page of a real routine."""
    return Script(page(name))


def numbers(cautions: frozenset[Caution]) -> list[int]:
    """Return *cautions* as the page counts them, from 1."""
    return [at for at, caution in enumerate(Caution, 1) if caution in cautions]


class _Shown(HTMLParser):
    """Collects the text of a document that a browser without a script shows."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden = 0
        self.text = ""
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.elements.append(tag)
        self.hidden += tag in _NOT_SHOWN

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _NOT_SHOWN

    def handle_data(self, data: str) -> None:
        self.text += data * (not self.hidden)


_NOT_SHOWN = {"script", "style", "template", "head"}


def without_script(document: str) -> str:
    """Return the text that is shown where no script runs."""
    shown = _Shown()
    shown.feed(document)
    return shown.text


def elements(document: str) -> list[str]:
    """Return the name of each element of *document*."""
    shown = _Shown()
    shown.feed(document)
    return shown.elements
