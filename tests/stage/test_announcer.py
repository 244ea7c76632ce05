"""What is heard of a session, on a stage where waiting takes no time."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import cast

import pytest
from hypothesis import given, settings

from acupress.model import Pattern
from acupress.session.planning import plan
from acupress.session.player import play
from acupress.session.playhead import DeviceEvent, Ended, Key
from acupress.session.screening import screen
from acupress.session.timeline import CueSound, Timeline, lay_out
from acupress.stage.base import Clock
from acupress.stage.inhibit import SleepInhibitor
from acupress.stage.lines import Lines
from acupress.stage.sounds import COUNTED
from acupress.stage.voice import speaking_seconds
from acupress.terminal.keys import Keyboard
from support.catalogue import REAL
from support.factories import point, routine, step
from support.plans import NO, timeline_of
from support.stage import SOUNDS, Listener, Script
from support.strategies import scripts

# Ready 0-15, press 15-45, change 45-50, press 50-80; then the same for LI4.
PAIR = timeline_of(
    routine(
        step(point("TE3"), pattern=Pattern.ALTERNATE, repetitions=1),
        step(point("LI4"), pattern=Pattern.ALTERNATE, repetitions=1, rank=2),
    )
)


FIRST = (
    "Two points, three minutes. First, Name of TE3. Left hand. Behind the knuckle. "
    "A thumb."
)


def heard(
    script: Script | None = None, timeline: Timeline = PAIR, *, speaking: bool = True
) -> list[tuple[float, str]]:
    """Play *timeline* while *script* happens and return what was begun, and when."""
    stage = Listener(script, speaking=speaking)
    play(timeline, stage)
    return [(round(at, 2), what) for at, what in stage.ear.heard]


def lasts(what: str) -> float:
    """Return how long a file or a phrase is heard at most."""
    if what.endswith(".wav"):
        return ((SOUNDS / what).stat().st_size - 44) / 2 / 11025
    return speaking_seconds(what)


def test_every_second_of_a_session_by_ear() -> None:
    """Each moment has its sound on its second, and its words right after it."""
    assert heard()[:14] == [
        (0.0, "get-ready.wav"),
        (0.65, FIRST),
        (12.0, "count.wav"),
        (13.0, "count.wav"),
        (14.0, "count.wav"),
        (15.0, "press.wav"),
        (15.61, "Press."),
        (30.0, "halfway.wav"),
        (30.55, "Halfway."),
        (42.0, "last-seconds.wav"),
        (43.0, "last-seconds.wav"),
        (44.0, "last-seconds.wav"),
        (45.0, "release-change-sides.wav"),
        (46.09, "Release, and change to the right."),
    ]


def test_the_end_is_heard() -> None:
    """The last thing rung is that it is done, and the words for it are ready."""
    stage = Listener()
    play(PAIR, stage)
    left = stage.announcer.speak_due(stage.clock)

    assert stage.ear.heard[-1] == (PAIR.duration, "release-done.wav")
    assert 1 < left < 2
    assert inf == stage.announcer.speak_due(stage.clock + left)
    assert stage.ear.heard[-1][1] == "Release. That was the last."


class StageClock(Clock):
    """The clock of a stage without time."""

    def __init__(self, stage: Listener) -> None:
        """Tell the time of *stage*."""
        super().__init__()
        self.stage = stage

    def now(self) -> float:
        """Return it."""
        return self.stage.clock


class StageKeys:
    """A keyboard at which *key* is read after each wait, which is *late*."""

    def __init__(self, stage: Listener, key: str | None, late: float) -> None:
        """Let waiting move the clock of *stage*."""
        self.stage, self.key, self.late = stage, key, late

    def read(self, seconds: float) -> str | None:
        """Wait, and return the key."""
        self.stage.clock += seconds + self.late
        return self.key


@pytest.mark.parametrize(
    ("key", "late", "said"),
    [(None, 0.0, True), (None, 0.9, True), (None, 1.1, False), ("q", 0.0, False)],
)
def test_the_end_waits_for_the_last_words(
    key: str | None, late: float, *, said: bool
) -> None:
    """It waits for them to begin, not to end; a key drops them, and late none are."""
    stage = Listener()
    play(PAIR, stage)
    ended = stage.clock
    keyboard = cast(Keyboard, StageKeys(stage, key, late))
    lines = Lines(keyboard, lambda: None, stage.announcer, SleepInhibitor(""))
    lines.clock = StageClock(stage)
    lines.close()

    assert (stage.ear.heard[-1][1] == "Release. That was the last.") is said
    assert 1 + late < stage.clock - ended < 2 + late


def test_without_a_voice_every_moment_is_a_sound() -> None:
    """Then three-two-one is never left out, and nothing is waited for."""
    told = heard(speaking=False)

    assert sorted({cue.at for cue in PAIR.cues}) == [at for at, _ in told]
    assert all(what.endswith(".wav") for _, what in told)


def test_every_routine_by_ear() -> None:
    """
    No sound and no phrase begins before the last has ended.

    Press, release, halfway, sides and points: each moment that changes has its words.
    """
    for name in sorted(REAL):
        told = heard(timeline=lay_out(plan(screen(REAL[name], NO))))
        overlaps = [
            (a, b) for a, b in pairwise(told) if a[0] + lasts(a[1]) > b[0] + 0.01
        ]
        sounds = [w for _, w in told if w.endswith(".wav")]
        silent = [w for w in sounds if w in {"count.wav", "last-seconds.wav"}]
        words = len(sounds) - len(silent) - 1  # those of the end are still to come

        assert (name, []) == (name, overlaps)
        assert (name, words) == (name, len(told) - len(sounds))


def test_words_take_the_place_of_three_two_one() -> None:
    """Where they take that long, all three are left out, not one of them."""
    made = timeline_of(routine(step(pattern=Pattern.ALTERNATE, switch=5)))
    changes = [at for at, what in heard(timeline=made) if "change-sides" in what]
    counted = [at for at, what in heard(timeline=made) if what == "count.wav"]

    assert changes
    assert not [at for at in counted for change in changes if 0 < at - change < 5]


def test_being_there_ends_the_words() -> None:
    """Who says *I'm there* hears three-two-one, and no more of the way."""
    told = heard({2.0: Key.ENTER})

    assert told[2:6] == [
        (2.0, "count.wav"),
        (3.0, "count.wav"),
        (4.0, "count.wav"),
        (5.0, "press.wav"),
    ]


