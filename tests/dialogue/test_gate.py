"""
Every way in which someone might get past the screening.

Each is tried on the whole program, as somebody in a hurry would: nothing may start,
or no point that is left out may become a step.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import NoReturn, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import acupress
from acupress.catalogue.loading import read_routine_text
from acupress.catalogue.ownroutines import own_text
from acupress.commands.new import tools
from acupress.dialogue.composing import Given, compose
from acupress.dialogue.intake import converse, decide
from acupress.dialogue.plan_screen import Request
from acupress.journal.resume import ResumePoint, SessionOptions, state_of, write
from acupress.model import LONGEST_ROUTINE, PregnancyLevel, Routine, Sides, Step
from acupress.session.planning import plan
from acupress.session.screening import (
    FLOOR,
    Answers,
    PointChoice,
    PregnancyAnswer,
    WarningSigns,
    level,
    screen,
)
from acupress.session.timeline import lay_out
from support.catalogue import POINTS, REAL, ROUTINES
from support.command import ANSWERED, PLACE_WORDS, acupress_, complaint, invoke
from support.factories import OWN_POINT, routine
from support.stage import FakeTerminal
from support.strategies import answers
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import QUESTIONS, PtySession, ask_for_plan

N = TypeVar("N", bound=ast.AST)

CAREFUL = ("--pregnancy", "unsure", "--warning-signs", "none", "--cautions", "none")
HURRY = ("--rehearse", "--speed", "100", "--sound", "off")
# Six points of the floor, each in another way of calling it.
SPELLINGS = ("jian jing", "Colon 4", "三陰交", "ＢＬ６０", "b 23", "Sea of Energy")


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
    return steps_in(invoke("plan", *arguments, "--json", **environment))


def steps_in(ran: CompletedProcess[str]) -> set[str]:
    """Return the points that a plan has as steps."""
    assert ran.returncode in {0, 3}, ran.stderr
    return {each["point"] for each in json.loads(ran.stdout)["steps"]}


def test_no_variable_starts_a_session() -> None:
    """Whatever the environment says, what is not answered is not started."""
    for name, value, code in (
        ("_ACUPRESS_COMPLETE", "complete_bash", 0),
        ("_ACUPRESS_COMPLETE", "nonsense", 2),
        ("ACUPRESS_SESSION_PREGNANCY", "no", 3),
        ("ACUPRESS_TEST", "1", 3),
    ):
        more = {"COMP_WORDS": "acupress session ", "COMP_CWORD": "2", name: value}
        ran = invoke("session", "upper-back", *ANSWERED[2:], *HURRY, **more)

        assert (name, code) == (name, ran.returncode)
        assert "REHEARSAL" not in ran.stdout
        assert not any(word in ran.stdout for word in PLACE_WORDS)


def test_only_the_variables_of_the_contract_are_read() -> None:
    """No module asks the environment for anything that could be an answer."""
    known = {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"}
    known |= {"APPDATA", "LOCALAPPDATA", "PATH", "PAGER", "_ACUPRESS_COMPLETE"}
    known |= {"DBUS_SESSION_BUS_ADDRESS"}  # whether a desktop can keep the screen on
    known |= {"TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR"}
    known |= {"CLICOLOR", "CLICOLOR_FORCE", "ACCESSIBLE", "XDG_CACHE_HOME"}
    known |= {"ACUPRESS_TRACEBACK"}  # whether a bug says where in the program it was
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
        converse(asked, request._replace(pregnancy=None), broken, ())


def test_a_routine_does_not_answer(tmp_path: Path) -> None:
    """A routine of one's own that answers for its person is refused."""
    for more in (
        "skip_screen: true\n",
        "pregnancy: no\n",
        "answers: {pregnancy: no}\n",
    ):
        home = put(tmp_path, routines_mine=own_routine("KI27", more=more))
        ran = invoke("session", "mine", *ANSWERED, *HURRY, **home)

        assert (more, ran.returncode, ran.stdout) == (more, 4, "")
        assert f"unknown key '{more.partition(':')[0]}'" in ran.stderr


def test_preferences_do_not_answer(tmp_path: Path) -> None:
    """Preferences that answer a question are refused, and nothing starts."""
    home = put(tmp_path)
    (tmp_path / "acupress").mkdir()
    for line in ('pregnancy = "no"', "answers = {}", "profile = 1"):
        (tmp_path / "acupress" / "config.toml").write_text(line, "utf-8")
        ran = invoke("session", "upper-back", *ANSWERED[2:], **home)

        assert (line, ran.returncode, ran.stdout) == (line, 4, "")
        assert "unknown key" in ran.stderr


