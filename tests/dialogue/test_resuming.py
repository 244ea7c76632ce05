"""Going on with an earlier session: offered, asked anew, screened anew."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from acupress.dialogue.intake import converse
from acupress.dialogue.plan_screen import AgreedPlan, Request, StopHereError
from acupress.dialogue.resuming import offer
from acupress.errors import NotStartedError
from acupress.journal.resume import ResumePoint, SessionOptions, state_of
from acupress.model import PregnancyLevel, Routine
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    level,
    screen,
)
from acupress.text import safety
from support.catalogue import REAL, ROUTINES
from support.journals import TODAY
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, Left
from support.terminal_sessions import PtySession, ask_for_plan

LOWER = REAL["lower-back"]
REACHED = ResumePoint(TODAY, "lower-back", state_of(LOWER), "BL60", SessionOptions())
ASK_ALL = Request(
    None, None, None, PointChoice(), minutes=None, starter=False, gated=False
)
LATER = TODAY + timedelta(minutes=12)


def offered(
    *lines: str,
    reached: ResumePoint = REACHED,
    wanted: Routine | None = None,
) -> tuple[Routine | None, FakeTerminal]:
    """Return what comes of an offer that is answered with *lines*."""
    asked = FakeTerminal(lines)
    return offer(asked, reached, wanted, ROUTINES, LATER), asked


def going_on(*lines: str, since: str, some: Routine = LOWER) -> AgreedPlan:
    """Return what is agreed on after *lines*, where *some* is resumed at *since*."""
    request = ASK_ALL._replace(wish=PointChoice(since=since))
    return converse(FakeTerminal(lines, ["enter"] * 3), request, some, ROUTINES)


def codes(agreed: AgreedPlan) -> list[str]:
    """Return the points of a plan."""
    return [step.point.code for step in agreed.plan.steps]


def test_only_the_word_goes_on() -> None:
    """Enter, no and three slips begin anew; q leaves."""
    for lines, goes_on in (
        (["yes"], True),
        ([" Y "], True),
        ([""], False),
        (["no"], False),
        (["n"], False),
        (["yse", "yes"], True),
        (["ye", "0", "go"], False),
    ):
        assert (offered(*lines)[0] is LOWER) is goes_on, lines
    for left in (["q"], []):
        with pytest.raises(NotStartedError, match="nothing starts"):
            offered(*left)


def test_the_page_names_the_point_and_nothing_else() -> None:
    """Where, which routine, how long ago; nothing of what was answered."""
    _, asked = offered("no", wanted=LOWER)

    assert [line.text for line in asked.pages[0]][:2] == [
        "Go on from BL60 Kunlun Mountains?",
        f"{LOWER.title} had come to it 12 minutes ago.",
    ]


@pytest.mark.parametrize(
    "reached",
    [
        REACHED._replace(routine="nothing-of-that-name"),
        REACHED._replace(state=REACHED.state ^ 1),
        REACHED._replace(point="GB21"),
        REACHED._replace(point="BL999"),
        REACHED._replace(point="../../etc"),
    ],
)
def test_what_is_not_there_any_more_is_not_offered(reached: ResumePoint) -> None:
    """A routine that is gone or changed, a point that is not in it: no offer."""
    found, asked = offered("yes", reached=reached)

    assert (found, asked.asked) == (None, [])


def test_another_routine_is_not_interrupted() -> None:
    """Whoever names one is offered that one or nothing."""
    found, asked = offered("yes", wanted=REAL["upper-back"])

    assert (found, asked.asked) == (None, [])
    assert offered("yes", wanted=LOWER)[0] is LOWER


def test_the_rest_is_laid_out_from_the_point() -> None:
    """In the order of the routine, from the point on, by its first second."""
    agreed = going_on("no", "no", "0", since="BL40")
    whole = going_on("no", "no", "0", since="")

    assert codes(agreed) == ["BL40", "BL60", "LR3"]
    assert codes(whole) == ["CV6", "BL23", "BL40", "BL60", "LR3"]
    assert agreed.plan.steps == whole.plan.steps[2:]


def test_a_point_that_is_left_out_today_gives_way_to_the_next() -> None:
    """It is never shown or pressed, whatever the answer was before."""
    numb = str(safety.NUMBERED.index(Caution.CLOT) + 1)

    assert codes(going_on("no", "no", numb, since="BL23")) == ["BL23"]
    with_meal = going_on("no", "no", "9", since="CV6")
    assert codes(with_meal) == ["BL23", "BL40", "BL60", "LR3"]


def test_when_nothing_is_left_to_come_it_begins_anew() -> None:
    """A line says so, and the plan is the whole routine as it is today."""
    clot = str(safety.NUMBERED.index(Caution.CLOT) + 1)
    request = ASK_ALL._replace(wish=PointChoice(since="BL60"))
    asked = FakeTerminal(["no", "no", clot], ["enter"])
    agreed = converse(asked, request, LOWER, ROUTINES)

    assert codes(agreed) == ["CV6", "BL23"]
    assert "Nothing that was still to come" in asked.pages[-1][-1].text


ANSWERED = ("no", "yes", "unsure")


def every_resumption() -> Iterator[tuple[Routine, str, str, str, str]]:
    """Yield each routine, point and answer, with no caution and with each one."""
    cautions = [str(number) for number in range(len(safety.NUMBERED) + 1)]
    for some in ROUTINES:
        points = [step.point.code for step in some.steps]
        yield from (
            (some, *each)
            for each in product(points, ANSWERED, ("no", "1", "2"), cautions)
        )


def test_nothing_runs_that_may_not_whatever_was_reached() -> None:
    """
    For every routine, point and answer: what is agreed on is what a fresh session has.

    Or the rest of it. With a warning sign nothing is; unless the answer is *no*, every
    step is ok; and no answer brings back what came before the point.
    """
    started = 0
    for some, since, pregnancy, signs, number in every_resumption():
        try:
            agreed = going_on(pregnancy, signs, number, since=since, some=some)
        except (StopHereError, NotStartedError):
            continue
        started += 1
        chosen = frozenset(safety.NUMBERED[int(number) - 1 : int(number)])
        cautions = chosen if number != "0" else frozenset()
        answers = Answers(PregnancyAnswer(pregnancy), cautions)
        fresh = screen(some, answers)
        own = [step.point.code for step in some.steps]
        allowed = [step.point.code for step in fresh.kept]
        to_come = [c for c in allowed if c not in own[: own.index(since)]]

        assert signs == "no"
        assert fresh.runs
        assert codes(agreed) == (to_come or allowed)
        assert pregnancy == "no" or all(
            level(step.point) is PregnancyLevel.OK for step in agreed.plan.steps
        )

    assert started > 500


def test_another_routine_is_taken_whole() -> None:
    """Where the answers lead to another one, no point of the first is looked for."""
    request = ASK_ALL._replace(wish=PointChoice(since="BL60"))
    asked = FakeTerminal(["yes", "no", "0"], ["1", "enter"])
    agreed = converse(asked, request, LOWER, ROUTINES)

    assert agreed.plan.routine is REAL["quiet"]
    assert codes(agreed) == ["PC6", "KI27", "GB20", "TE3", "SI3", "EX-HN3"]
    assert "Goes on" not in " ".join(line.text for line in asked.pages[-1])


def test_minutes_are_for_what_is_left() -> None:
    """They fit the rest, and the plan can be made shorter and longer as ever."""
    request = ASK_ALL._replace(wish=PointChoice(since="BL40"), minutes=5)
    asked = FakeTerminal(["no", "no", "0"], ["-", "+", "+", "enter"])
    agreed = converse(asked, request, LOWER, ROUTINES)

    assert set(codes(agreed)) <= {"BL40", "BL60", "LR3"}
    assert agreed.plan.seconds > 0


# At a terminal

COMMAND = (*ACUPRESS, "session", "lower-back", "--sound=off", "--picture=none")


def file_in(home: Path) -> Path:
    """Return where the resume file of somebody is."""
    return home / "acupress" / "resume.json"


def ended_at_the_third_point(
    home: dict[str, str], file: Path, number: int = signal.SIGKILL
) -> None:
    """Run a session, skip to its third point, and end it there by a signal."""
    with PtySession(COMMAND, (80, 40), home) as term:
        ask_for_plan(term)
        term.type("\r")
        term.see("FIND IT")
        for there in ("2 of 5", "3 of 5"):
            term.type_until("n", lambda: there in term.text, there)  # noqa: B023
        term.wait(lambda: file.exists() and "BL40" in file.read_text(), "the file")
        term.send(number)

        assert term.left().code == -number


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGHUP, signal.SIGINT])
def test_an_ended_session_is_gone_on_with(tmp_path: Path, number: int) -> None:
    """After the three questions, from the point it had come to; in the end no file."""
    home, file = {"XDG_DATA_HOME": str(tmp_path)}, file_in(tmp_path)
    ended_at_the_third_point(home, file, number)
    with PtySession((*ACUPRESS, "session", *COMMAND[4:]), (80, 40), home) as term:
        term.see("Go on from BL40")
        term.type("yes\r")
        ask_for_plan(term)
        assert "Goes on from BL40" in term.text
        assert "CV6" not in term.text
        term.type("\r")
        term.see("FIND IT")
        assert "1 of 3" in term.text
        for there in ("2 of 3", "3 of 3"):
            term.type_until("n", lambda: there in term.text, there)  # noqa: B023
        term.type_until("n", lambda: "Next:" in term.text, "the end")

        assert Left(0) == term.left()
        assert "BL" not in term.kept
    assert not file.exists()


def test_declined_it_begins_anew(tmp_path: Path) -> None:
    """Enter is no; the file is gone when the new session has begun, and not before."""
    home, file = {"XDG_DATA_HOME": str(tmp_path)}, file_in(tmp_path)
    ended_at_the_third_point(home, file)
    with PtySession(COMMAND, (80, 40), home) as term:
        term.see("Go on from BL40")
        term.type("\r")
        ask_for_plan(term)
        assert "CV6" in term.text
        assert file.exists()
        term.type("\r")
        term.see("FIND IT")
        term.wait(lambda: not file.exists(), "no file")


@pytest.mark.parametrize(
    "option", ["--no-journal", "--rehearse", "--only=BL60", "--without=CV6"]
)
def test_sessions_that_are_not_offered_one(tmp_path: Path, option: str) -> None:
    """Where nothing is kept, or points were chosen, the first question is the first."""
    home, file = {"XDG_DATA_HOME": str(tmp_path)}, file_in(tmp_path)
    now = datetime.now().astimezone()
    leave(file, REACHED._replace(written=now))
    with PtySession((*COMMAND, option), (80, 40), home) as term:
        term.see("could you be pregnant")
        term.type("q")

        assert Left(3) == term.left()


def leave(file: Path, reached: ResumePoint) -> None:
    """Leave what a session at *reached* would."""
    file.parent.mkdir(mode=0o700)
    content = {
        "version": 1,
        "written": reached.written.isoformat(),
        **{key: getattr(reached, key) for key in ("routine", "state", "point")},
        **reached.options._asdict(),
    }
    file.write_text(json.dumps(content), "utf-8")
    file.chmod(0o600)


def test_a_file_that_can_not_be_used_is_told_of_on_the_plan(tmp_path: Path) -> None:
    """In one line; nothing is offered, the session is new, the link is as it was."""
    home, file = {"XDG_DATA_HOME": str(tmp_path)}, file_in(tmp_path)
    file.parent.mkdir(mode=0o700)
    file.symlink_to(tmp_path / "elsewhere")
    with PtySession(COMMAND, (100, 60), home) as term:
        ask_for_plan(term)
        told = "is a link, which is not followed; until that is put right"
        assert told in " ".join(term.text.split())
        term.type("\r")
        term.see("FIND IT")
        assert "1 of 5" in term.text
        term.type_until("n", lambda: "2 of 5" in term.text, "the second point")
        term.type("qq")

        assert Left(0) == term.left()
    assert file.is_symlink()
    assert not (tmp_path / "elsewhere").exists()
