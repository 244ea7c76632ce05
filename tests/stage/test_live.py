"""What the live stage and the stage of plain lines share."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from acupress.session.playhead import Key
from acupress.session.timeline import CueSound, Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.base import Clock, event_for
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.lines import Lines
from acupress.stage.sounds import NullSounds
from acupress.terminal import keys as names
from acupress.terminal.keys import Signalled
from acupress.terminal.layouts import LETTERS, key_meant, narrow
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
    inhibitor = SleepInhibitor(str(Path(os.devnull)))
    with keyboard(None, lambda: None) as keys:
        os.kill(os.getpid(), signal.SIGTERM)
        Lines(keys, lambda: None, announcer, inhibitor).close()

        assert announcer.phrase == ""
        assert Signalled(signal.SIGTERM) == keys.read(0)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def test_every_keyboard_has_the_keys_of_a_session() -> None:
    """Full-width letters, and the letters on the same keys in other layouts."""
    for typed, meant in (
        ("qQ\uff51\uff31йЙљضქ;", Key.QUIT),  # Greek has no letter there
        ("nN\uff4eтТνн", Key.NEXT),
        ("bиИβנ", Key.BACK),
        ("rкКρ", Key.AGAIN),
        ("mьμצ", Key.MUTE),
        ("?\uff1f", Key.HELP),
        ("+\uff0b", Key.LONGER),
        (" \u3000", Key.PAUSE),
    ):
        for key in typed:
            assert event_for(key, any_key=False) is meant, key


def test_no_letter_means_two_keys() -> None:
    """Neither in the table nor beside the letters of a Latin keyboard."""
    all_ = "".join(LETTERS.values())

    assert len(set(all_)) == len(all_)
    assert not [letter for letter in all_ if letter.isascii()]
    assert [key_meant(letter) for letter in "abcxyz/,."] == [*"abcxyz/,."]


def test_only_the_width_of_a_line_is_changed() -> None:
    """A full-width answer is an answer; the letters of other scripts are none."""
    assert narrow("\uff4e\uff4f\u3000\uff11\uff10") == "no 10"
    assert narrow("йцу ñ ½ 肩井") == "йцу ñ ½ 肩井"


def test_clickers_and_pedals() -> None:
    """They send Page Down and Page Up: next and back."""
    assert event_for(names.PAGE_DOWN, any_key=False) is Key.NEXT
    assert event_for(names.PAGE_UP, any_key=False) is Key.BACK


def test_every_key_without_a_meaning_is_answered() -> None:
    """Not letters alone: arrows, Tab, Escape, and what the terminal mangles."""
    for key in ("x", "щ", "/", names.UP, "\t", names.ESCAPE, names.UNSEEN, "\ufffd"):
        assert event_for(key, any_key=False) is Key.OTHER, key