def test_a_file_of_ones_own_redefines_nothing(tmp_path: Path) -> None:
    """A file that takes a name of GB21 stops the program, or it is asked which."""
    careful = ("plan", "upper-back", "--pregnancy", "yes", "--json")
    for line, changed in (
        ("code: MYPT", "code: GB21"),
        ("aliases: []", "aliases: [GB 21]"),
        ("aliases: []", "aliases: [ＧＢ２１]"),
    ):
        home = put(tmp_path, points_mine=OWN_POINT.replace(line, changed))
        ran = invoke(*careful, **home)

        assert (changed, ran.returncode, ran.stdout) == (changed, 4, "")

    alike = OWN_POINT.replace("Wodexue", "Jianjing").replace("wǒdexué", "jiānjǐng")
    home = put(tmp_path, points_mine=alike)
    asked = invoke("session", "jian jing", *ANSWERED, *HURRY, **home)

    assert {"KI27", "BL10", "TE3"} == steps_in(invoke(*careful, **home))
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "names two points" in asked.stderr


def test_a_routine_of_ones_own_is_screened(tmp_path: Path) -> None:
    """Whatever a point is called in a file, it is the point that is screened."""
    text = own_routine("KI27", *SPELLINGS, "TE3", "BL10")
    home = put(tmp_path, routines_mine=text)
    every = steps_of("mine", "--pregnancy", "no", **home)
    wished = steps_of("mine", "--pregnancy", "yes", "--only", "GB21,KI27", **home)

    assert every - FLOOR == {"KI27", "TE3", "BL10"}
    assert len(every & FLOOR) == len(SPELLINGS)
    assert wished <= {"KI27"}


@st.composite
def typed_doses(draw: st.DrawFn) -> list[str]:
    """Draw points of a new routine, and what is typed for their doses."""
    taught = [each for each in POINTS.values() if each.technique]
    lines = []
    for each in draw(st.lists(st.sampled_from(taught), min_size=1, unique=True)):
        seconds = draw(st.one_of(st.just(""), st.integers(1, 120).map(str)))
        sides = [] if each.sides is Sides.MIDDLE else [draw(_SIDES)]
        lines += [each.code, seconds, draw(st.sampled_from(["", "1"])), *sides]
    return lines


_SIDES = st.sampled_from(["", "1", "2"])


@given(typed_doses(), answers)
def test_a_routine_that_was_made_is_screened(lines: list[str], given_: Answers) -> None:
    """Whatever `new` is told, its file loads, and nobody presses what is ruled out."""
    terminal = FakeTerminal(["neck", *lines, "", "", "yes"])
    made = compose(terminal, tools(partner=True), Given(partner=True))
    screened = screen(made, given_)
    kept = {each.point.code for each in screened.kept}

    assert terminal.lines == []
    text = own_text(made, ROUTINES)
    assert read_routine_text(text.encode(), "made", own=True) == (made, [])
    if given_.pregnancy is not PregnancyAnswer.NO:
        assert {level(POINTS[code]) for code in kept} <= {PregnancyLevel.OK}
        assert kept.isdisjoint(FLOOR)
    if screened.runs:
        planned = plan(screened)
        assert lay_out(planned).duration <= LONGEST_ROUTINE
        assert {each.point.code for each in planned.steps} <= kept


def test_a_session_of_ones_own_is_screened(tmp_path: Path) -> None:
    """What is guided has no point of the floor, nor one of one's own."""
    text = own_routine("KI27", "TE3", "BL10", "gb 21", "my own point")
    text = text.replace("hold: 5", "hold: 15")  # two minutes are the least
    home = put(tmp_path, points_mine=OWN_POINT, routines_mine=text)
    ran = invoke("session", "mine", *CAREFUL, *HURRY, **home)
    guided = ran.stdout.partition("REHEARSAL")[2]

    assert ran.returncode == 0
    assert "KI27" in guided
    assert "GB21" not in guided
    assert "MYPT" not in guided


def test_no_option_brings_a_point_back() -> None:
    """What care leaves out stays out whatever else is asked for."""
    for answer in ("yes", "unsure"):
        for option in ("--only=GB21,LI4", "--minutes=60"):
            found = steps_of("upper-back", "--pregnancy", answer, option)

            assert found.isdisjoint(FLOOR), (answer, option)


def test_a_single_point_is_screened() -> None:
    """One point alone is screened as a routine is."""
    for name in ("Colon 4", "三陰交"):
        ran = invoke("session", name, *CAREFUL, *HURRY)

        assert (name, ran.returncode, ran.stdout) == (name, 3, "")
        assert "URGENT" not in ran.stderr
        assert "Get help now" in ran.stderr


def test_a_plan_on_paper_starts_nothing() -> None:
    """What is planned with *no* does not answer the next session."""
    planned = invoke("plan", "lower-back", "--pregnancy", "no")
    ran = invoke("session", "lower-back", *ANSWERED[2:], typed=planned.stdout)

    assert planned.returncode == 0
    assert (ran.returncode, ran.stdout) == (3, "")


def test_the_warning_comes_before_the_place() -> None:
    """At 40x10, in a pipe and in JSON, the warning is read first."""
    shown = invoke("show", "LI4", COLUMNS="40", LINES="10").stdout
    document = list(json.loads(invoke("show", "LI4", "--json").stdout))

    assert any("AVOID in pregnancy" in row for row in shown.splitlines()[:10])
    assert shown.index("AVOID") < shown.index("where  ")
    assert document.index("pregnancy") < document.index("where")


