"""
Every door through which someone might get past the screen.

Each is tried on the whole program, as somebody in a hurry would: nothing may start,
or no point that is left out may become a step.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

import acupress
from acupress.dialogue.intake import Request, converse, decide
from acupress.model import Routine, Step
from acupress.session.screening import (
    FLOOR,
    Answers,
    PointChoice,
    PregnancyAnswer,
    WarningSigns,
    screen,
)
from support.command import ANSWERED, PLACE_WORDS, acupress_
from support.factories import OWN_POINT, routine
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import ask_for_plan

N = TypeVar("N", bound=ast.AST)

CAREFUL = ("--pregnancy", "unsure", "--warning-signs", "none", "--cautions", "none")
HURRY = ("--rehearse", "--speed", "100", "--sound", "off")
# Six points of the floor, each in another way of calling it.
SPELLINGS = ("jian jing", "Co4", "三陰交", "ＢＬ６０", "b 23", "Sea of Energy")


def own_routine(*points: str, more: str = "") -> str:
    """Return a file of a routine with *points*, and whatever *more* it says."""
    steps = "".join(
        f"  - {{point: {json.dumps(point)}, hold: 5}}\n" for point in points
    )
    return f"id: mine\ntitle: Mine\nregion: neck\n{more}steps:\n{steps}"


def put(home: Path, **texts: str) -> dict[str, str]:
    """Write files of one's own under *home*; return the variables that lead there."""
    for name, text in texts.items():
        path = home / "acupress" / f"{name.replace('_', '/', 1)}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return {"XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}


def steps_of(*arguments: str, **environment: str) -> set[str]:
    """Return the points that the plan of *arguments* has as steps."""
    ran = acupress_("plan", *arguments, "--json", **environment)
    assert ran.returncode in {0, 3}, ran.stderr
    return {each["point"] for each in json.loads(ran.stdout)["steps"]}


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("_ACUPRESS_COMPLETE", "complete_bash", 0),
        ("_ACUPRESS_COMPLETE", "nonsense", 2),
        ("ACUPRESS_SESSION_PREGNANCY", "no", 3),
        ("ACUPRESS_TEST", "1", 3),
    ],
)
def test_no_variable_opens_a_session(name: str, value: str, code: int) -> None:
    """Whatever the environment says, what is not answered is not started."""
    more = {"COMP_WORDS": "acupress session ", "COMP_CWORD": "2", name: value}
    ran = acupress_("session", "upper-back", *ANSWERED[2:], *HURRY, **more)

    assert "REHEARSAL" not in ran.stdout
    assert not any(word in ran.stdout for word in PLACE_WORDS)
    assert code == ran.returncode


def test_only_the_variables_of_the_contract_are_read() -> None:
    """No module asks the environment for anything that could be an answer."""
    known = {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "_ACUPRESS_COMPLETE"}
    known |= {"APPDATA", "LOCALAPPDATA", "PATH"}
    known |= {"TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR"}
    asked = {
        each.args[0].value
        for each in nodes(ast.Call)
        if ast.unparse(each.func).endswith(("environ.get", "environment.get", "getenv"))
        and isinstance(each.args[0], ast.Constant)
    }

    assert known == asked
    assert not [each for each in nodes(ast.keyword) if each.arg in _FROM_OUTSIDE]
    assert not [
        each for each in nodes(ast.Subscript) if ast.unparse(each.value) == "os.environ"
    ]


_FROM_OUTSIDE = {"envvar", "auto_envvar_prefix", "default_map", "confirmation_prompt"}


def nodes(kind: type[N]) -> Iterator[N]:
    """Return every node of *kind* in the program."""
    for tree in trees():
        yield from (node for node in ast.walk(tree) if isinstance(node, kind))


@cache
def trees() -> list[ast.Module]:
    """Return the program, as it is written."""
    folder = Path(acupress.__file__).parent
    return [ast.parse(path.read_text("utf-8")) for path in folder.rglob("*.py")]


def test_type_ahead_in_lines() -> None:
    """In plain mode, too, what was typed before a question does not answer it."""
    with PtyTerminal((*ACUPRESS, "session", "upper-back", "--plain")) as term:
        term.type("no\rno\r0\r\r")
        term.see("no / yes / unsure:")
        term.stay(0.2)

        assert term.text.endswith("no / yes / unsure:")


def test_nothing_asks_with_a_default() -> None:
    """No question goes through a prompt that takes Enter for an answer."""
    called = {ast.unparse(each.func).rpartition(".")[2] for each in nodes(ast.Call)}

    assert called.isdisjoint({"confirm", "prompt", "input", "getpass"})


def test_no_check_can_be_optimised_away() -> None:
    """`python -O` removes asserts, so none of them guards anything."""
    assert not list(nodes(ast.Assert))


def test_no_fault_of_screening_is_swallowed() -> None:
    """Whoever catches every exception raises it again."""
    broad = [
        each
        for each in nodes(ast.ExceptHandler)
        if each.type is None or ast.unparse(each.type) in {"Exception", "BaseException"}
    ]

    assert all(isinstance(each.body[-1], ast.Raise) for each in broad)


