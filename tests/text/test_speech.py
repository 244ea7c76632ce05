"""What is said, moment by moment."""

from __future__ import annotations

import re

import pytest

from acupress.model import Pattern, Pressure
from acupress.session.planning import plan
from acupress.session.screening import screen
from acupress.session.timeline import Cue, CueSound, Timeline, lay_out
from acupress.text.speech import number, phrases
from support.catalogue import REAL
from support.factories import routine, step
from support.plans import NO, timeline_of

LOWER = lay_out(plan(screen(REAL["lower-back"], NO)))


def said(timeline: Timeline, sound: CueSound) -> list[tuple[str, ...]]:
    """Return all phrases for every *sound* of *timeline*, in order."""
    return [phrases(timeline, cue) for cue in timeline.cues if cue.sound is sound]


def test_a_point_is_told_by_place_and_hand() -> None:
    """A teacher says which side, where, and with what."""
    fourth = said(LOWER, CueSound.GET_READY)[3]

    assert fourth[0] == (
        "Release. Two more points, eight minutes. Next, Kunlun Mountains. Left ankle. "
        "Halfway between the outer ankle bone and the heel cord. Thumb."
    )
    assert "Release. Left ankle." in fourth


def test_the_first_and_the_last_point_are_told_as_such() -> None:
    """How much there is comes first; that one is the last is good to know."""
    told = [every[0] for every in said(LOWER, CueSound.GET_READY)]

    assert told[0].startswith("Five points, eighteen minutes. First, Sea of Energy. ")
    assert told[0].endswith(" Three fingers held together.")
    assert "Middle of the belly." in told[0]
    assert told[1].startswith("Release. Four more points, ")
    assert "Lower back, both sides." in told[1]
    assert told[-1].startswith("Release. The last point, four minutes. Great Rushing. ")


def test_a_point_alone_is_not_counted() -> None:
    """Of one point it is told how long it takes."""
    told = said(timeline_of(routine(step())), CueSound.GET_READY)[0][0]

    assert told == (
        "Two minutes. Name of TE3. Hand, both sides. Behind the knuckle. A thumb."
    )


def test_changing_sides_says_where_to() -> None:
    """The side that comes next is named, and to let go comes first."""
    in_turn = timeline_of(routine(step(pattern=Pattern.ALTERNATE)))
    told = [every[0] for every in said(in_turn, CueSound.CHANGE_SIDES)]

    assert told == [
        "Release, and change to the right.",
        "Release, and change to the left.",
        "Release, and change to the right.",
    ]


def test_one_side_and_then_the_other_changes_once() -> None:
    """Three points of the lower back have two sides, and left always comes first."""
    told = [every[0] for every in said(LOWER, CueSound.CHANGE_SIDES)]

    assert told == ["Release, and change to the right."] * 3


def test_light_points_are_pressed_lightly() -> None:
    """The first time on each side it is said how; then a word is enough."""
    timeline = timeline_of(routine(step(pattern=Pattern.ALTERNATE)))
    light = [every[0] for every in said(LOWER, CueSound.PRESS)][:2]
    medium = [every[0] for every in said(timeline, CueSound.PRESS)]

    assert Pressure.LIGHT is LOWER.segments[0].step.step.pressure
    assert light == ["Press lightly.", "Press."]
    assert {"Press."} == set(medium)


@pytest.mark.parametrize("name", sorted(REAL))
def test_nothing_is_spelt(name: str) -> None:
    """No code, no digit and no hard word is ever said; each phrase is a sentence."""
    timeline = lay_out(plan(screen(REAL[name], NO)))
    every = [p for cue in timeline.cues for p in phrases(timeline, cue)]

    assert [p for p in every if re.search(r"\d|[A-Z]{2}|[^\x20-\x7e]", p)] == []
    assert [p for p in every if not re.fullmatch(r"[A-Z].*[a-z]\.", p)] == []


def test_phrases_become_shorter() -> None:
    """What may be said is told from the long way to the short."""
    for cue in LOWER.cues:
        lengths = [len(phrase) for phrase in phrases(LOWER, cue)]
        if cue.sound is not CueSound.GET_READY:
            assert lengths == sorted(lengths, reverse=True)
        assert not lengths or lengths[-1] <= min(lengths)


def test_seconds_are_not_said() -> None:
    """Counting is for the sounds."""
    silent = (CueSound.THREE, CueSound.TWO, CueSound.ONE, CueSound.LAST_SECONDS)

    assert [phrases(LOWER, Cue(12, sound)) for sound in silent] == [(), (), (), ()]


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (0, "no"),
        (1, "one"),
        (13, "thirteen"),
        (20, "twenty"),
        (21, "twenty-one"),
        (99, "ninety-nine"),
    ],
)
def test_numbers_are_words(whole: int, expected: str) -> None:
    """A number is said as one says it."""
    assert expected == number(whole)