def test_every_row_of_the_list_keeps_its_mark() -> None:
    """However narrow the window, how a point stands is a whole word."""
    for columns in ("20", "40"):
        bare = invoke("list", COLUMNS=columns).stdout
        coloured = invoke("list", COLUMNS=columns, FORCE_COLOR="1").stdout
        marks = [row.split()[-1] for row in bare.splitlines()[1:]]

        assert set(marks) == {"ok", "caution", "avoid"}
        for mark in ("caution", "avoid"):
            rows = coloured.partition("avoid, caution:")[0]
            found = rows.split("pregnancy", 1)[1].count(mark)

            assert (columns, marks.count(mark)) == (columns, found)


def test_what_needs_a_partner_says_so() -> None:
    """When only a point for a partner remains, nobody is left to do it alone."""
    ran = invoke("plan", "upper-back-partner", "--pregnancy=no", "--only=GV14")
    alone = invoke("plan", "GV14", "--pregnancy=no")

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
        term.reach("Done: ")

        assert "KI27" in seen
        assert Left(0) == term.left()


def test_one_bad_file_stops_the_command(tmp_path: Path) -> None:
    """There is no session with half of one's files; `check` tells every fault."""
    home = put(
        tmp_path, routines_mine=own_routine("KI27"), points_bad="x", routines_worse="y"
    )
    ran = invoke("session", "upper-back", *ANSWERED, *HURRY, **home)
    checked = invoke("check", **home)

    assert (ran.returncode, ran.stdout) == (4, "")
    assert "`acupress check`" in ran.stderr
    assert checked.returncode == 4
    assert "bad.yaml:1:1" in checked.stdout
    assert "worse.yaml:1:1" in checked.stdout


def test_an_interpreter_that_optimises_screens_as_well() -> None:
    """With warnings as errors, `-O` and no home the answer is the same."""
    more = {"PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error", "HOME": ""}
    ran = acupress_("plan", "upper-back", "--pregnancy", "yes", "--json", **more)

    assert {"KI27", "BL10", "TE3"} == steps_in(ran)


def left_behind(home: Path, point: str, **values: object) -> dict[str, str]:
    """Leave a resume file at *point* of upper-back, with *values* written into it."""
    reached = ResumePoint(
        datetime.now().astimezone(),
        "upper-back",
        state_of(REAL["upper-back"]),
        point,
        SessionOptions(),
    )
    file = home / "acupress" / "resume.json"
    write(file, reached)
    content = {**json.loads(file.read_text("utf-8")), **values}
    file.write_text(json.dumps(content), "utf-8")
    return {"XDG_DATA_HOME": str(home)}


def test_a_resume_file_answers_nothing(tmp_path: Path) -> None:
    """
    Whatever somebody wrote into it: every question is asked, and screens as ever.

    With an answer in it, it is no resume file, and nothing is offered.
    """
    home = left_behind(tmp_path, "GB21")
    command = (*ACUPRESS, "session", "upper-back", "--sound=off", "--picture=none")
    with PtySession(command, (80, 60), home) as term:
        term.see("Go on from GB21")
        term.type("yes\r")
        for question, answer in zip(QUESTIONS, ("unsure", "no", "0"), strict=True):
            term.see(question)
            term.type(f"{answer}\r")
            if answer == "unsure":
                term.see("Enter goes on")
                term.type("\r")
        term.see("Enter begins")
        steps = term.text.partition("Left out")[0]
        term.type("\r")
        term.see("FIND IT")
        guided = term.text

    assert "BL10" in steps
    assert "GB21" not in guided
    assert "0:00  GB21" not in steps
    assert "KI27" not in steps

    for key in ("pregnancy", "answers", "cautions"):
        home = left_behind(tmp_path, "GB21", **{key: "no"})
        with PtySession(command, (80, 60), home) as term:
            term.see(QUESTIONS[0])


def test_nothing_is_resumed_in_a_pipe(tmp_path: Path) -> None:
    """Nobody is there to say yes: the whole routine is played, or nothing is."""
    home = left_behind(tmp_path, "TE3")
    refused = invoke("session", "upper-back", typed="yes\nno\nno\n0\n", **home)
    ran = invoke("session", "upper-back", *ANSWERED, *HURRY, **home)

    assert (refused.returncode, refused.stdout) == (3, "")
    assert "Go on" not in refused.stderr + ran.stdout
    assert "KI27" in ran.stdout.partition("REHEARSAL")[2]


def test_two_answers_are_none() -> None:
    """Of two answers to one question the last does not count."""
    for arguments in (
        ("session", *HURRY, *CAREFUL, "--pregnancy", "no"),
        ("session", *HURRY, *ANSWERED, "--pregnancy", "yes"),
        ("session", *HURRY, "--cautions", "veins", *ANSWERED),
        ("plan", "--pregnancy", "yes", "--pregnancy", "no"),
    ):
        said = complaint(*arguments, "upper-back", code=2)

        assert "is given more than once: give one answer" in said, arguments
