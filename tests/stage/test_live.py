"""What the live stage and the stage of plain lines share."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from acupress.session.timeline import CueSound, Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.live import Clock, StageServices, finish_speaking
from acupress.stage.sounds import NullSounds
from acupress.terminal.keys import Signalled
from acupress.terminal.system import keyboard
from support.plans import SHORT


class Mute:
    """A voice that says nothing."""

    def say(self, phrase: str) -> None:
        """Say nothing."""

    def stop(self) -> None:
        """Stop nothing."""


def pending(timeline: Timeline) -> Announcer:
    """Return an announcer with the last words of *timeline* still to be said."""
    announcer = Announcer(NullSounds(), Mute(), 1)
    last = next(cue for cue in timeline.cues if cue.sound is CueSound.DONE)
    announcer.cue(timeline, last, Clock().now() + 3600)
    return announcer


@pytest.mark.skipif(sys.platform == "win32", reason="a signal is sent as on Unix")
def test_a_signal_during_the_last_words_is_not_lost() -> None:
    """It cancels the words, and whoever reads the keyboard next still gets it."""
    announcer = pending(SHORT)
    services = StageServices(announcer, SleepInhibitor())
    with keyboard(None, lambda: None) as keys:
        os.kill(os.getpid(), signal.SIGTERM)
        finish_speaking(keys, Clock(), services)

        assert announcer.phrase == ""
        assert Signalled(signal.SIGTERM) == keys.read(0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
