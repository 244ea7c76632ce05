"""What the voice says at each cue."""

from __future__ import annotations

import re

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
    """Which side, where, and with what is said before a point."""
    fourth = said(LOWER, CueSound.GET_READY)[3]

    assert fourth[0] == (
        "Release. Two more points, eight minutes. Next, Kunlun Mountains. Left ankle. "
        "Halfway between the outer ankle bone and the heel cord. Thumb."
    )
    assert "Release. Left ankle." in fourth


def test_the_first_and_the_last_point_are_told_as_such() -> None:
    """Before the first point it is said how many there are; the last is called so."""
    told = [every[0] for every in said(LOWER, CueSound.GET_READY)]

    assert told[0].startswith("Five points, eighteen minutes. First, Sea of Energy. ")
    assert told[0].endswith(" Three fingers held together.")
    assert "Middle of the belly." in told[0]
    assert told[1].startswith("Release. Four more points, ")
    assert "Lower back, both sides." in told[1]
    assert told[-1].startswith("Release. The last point, four minutes. Great Rushing. ")


def test_a_point_alone_is_not_counted() -> None:
    """A session of one point begins with how long it takes, without a count."""
    told = said(timeline_of(routine(step())), CueSound.GET_READY)[0][0]

    assert told == (
        "Two minutes. Name of TE3. Hand, both sides. Behind the knuckle. A thumb."
    )


def test_changing_sides_says_where_to() -> None:
    """Release is said first, and then the side that comes next."""
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

    assert Pressure.LIGHT is LOWER.segments[0].step.pressure
    assert light == ["Press lightly.", "Press."]
    assert {"Press."} == set(medium)


def test_every_phrase_can_be_read_aloud() -> None:
    """No phrase has a code, a digit or a character beyond ASCII; each is a sentence."""
    timelines = [lay_out(plan(screen(each, NO))) for each in REAL.values()]
    every = [p for made in timelines for cue in made.cues for p in phrases(made, cue)]

    assert every
    assert [p for p in every if re.search(r"\d|[A-Z]{2}|[^\x20-\x7e]", p)] == []
    assert [p for p in every if not re.fullmatch(r"[A-Z].*[a-z]\.", p)] == []


def test_phrases_become_shorter() -> None:
    """The phrases for a cue come from the longest to the shortest."""
    for cue in LOWER.cues:
        lengths = [len(phrase) for phrase in phrases(LOWER, cue)]
        if cue.sound is not CueSound.GET_READY:
            assert lengths == sorted(lengths, reverse=True)
        assert not lengths or lengths[-1] <= min(lengths)


def test_seconds_are_not_said() -> None:
    """Counting is for the sounds."""
    silent = (CueSound.THREE, CueSound.TWO, CueSound.ONE, CueSound.LAST_SECONDS)

    assert [phrases(LOWER, Cue(12, sound)) for sound in silent] == [(), (), (), ()]


def test_numbers_are_words() -> None:
    """A number is written as it is spoken."""
    spoken = {
        0: "no",
        1: "one",
        13: "thirteen",
        20: "twenty",
        21: "twenty-one",
        99: "ninety-nine",
    }

    assert spoken == {whole: number(whole) for whole in spoken}