class Broken(tuple[Step, ...]):
    """Steps that can not be looked at."""

    __slots__ = ()

    def __iter__(self) -> NoReturn:
        """Fail, as a bug would."""
        raise ZeroDivisionError


@pytest.mark.parametrize("pregnancy", [PregnancyAnswer.NO, PregnancyAnswer.UNSURE])
def test_a_bug_in_screening_starts_nothing(pregnancy: PregnancyAnswer) -> None:
    """An exception on the way to a plan is no plan, at a terminal and off it."""
    broken: Routine = routine()._replace(steps=Broken())
    asked = FakeTerminal([pregnancy.value, "no", "0"], ["\r"] * 5)
    request = Request(
        pregnancy,
        WarningSigns.NONE,
        frozenset(),
        PointChoice(),
        minutes=None,
        starter=False,
        gated=False,
    )

    with pytest.raises(ZeroDivisionError):
        screen(broken, Answers(pregnancy))
    with pytest.raises(ZeroDivisionError):
        decide(request, broken, ())
    with pytest.raises(ZeroDivisionError):
        converse(asked, replace(request, pregnancy=None), broken, ())


@pytest.mark.parametrize(
    "more", ["skip_screen: true\n", "pregnancy: no\n", "answers: {pregnancy: no}\n"]
)
def test_a_routine_has_no_say(tmp_path: Path, more: str) -> None:
    """A routine of one's own that answers for its person is refused."""
    home = put(tmp_path, routines_mine=own_routine("KI27", more=more))
    ran = acupress_("session", "mine", *ANSWERED, *HURRY, **home)

    assert (ran.returncode, ran.stdout) == (4, "")
    assert f"unknown key '{more.partition(':')[0]}'" in ran.stderr


@pytest.mark.parametrize("line", ['pregnancy = "no"', "answers = {}", "profile = 1"])
def test_preferences_have_no_say(tmp_path: Path, line: str) -> None:
    """Preferences that answer a question are refused, and nothing starts."""
    home = put(tmp_path)
    (tmp_path / "acupress").mkdir()
    (tmp_path / "acupress" / "config.toml").write_text(line, "utf-8")
    ran = acupress_("session", "upper-back", *ANSWERED[2:], **home)

    assert (ran.returncode, ran.stdout) == (4, "")
    assert "unknown key" in ran.stderr


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("code: MYPT", "code: GB21"),
        ("aliases: []", "aliases: [GB 21]"),
        ("aliases: []", "aliases: [ＧＢ２１]"),
        ("pinyin: Wodexue", "pinyin: Jianjing"),
    ],
)
def test_a_file_of_ones_own_redefines_nothing(
    tmp_path: Path, line: str, changed: str
) -> None:
    """A file that calls GB21 ok stops the program, or changes nothing."""
    home = put(tmp_path, points_mine=OWN_POINT.replace(line, changed))
    ran = acupress_("plan", "upper-back", "--pregnancy", "yes", "--json", **home)

    if ran.returncode != 4:
        assert "pinyin" in changed  # two points may be spelt alike: then it is asked
        assert "GB21" not in {each["point"] for each in json.loads(ran.stdout)["steps"]}


def test_a_routine_of_ones_own_is_screened(tmp_path: Path) -> None:
    """Whatever a point is called in a file, it is the point that is screened."""
    text = own_routine("KI27", *SPELLINGS, "TE3", "BL10")
    home = put(tmp_path, routines_mine=text)
    every = steps_of("mine", "--pregnancy", "no", **home)
    wished = steps_of("mine", "--pregnancy", "yes", "--only", "GB21,KI27", **home)

    assert every - FLOOR == {"KI27", "TE3", "BL10"}
    assert len(every & FLOOR) == len(SPELLINGS)
    assert wished <= {"KI27"}


def test_a_session_of_ones_own_is_screened(tmp_path: Path) -> None:
    """What is guided has no point of the floor, nor one of one's own."""
    text = own_routine("KI27", "TE3", "BL10", "gb 21", "my own point")
    text = text.replace("hold: 5", "hold: 30")  # two minutes are the least
    home = put(tmp_path, points_mine=OWN_POINT, routines_mine=text)
    ran = acupress_("session", "mine", *CAREFUL, *HURRY, **home)
    guided = ran.stdout.partition("REHEARSAL")[2]

    assert ran.returncode == 0
    assert "KI27" in guided
    assert "GB21" not in guided
    assert "MYPT" not in guided


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("options", [("--only", "GB21,LI4"), ("--minutes", "60")])
def test_no_option_brings_a_point_back(answer: str, options: tuple[str, ...]) -> None:
    """The floor stays out whatever else is asked for."""
    found = steps_of("upper-back", "--pregnancy", answer, *options)

    assert found.isdisjoint(FLOOR)


