"""Line mode: one line for each change, with nobody to press a key or with somebody."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import pytest

from acupress.session.planning import plan
from acupress.session.playhead import Key, Pause, Performance, Playhead
from acupress.session.screening import PointChoice, screen
from acupress.session.timeline import Timeline, lay_out
from acupress.stage.announcer import Announcer
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.lines import Lines
from acupress.stage.sounds import NullSounds
from acupress.terminal.system import keyboard as system_keyboard
from support.catalogue import REAL
from support.plans import NO, SHORT


@pytest.fixture
def stage() -> Iterator[Lines]:
    """Return line mode in a pipe, silent."""
    announcer, inhibitor = Announcer(NullSounds(), None, 1), SleepInhibitor()
    with system_keyboard(None, lambda: None) as keyboard:
        yield Lines(keyboard, keyboard.suspend, announcer, inhibitor)


def at(position: float, timeline: Timeline) -> Playhead:
    """Return a head that stands at *position*."""
    return Playhead(position, (0.0,) * len(timeline.segments))


def test_line_mode_says_all_that_a_screen_shows(
    stage: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    """The stop rule, how to press, and a release at the end of every hold."""
    only = PointChoice(only=frozenset({"BL10"}))
    timeline = lay_out(plan(screen(REAL["upper-back"], NO, only)))
    for segment in timeline.segments:
        stage.show(Performance(timeline, at(segment.start, timeline)))
        stage.show(Performance(timeline, at(segment.start + 1.0, timeline)))
    stage.show(Performance(timeline, at(timeline.duration, timeline)))
    told = capsys.readouterr().out

    assert "Stop at once if: sharp, shooting" in told
    assert "press: Light. Let the head rest against the thumbs" in told
    assert told.count("press for 1 minute") == 2
    assert told.count("release") == 2


def test_a_pipe_goes_on_after_a_gap(
    stage: Lines, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    Where a machine slept, or was busy for two seconds, nobody can press space.

    So it is told and not counted, and the session comes to its end all the same.
    """
    away = at(20.0, SHORT)._replace(pause=Pause.GAP)
    stage.show(Performance(SHORT, away))
    pressed = stage.wait(inf)
    stage.show(Performance(SHORT, away._replace(pause=None)))
    told = capsys.readouterr().out

    assert pressed is Key.PAUSE
    assert "Paused while you were away." in told
    assert told.endswith("going on\n")
