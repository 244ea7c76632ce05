"""The short way answers as the long way does, or not at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from acupress.cli import app
from acupress.commands import quick
from acupress.model import PointKind, Region
from acupress.paths import bundled
from acupress.terminal import ansi
from acupress.terminal.leaflets import READY, TABLE, read_leaflet, read_table
from acupress.text.pages import point_table
from bindery import bind
from support.catalogue import POINTS
from support.command import acupress_
from support.plans import point_page
from support.terminal import ACUPRESS, PtyTerminal

WHEEL = (bundled() / READY).is_dir()
needs_wheel = pytest.mark.skipif(not WHEEL, reason="only a wheel has them ready")
Said = Callable[[], str]


@pytest.fixture(autouse=True)
def _nothing_of_ones_own(tmp_path: Path) -> Iterator[None]:
    """Go without the preferences of other tests, with which nothing is ready made."""
    before = os.environ["XDG_CONFIG_HOME"]
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path / "none")
    yield
    os.environ["XDG_CONFIG_HOME"] = before


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Return what tells all that was printed since it was last asked."""
    return lambda: capsys.readouterr().out


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data of a wheel: the installed one's, or else made for the tests."""
    if WHEEL:
        return bundled()
    data = tmp_path_factory.mktemp("wheel") / "data"
    shutil.copytree(bundled(), data)
    (data / READY).mkdir()
    for name, text in bind(data):
        (data / READY / f"{name}.json").write_text(text, "utf-8")
    return data


@pytest.fixture
def data(bound: Path, tmp_path: Path) -> Path:
    """Return such data of a test's own, to spoil."""
    return shutil.copytree(bound, tmp_path / "data")


@pytest.mark.parametrize("code", sorted(POINTS))
def test_a_ready_leaflet_says_what_the_catalogue_says(bound: Path, code: str) -> None:
    """What was written while the wheel was built comes back letter for letter."""
    ready = read_leaflet(bound, code)

    assert ready
    assert point_page(POINTS[code]) == ready[0].page[-len(point_page(POINTS[code])) :]
    assert len(ready[1]) == 9


def test_the_ready_table_says_what_the_catalogue_says(bound: Path) -> None:
    """The table of all points comes back letter for letter."""
    taught = [p for p in POINTS.values() if p.kind is PointKind.TAUGHT]
    header, rows = point_table(taught)

    assert [list(header), *map(list, rows)] == read_table(bound)


@pytest.mark.parametrize(
    "file",
    ["points/GB21.yaml", "sources.yaml", "figures/index.yaml", "figures/hands.yaml"],
)
def test_a_leaflet_does_not_outlive_what_it_was_made_of(data: Path, file: str) -> None:
    """Change one letter of a file, or take it away, and its leaflets are not used."""
    whole = (data / file).read_bytes()
    (data / file).write_bytes(whole.replace(b"e", b"a", 1))
    changed = read_leaflet(data, "GB21")
    (data / file).unlink()

    assert (changed, read_leaflet(data, "GB21")) == (None, None)
    assert (file.startswith("figures")) == bool(read_table(data))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda _: "[]",
        lambda _: "{}",
        lambda text: text.replace('"version": "', '"version": "0'),
        lambda text: json.dumps({**json.loads(text), "heading": [["a"]]}),
        lambda text: json.dumps({**json.loads(text), "body": None}),
        lambda text: json.dumps({**json.loads(text), "drawings": {"a": []}}),
    ],
)
def test_a_damaged_leaflet_is_none(data: Path, damage: Callable[[str], str]) -> None:
    """A leaflet that is cut off, empty or of another release is as good as absent."""
    file = data / READY / "GB21.json"
    file.write_text(damage(file.read_text("utf-8")), "utf-8")

    assert read_leaflet(data, "GB21") is None


@pytest.mark.parametrize("name", ["gb21", "XX9", "", "../points", "con", TABLE])
def test_only_codes_have_leaflets(bound: Path, name: str) -> None:
    """No name leads to a file that is no leaflet."""
    assert read_leaflet(bound, name) is None


