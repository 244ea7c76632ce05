"""Routines of a person's own, read and written as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupress.catalogue.ownroutines import (
    Scope,
    as_own,
    own_routine,
    own_step,
    own_text,
    read_routine,
)
from acupress.model import LONGEST_HOLD, Pattern, Point, Region, Routine, Sides, Step
from acupress.session.screening import Answers, Caution, PregnancyAnswer, screen
from support.catalogue import NAMES, POINTS, ROUTINES

BALL = {Caution.THINNERS, Caution.FAINT}
GB30 = "id: mine\ntitle: Mine\nregion: leg\nsteps:\n- {point: GB30, %s}\n"


def read(text: str) -> Routine:
    """Return the routine in *text*, which has no fault."""
    found, faults = read_routine(text.encode(), "a", Scope(NAMES, ROUTINES, set()))
    assert faults == []
    assert found is not None
    return found


@pytest.mark.parametrize("more", ["hold: 20", "ball: false", "standing: false"])
def test_a_step_with_a_ball_stays_one(more: str) -> None:
    """With the grip of GB30, which is a ball at a wall, cautions leave it out."""
    for caution in BALL:
        answers = Answers(PregnancyAnswer.NO, frozenset({caution}))
        screened = screen(read(GB30 % more), answers)

        assert (caution, screened.kept) == (caution, ())


def test_another_grip_needs_no_ball() -> None:
    """A step that says how the hand goes says itself whether there is a ball."""
    (step,) = read(GB30 % "hand: 'Knuckles, lying.'").steps

    assert (step.ball, step.standing) == (False, False)


def test_each_bundled_routine_can_be_passed_on() -> None:
    """As text it reads as one of one's own, with its steps as they were."""
    for routine in ROUTINES:
        again = read(own_text(as_own(routine), ROUTINES))

        assert (again.id, again.region) == (f"my-{routine.id}", routine.region)
        assert again.partner is routine.partner
        for step, copy in zip(routine.steps, again.steps, strict=True):
            hold = min(step.dose.hold, LONGEST_HOLD)
            assert copy.dose == step.dose._replace(hold=hold)
            assert (copy.point, copy.pressure, copy.hand, copy.posture, copy.rank) == (
                *(step.point, step.pressure, step.hand, step.posture, step.rank),
            )
            assert (copy.ball, copy.standing, copy.prone) == (
                *(step.ball, step.standing, step.prone),
            )


TITLES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))
"""What can be seen, and may mean something in YAML."""


@st.composite
def own_steps(draw: st.DrawFn) -> tuple[Step, ...]:
    """Draw steps with doses that their points allow."""
    taught = [each for each in POINTS.values() if each.technique]
    chosen = st.lists(st.sampled_from(taught), min_size=1, max_size=4, unique=True)
    return tuple(own_dose(draw, rank, each) for rank, each in enumerate(draw(chosen)))


def own_dose(draw: st.DrawFn, rank: int, point: Point) -> Step:
    """Draw a dose for *point*."""
    middle = point.sides is Sides.MIDDLE
    patterns = [each for each in Pattern if (each is Pattern.MIDDLE) is middle]
    return own_step(
        point,
        ROUTINES,
        rank=rank + 1,
        hold=draw(st.integers(1, 60)),
        repetitions=draw(st.integers(1, 3)),
        pattern=draw(st.sampled_from(patterns)),
    )


@given(own_steps(), TITLES, st.sampled_from(Region))
def test_what_is_written_reads_as_it_was(
    steps: tuple[Step, ...], title: str, region: Region
) -> None:
    """Whatever the points, the doses and the title: the text has all of it."""
    title = " ".join(title.split())[:80].strip() or "no"
    routine = own_routine(steps, id="mine", title=title, region=region, partner=True)

    assert read(own_text(routine, ROUTINES)) == routine


def test_the_shortest_text_is_a_line_a_point() -> None:
    """A routine with the points' own doses fits a message."""
    steps = tuple(
        own_step(POINTS[code], ROUTINES, rank=rank)
        for rank, code in enumerate(("GB20", "TE3"), 1)
    )
    made = own_routine(steps, id="mine", title="No", region=Region.NECK)

    assert own_text(made, ROUTINES) == (
        "id: mine\ntitle: 'No'\nregion: neck\nsteps:\n"
        "- {point: GB20, hold: 30, repetitions: 2, pattern: both}\n"
        "- {point: TE3, hold: 5, repetitions: 5, pattern: one-then-other}\n"
    )