def test_short_gaps_have_short_words() -> None:
    """Only what will have been said in time is begun."""
    made = timeline_of(routine(step(setup=5, rest=2, hold=5)))
    told = heard(timeline=made)

    assert told[1] == (0.65, "Name of TE3. Hand, both sides. Behind the knuckle.")
    assert told[2] == (5.0, "press.wav")
    assert told[4:6] == [(10.0, "release.wav"), (10.59, "Release.")]


def test_a_rehearsal_says_only_what_it_has_time_for() -> None:
    """Ten times faster there is no time for words, and none is late."""
    stage = Listener(speed=10.0)
    play(PAIR, stage, speed=10.0)
    phrases = [what for _, what in stage.ear.heard if not what.endswith(".wav")]

    assert phrases == ["Press."] * 4


def test_mute_stops_sounds_and_words_at_once() -> None:
    """``m`` is silence, from this moment until the next one."""
    stage = Listener({2.0: Key.MUTE, 46.5: Key.MUTE})
    play(PAIR, stage)
    between = [what for at, what in stage.ear.heard if 2.0 < at < 46.5]

    assert 2.0 in stage.ear.hushed
    assert between == []
    assert (50.0, "press.wav") in stage.ear.heard


@pytest.mark.parametrize("key", [Key.QUIT, Ended(15)])
def test_an_end_is_silent(key: Key | Ended) -> None:
    """Who stops wants to hear no more, not even what was about to be said."""
    stage = Listener({0.2: Key.QUIT, 0.3: key})
    play(PAIR, stage)

    assert stage.ear.hushed[-1] == 0.3
    assert stage.announcer.speak_due(0.3) == inf


def test_words_for_another_place_are_ended() -> None:
    """Whoever skips while paused does not go on hearing of the old place."""
    stage = Listener({1.0: Key.PAUSE, 2.0: Key.NEXT, 3.0: Key.QUIT, 4.0: Key.QUIT})
    play(PAIR, stage)

    assert 2.0 in stage.ear.hushed


def test_what_is_late_is_not_said() -> None:
    """After an hour asleep nobody is told to press."""
    stage = Listener({4000.0: Key.PAUSE}, late={15.3: 3600.0})
    play(PAIR, stage)
    said = [at for at, what in stage.ear.heard if what == "Press."]

    assert not [at for at in said if 16 < at < 4000]


def test_a_sound_follows_where_more_time_was_asked_for() -> None:
    """Ten seconds more move what is still to be heard."""
    assert (55.0, "release-change-sides.wav") in heard({20.0: Key.LONGER})


def test_back_from_a_stop_it_is_silent_until_told_to_go_on() -> None:
    """A pause has no sound."""
    told = heard({20.0: DeviceEvent.RESUMED, 90.0: Key.PAUSE})

    assert not [at for at, _ in told if 20 <= at < 90]


@settings(derandomize=True, max_examples=100, deadline=None)
@given(scripts)
def test_nothing_is_said_late_under_any_keys(script: Script) -> None:
    """Every phrase follows its sound within two seconds, whatever is pressed."""
    stage = Listener(script)
    play(PAIR, stage)
    sounds = [at for at, what in stage.ear.heard if what.endswith(".wav")]
    words = [at for at, what in stage.ear.heard if not what.endswith(".wav")]

    assert [at for at in words if not any(0 <= at - s < 2.2 for s in sounds)] == []


def test_counting_is_known() -> None:
    """Three, two and one are told by one sound."""
    assert {CueSound.THREE, CueSound.TWO, CueSound.ONE} == COUNTED
