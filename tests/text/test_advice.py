"""`acupress how`, `care` and `routines NAME`, and the wait at each point."""

from __future__ import annotations

import shutil
from pathlib import Path

from acupress.dialogue.closing import finished_sessions, past_sessions
from acupress.dialogue.intake import converse
from acupress.dialogue.plan_screen import KNOWN_AFTER, Request
from acupress.session.screening import PointChoice
from acupress.text import advice, safety
from acupress.text.layout import plain_text
from support.catalogue import ROUTINES
from support.command import acupress_
from support.stage import FakeTerminal

ASK_ALL = Request(None, None, None, PointChoice(), None, starter=False, gated=None)
LOWER = ROUTINES[0]


def test_a_page_of_advice() -> None:
    """`how` and `care` print a page that fits 80 x 24, and say what to type next."""
    for command, page in (("how", advice.HOW), ("care", advice.CARE)):
        ran = acupress_(command, COLUMNS="80")

        assert ran.returncode == 0
        assert ran.stdout == plain_text(page, 80) + "\n"
        assert len(ran.stdout.splitlines()) <= 23
        assert ran.stdout.splitlines()[-1].startswith("Next: acupress session")


def test_all_about_one_routine() -> None:
    """`routines NAME` says what it is, how often, how sure anyone is, which points."""
    ran = acupress_("routines", "sleep", COLUMNS="80")
    said = " ".join(ran.stdout.split())
    sleep = next(each for each in ROUTINES if each.id == "sleep")
    told = (sleep.about, sleep.evidence, sleep.how_often)

    assert ran.returncode == 0
    assert [each for each in told if each not in said] == []
    assert [s.point.code for s in sleep.steps if s.point.code not in said] == []


def test_no_routine_is_guessed() -> None:
    """For an unknown name the nearest ones are suggested."""
    ran = acupress_("routines", "lowerback")

    assert ran.returncode == 2
    assert "did you mean lower-back" in ran.stderr


def test_a_session_waits_until_its_routine_is_known() -> None:
    """The first three sessions wait at each point for Enter, and the plan says so."""
    for done in range(KNOWN_AFTER + 2):
        request = ASK_ALL._replace(finished={LOWER.id: done, "upper-back": 9})
        asked = FakeTerminal(["no", "no", "0"], ["enter"])
        agreed = converse(asked, request, LOWER, ROUTINES)
        plan = " ".join(line.text for line in asked.pages[-1])

        assert agreed.gated is (done < 3), done
        assert (safety.WAITS in plan) is (done < 3), done


def test_waiting_can_be_asked_for_or_refused() -> None:
    """`--wait`, `--no-wait` and the preferences come before what the journal has."""
    for wished in (True, False):
        for done in (0, 9):
            request = ASK_ALL._replace(gated=wished, finished={LOWER.id: done})
            asked = FakeTerminal(["no", "no", "0"], ["enter"])

            assert converse(asked, request, LOWER, ROUTINES).gated is wished, done


def test_w_changes_whether_it_waits() -> None:
    """The key w on the plan turns waiting off, and the plan says so."""
    asked = FakeTerminal(["no", "no", "0"], ["w", "enter"])

    assert not converse(asked, ASK_ALL, LOWER, ROUTINES).gated
    assert safety.WAITS not in " ".join(line.text for line in asked.pages[-1])


def test_finished_sessions_are_counted(tmp_path: Path, thirty: Path) -> None:
    """The finished sessions of each routine are counted from the journal, if any."""
    file = tmp_path / "acupress" / "journal.db"
    assert finished_sessions(past_sessions(lambda: file)) == {}

    file.parent.mkdir()
    shutil.copy(thirty, file)
    counted = finished_sessions(past_sessions(lambda: file))

    assert counted["lower-back"] >= KNOWN_AFTER
    assert "no-such-routine" not in counted
    file.write_bytes(b"nothing of the kind")
    assert finished_sessions(past_sessions(lambda: file)) == {}
