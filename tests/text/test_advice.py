"""`acupress how`, `care` and `routines NAME`, and the wait at each point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from acupress.dialogue.closing import finished_sessions, past_sessions
from acupress.dialogue.intake import KNOWN_AFTER, Request, converse
from acupress.session.screening import PointChoice
from acupress.text import advice, safety
from acupress.text.layout import plain_text
from support.catalogue import ROUTINES
from support.command import acupress_
from support.journals import demonstration
from support.stage import FakeTerminal

ASK_ALL = Request(None, None, None, PointChoice(), None, starter=False, gated=None)
LOWER = ROUTINES[0]


@pytest.mark.parametrize(
    ("command", "page"), [("how", advice.HOW), ("care", advice.CARE)]
)
def test_a_page_that_everybody_may_read(command: str, page: object) -> None:
    """It asks nothing, fits a screen, and is read as it is written."""
    ran = acupress_(command, COLUMNS="80")

    assert ran.returncode == 0
    assert ran.stdout == plain_text(page, 80) + "\n"  # type: ignore[arg-type]
    assert len(ran.stdout.splitlines()) <= 30


def test_all_about_one_routine() -> None:
    """What it is, how often, how sure anyone is, and on whose word."""
    ran = acupress_("routines", "sleep", COLUMNS="80")
    said = " ".join(ran.stdout.split())
    sleep = next(each for each in ROUTINES if each.id == "sleep")

    assert ran.returncode == 0
    for told in (sleep.about, sleep.evidence, sleep.how_often):
        assert told in said
    assert all(step.point.code in said for step in sleep.steps)


def test_no_routine_is_guessed() -> None:
    """A name that is none is answered by those that are near."""
    ran = acupress_("routines", "lowerback")

    assert ran.returncode == 2
    assert "did you mean lower-back" in ran.stderr


@pytest.mark.parametrize("done", range(KNOWN_AFTER + 2))
def test_a_session_waits_until_its_routine_is_known(done: int) -> None:
    """Three whole sessions; until then Enter is awaited at each point, and told."""
    request = replace(ASK_ALL, finished={LOWER.id: done, "upper-back": 9})
    asked = FakeTerminal(["no", "no", "0"], ["enter"])
    agreed = converse(asked, request, LOWER, ROUTINES)
    plan = " ".join(line.text for line in asked.pages[-1])

    assert agreed.gated is (done < 3)
    assert (safety.WAITS in plan) is (done < 3)


@pytest.mark.parametrize("wished", [True, False])
def test_what_was_said_outweighs_what_is_known(*, wished: bool) -> None:
    """`--wait`, `--no-wait` and the preferences rule."""
    for done in (0, 9):
        request = replace(ASK_ALL, gated=wished, finished={LOWER.id: done})
        asked = FakeTerminal(["no", "no", "0"], ["enter"])
        assert converse(asked, request, LOWER, ROUTINES).gated is wished


def test_w_changes_it() -> None:
    """One key on the plan, and the plan says what holds now."""
    asked = FakeTerminal(["no", "no", "0"], ["w", "enter"])

    assert not converse(asked, ASK_ALL, LOWER, ROUTINES).gated
    assert safety.WAITS not in " ".join(line.text for line in asked.pages[-1])


def test_what_is_counted(tmp_path: Path) -> None:
    """The finished sessions of each routine that the journal has."""
    file = tmp_path / "acupress" / "journal.db"
    assert finished_sessions(past_sessions(lambda: file)) == {}

    demonstration(file)
    counted = finished_sessions(past_sessions(lambda: file))

    assert counted["lower-back"] >= KNOWN_AFTER
    assert "no-such-routine" not in counted
    file.write_bytes(b"nothing of the kind")
    assert finished_sessions(past_sessions(lambda: file)) == {}