@pytest.mark.parametrize("name", ["Co4", "三陰交"])
def test_a_single_point_is_screened(name: str) -> None:
    """One point alone goes through the same door."""
    ran = acupress_("session", name, *CAREFUL, *HURRY)

    assert (ran.returncode, ran.stdout) == (3, "")
    assert "URGENT" not in ran.stderr
    assert "Get help now" in ran.stderr


def test_a_plan_on_paper_starts_nothing() -> None:
    """What is planned with *no* does not answer the next session."""
    planned = acupress_("plan", "lower-back", "--pregnancy", "no")
    ran = acupress_("session", "lower-back", *ANSWERED[2:], typed=planned.stdout)

    assert planned.returncode == 0
    assert (ran.returncode, ran.stdout) == (3, "")


@pytest.mark.parametrize("words", ["session ", "show GB"])
def test_completing_tells_no_place(words: str) -> None:
    """What Tab prints is names, and never where to press."""
    more = {"COMP_WORDS": f"acupress {words}", "COMP_CWORD": "2"}
    for shell in ("complete_bash", "complete_zsh"):
        ran = acupress_(
            _ACUPRESS_COMPLETE=shell,
            _TYPER_COMPLETE_ARGS=f"acupress {words}",
            **more,
        )

        assert not any(word in ran.stdout for word in PLACE_WORDS)


@pytest.mark.parametrize("name", ["LI4"])
def test_the_warning_comes_before_the_place(name: str) -> None:
    """At 40x10, in a pipe and in JSON, the warning is read first."""
    shown = acupress_("show", name, COLUMNS="40", LINES="10").stdout
    document = list(json.loads(acupress_("show", name, "--json").stdout))

    assert any("AVOID in pregnancy" in row for row in shown.splitlines()[:10])
    assert shown.index("AVOID") < shown.index("where  ")
    assert document.index("pregnancy") < document.index("where")


@pytest.mark.parametrize("columns", ["20", "40"])
def test_every_row_of_the_list_keeps_its_mark(columns: str) -> None:
    """However narrow the window, how a point stands is a whole word."""
    bare = acupress_("list", COLUMNS=columns).stdout
    coloured = acupress_("list", COLUMNS=columns, FORCE_COLOR="1").stdout
    marks = [row.split()[-1] for row in bare.splitlines()[1:]]

    assert set(marks) == {"ok", "caution", "avoid"}
    for mark in ("caution", "avoid"):
        assert marks.count(mark) == coloured.split("pregnancy", 1)[1].count(mark)


def test_what_needs_a_partner_says_so() -> None:
    """When only a point for a partner remains, nobody is left to do it alone."""
    ran = acupress_("plan", "upper-back-partner", "--pregnancy", "no", "--only", "GV14")
    alone = acupress_("plan", "GV14", "--pregnancy", "no")

    assert "partner" in ran.stdout
    assert "partner" in alone.stdout


def test_a_running_session_has_its_own_copy(tmp_path: Path) -> None:
    """A file that changes meanwhile changes nothing of what was agreed."""
    home = put(tmp_path, routines_mine=own_routine("KI27", "TE3"))
    with PtyTerminal((*ACUPRESS, "session", "mine", *HURRY), environment=home) as term:
        ask_for_plan(term)
        put(tmp_path, routines_mine=own_routine("GB21", "LI4"))
        term.read_plan()
        term.type("\r")
        term.see("FIND IT")
        seen = term.text
        term.see("Done: ")

        assert "KI27" in seen
        assert Left(0) == term.left()


def test_one_bad_file_stops_the_command(tmp_path: Path) -> None:
    """There is no session with half of one's files; `check` tells every fault."""
    home = put(
        tmp_path, routines_mine=own_routine("KI27"), points_bad="x", routines_worse="y"
    )
    ran = acupress_("session", "upper-back", *ANSWERED, *HURRY, **home)
    checked = acupress_("check", **home)

    assert (ran.returncode, ran.stdout) == (4, "")
    assert "`acupress check`" in ran.stderr
    assert checked.returncode == 4
    assert "bad.yaml:1:1" in checked.stdout
    assert "worse.yaml:1:1" in checked.stdout


def test_optimised_away_is_nothing() -> None:
    """With warnings as errors, `-O` and no home the answer is the same."""
    more = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "HOME": ""}

    assert {"KI27", "BL10", "TE3"} == steps_of(
        "upper-back", "--pregnancy", "yes", **more
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("session", *HURRY, *CAREFUL, "--pregnancy", "no"),
        ("session", *HURRY, *ANSWERED, "--pregnancy", "yes"),
        ("session", *HURRY, "--cautions", "veins", *ANSWERED),
        ("plan", "--pregnancy", "yes", "--pregnancy", "no"),
    ],
)
def test_two_answers_are_none(arguments: tuple[str, ...]) -> None:
    """Of two answers to one question the last does not count."""
    ran = acupress_(*arguments, "upper-back")

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "is given more than once: give one answer" in ran.stderr