@needs_wheel
@pytest.mark.parametrize("code", sorted(POINTS))
def test_showing_a_point(said: Said, code: str) -> None:
    """In a pipe both ways print the same."""
    answered = quick.answer_quickly(["show", code.lower()])
    short = said()
    app(["show", code], standalone_mode=False)

    assert (True, said()) == (answered, short)


@needs_wheel
@pytest.mark.parametrize("region", [None, *(region.value for region in Region)])
def test_listing_the_points(said: Said, region: str | None) -> None:
    """In a pipe both ways list the same points."""
    arguments = ["list"] if region is None else ["list", "--region", region]
    answered = quick.answer_quickly(arguments)
    short = said()
    app(arguments, standalone_mode=False)

    assert (True, said()) == (answered, short)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["show"],
        ["show", "XX9"],
        ["show", "GB", "21"],
        ["show", "GB21", "--json"],
        ["show", "--help"],
        ["list", "--region", "nowhere"],
        ["list", "--all"],
        ["list", "routines"],
        ["session", "lower-back"],
        ["plan", "lower-back", "--pregnancy", "no"],
    ],
)
def test_all_else_goes_the_long_way(said: Said, arguments: list[str]) -> None:
    """What is not one of the short forms is left alone, without a word."""
    assert (quick.answer_quickly(arguments), said()) == (False, "")


@needs_wheel
def test_files_of_ones_own_go_the_long_way(tmp_path: Path) -> None:
    """A point of one's own is in the list, although that was ready made."""
    bare = acupress_("list", XDG_CONFIG_HOME=str(tmp_path)).stdout
    own = tmp_path / "acupress" / "points" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("code: MINE\n", "utf-8")
    ran = acupress_("show", "GB21", XDG_CONFIG_HOME=str(tmp_path))

    assert "GB21" in bare
    assert ran.returncode == 4
    assert "mine.yaml:1:1" in ran.stderr


@needs_wheel
@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm-256color"},
        {"TERM": "xterm"},
        {"NO_COLOR": "1"},
        {"TERM": "dumb"},
    ],
    ids=lambda given: "-".join(given.values()),
)
def test_on_a_terminal(
    tmp_path: Path, columns: int, environment: dict[str, str]
) -> None:
    """On a terminal both ways print the same picture and the same words."""
    usual = {"XDG_CONFIG_HOME": str(tmp_path), **environment}
    with (
        PtyTerminal([*ACUPRESS, "show", "GB21"], (columns, 30), usual) as short,
        PtyTerminal([*ACUPRESS, "show", "GB", "21"], (columns, 30), usual) as long,
    ):
        ends = short.left().code, long.left().code

        assert ends == (0, 0)
        assert long.raw == short.raw
        assert "Shoulder Well" in short.raw.decode()


@pytest.mark.parametrize("term", ["xterm", "xterm-256color", "xterm-kitty", "dumb", ""])
@pytest.mark.parametrize("said_more", [{}, {"COLORTERM": "truecolor"}])
@pytest.mark.parametrize("none", [{}, {"NO_COLOR": "1"}, {"NO_COLOR": ""}])
def test_colours_are_counted_as_rich_counts_them(
    term: str, said_more: dict[str, str], none: dict[str, str]
) -> None:
    """A page and the tables beside it agree on what the terminal can show."""
    environment = {"TERM": term, **said_more, **none}
    console = Console(_environ=environment, force_terminal=True)
    known = {None: 0, "standard": ansi.FEW, "256": ansi.MANY, "truecolor": ansi.MANY}
    expected = 0 if console.no_color else known[console.color_system]

    # An unset TERM is a terminal that cannot be relied on, whatever Rich hopes.
    expected = expected if term else 0

    assert expected == ansi.colours(environment, terminal=True)


def test_what_forces_colour() -> None:
    """FORCE_COLOR brings colour into a pipe; 0 and nothing force nothing."""
    forced = [
        ansi.paint({"FORCE_COLOR": value, "TERM": "xterm"}, terminal=False)
        for value in ("1", "0", "")
    ]

    assert forced == [ansi.Paint.COLOURS, ansi.Paint.NONE, ansi.Paint.NONE]
