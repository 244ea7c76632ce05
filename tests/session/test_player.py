"""The player, on a stage where waiting takes no time."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.model import Pattern, Phase
from acupress.session.planning import plan
from acupress.session.player import play
from acupress.session.playhead import (
    DeviceEvent,
    Ended,
    Key,
    Note,
    Pause,
    Performance,
    Quit,
    begin,
    react,
    resume_event,
)
from acupress.session.screening import screen
from acupress.session.timeline import CueSound, Timeline, lay_out
from acupress.stage.live import Clock
from acupress.text.layout import plain_text
from acupress.text.pages import closing_page
from support.catalogue import REAL
from support.factories import point, routine, step
from support.plans import NO, SHORT, timeline_of
from support.stage import FakeStage, Script
from support.strategies import scripts

# Ready 0-15, press 15-45, rest 45-55, press 55-85; then the same for LI4.


def played(
    script: Script | None = None, timeline: Timeline = SHORT, *, gated: bool = False
) -> tuple[Performance, FakeStage]:
    """Play *timeline* while *script* happens."""
    stage = FakeStage(script)
    return play(timeline, stage, gated=gated), stage


def rung(stage: FakeStage, *, between: tuple[float, float] | None = None) -> list[str]:
    """Return the sounds in the order they were rung, as words."""
    first, last = between or (0.0, 1e9)
    return [cue.sound.value for clock, cue in stage.rung if first <= clock <= last]


@pytest.mark.parametrize("name", sorted(REAL))
def test_a_whole_session_takes_its_time_and_no_more(name: str) -> None:
    """Left alone, a real routine ends on the second, with everything pressed."""
    timeline = lay_out(plan(screen(REAL[name], NO)))
    performance, stage = played(timeline=timeline)

    assert timeline.duration == stage.clock
    assert timeline.pressing == performance.pressed
    assert performance.finished


def test_every_cue_rings_once_on_its_second() -> None:
    """Left alone, what is rung is exactly the score, the first cue included."""
    _, stage = played()

    assert [(cue.at, cue.sound) for cue in SHORT.cues] == [
        (round(clock, 6), cue.sound) for clock, cue in stage.rung
    ]


def test_the_picture_changes_once_a_second() -> None:
    """The player wakes when the next whole second comes, and no oftener."""
    _, stage = played()
    times = [clock for clock, *_ in stage.shown]

    assert SHORT.duration + 1 == len(times)
    assert all(after - before == 1 for before, after in pairwise(times))


def test_pausing_stops_the_time_and_nothing_else() -> None:
    """A paused minute is a minute longer, with nothing pressed in it."""
    performance, stage = played({20.0: Key.PAUSE, 80.0: Key.PAUSE})

    assert SHORT.duration + 60 == stage.clock
    assert performance.finished
    assert SHORT.pressing == performance.pressed
    assert rung(stage, between=(20.5, 79.5)) == []


def test_next_goes_to_the_next_point() -> None:
    """What is skipped is not counted as done."""
    performance, stage = played({20.0: Key.NEXT})

    assert not performance.finished
    assert performance.pressed == 5 + 60
    assert rung(stage, between=(20.0, 20.0)) == ["get ready"]


def test_next_at_the_last_point_is_the_end() -> None:
    """There is nothing after the last point but the end."""
    performance, stage = played({1.0: Key.NEXT, 3.0: Key.NEXT})

    assert stage.clock == 3
    assert performance.pressed == 0
    assert SHORT.duration == performance.head.position


def test_back_goes_to_the_beginning_of_this_point() -> None:
    """What was pressed before stays counted."""
    performance, stage = played({30.0: Key.BACK})

    assert SHORT.duration + 30 == stage.clock
    assert SHORT.pressing + 15 == performance.pressed


def test_back_at_a_beginning_goes_to_the_point_before() -> None:
    """Within two seconds of a point's beginning, back means the one before it."""
    start = SHORT.segments[4].start
    _, stage = played({start + 1.0: Key.BACK})

    assert SHORT.duration + start + 1 == stage.clock


def test_back_at_the_very_beginning_stays_there() -> None:
    """There is nothing before the first point."""
    performance, stage = played({1.0: Key.BACK})

    assert SHORT.duration + 1 == stage.clock
    assert performance.finished


def test_a_key_held_down_jumps_once() -> None:
    """Thirty repeats a second are one wish."""
    script: Script = {20.0 + at / 30: Key.NEXT for at in range(6)}
    performance, _ = played(script)

    assert performance.pressed == 5 + 60


def test_a_key_held_down_for_long_jumps_once() -> None:
    """However long it is held: a repeat belongs to the one before."""
    script: Script = {20.0 + at / 30: Key.NEXT for at in range(90)}
    performance, _ = played(script)

    assert performance.pressed == 5 + 60


@pytest.mark.parametrize("slow", [0.5, 5.0])
def test_keys_that_wait_while_a_jump_is_drawn_belong_to_it(slow: float) -> None:
    """Where drawing is slow, keys pressed before it was seen do not jump again."""
    repeats: Script = {20.0 + at / 30: Key.NEXT for at in range(8)}
    stage = FakeStage({**repeats, 26.0: Key.QUIT, 27.0: Key.QUIT}, slow={20.0: slow})
    performance = play(SHORT, stage)

    assert performance.head.position == 85 + 26 - 20


def test_a_key_that_waits_behind_a_repeat_is_heard() -> None:
    """Only jumps are dropped: a pause that was asked for meanwhile is one."""
    keys: Script = {20.0: Key.NEXT, 20.1: Key.NEXT, 20.2: Key.PAUSE, 60.0: Ended(2)}
    performance = play(SHORT, FakeStage(keys, slow={20.0: 3.0}))

    assert performance.head.pause is Pause.ASKED
    assert performance.head.position == 85 + 3


def test_two_jumps_are_two() -> None:
    """Pressed again after it was seen where the first one led, it jumps again."""
    performance, stage = played({20.0: Key.BACK, 20.5: Key.NEXT, 21.0: Ended(2)})

    assert performance.head.position == 85.5
    assert {head.position for _, _, head in stage.shown} >= {0, 85}


def test_again_goes_back_to_the_start_of_the_hold() -> None:
    """In a hold it is that hold, in the rest after it the one just done."""
    _, in_hold = played({20.0: Key.AGAIN})
    _, in_rest = played({50.0: Key.AGAIN})

    assert SHORT.duration + 5 == in_hold.clock
    assert SHORT.duration + 35 == in_rest.clock


def test_enter_goes_straight_to_three_two_one() -> None:
    """*I'm there* skips the waiting, but not the counting in."""
    performance, stage = played({2.0: Key.ENTER})

    assert SHORT.duration - 10 == stage.clock
    assert performance.finished
    assert rung(stage, between=(2.0, 5.0)) == ["three", "two", "one", "press"]


@pytest.mark.parametrize("pattern", [Pattern.BOTH, Pattern.ALTERNATE])
def test_enter_is_there_in_every_gap(pattern: Pattern) -> None:
    """Releasing and changing sides, too, are over as soon as one is there."""
    made = timeline_of(routine(step(pattern=pattern, rest=10, switch=10)))
    _, stage = played({46.0: Key.ENTER}, made)

    assert made.duration - 6 == stage.clock
    assert rung(stage, between=(45.5, 49)) == ["three", "two", "one", "press"]


def test_enter_means_nothing_in_a_hold() -> None:
    """A hold is held to its end."""
    _, stage = played({20.0: Key.ENTER})

    assert SHORT.duration == stage.clock


def test_more_time_is_more_time_everywhere() -> None:
    """Ten seconds more of hold are pressed, and the end moves with them."""
    performance, stage = played({20.0: Key.LONGER})

    assert SHORT.duration + 10 == stage.clock == performance.timeline.duration
    assert SHORT.pressing + 10 == performance.pressed


def test_mute_silences_what_is_rung_and_nothing_else() -> None:
    """Muted, the session goes on as before."""
    performance, stage = played({16.0: Key.MUTE, 60.0: Key.MUTE})

    assert rung(stage, between=(16.5, 60.0)) == []
    assert performance.finished


def test_a_jump_rings_nothing_while_muted() -> None:
    """Going on or back in silence stays silent."""
    script: Script = {16.0: Key.MUTE, 18.0: Key.NEXT, 30.0: Key.BACK}
    _, stage = played(script)

    assert rung(stage, between=(16.5, 1e9)) == []


def test_help_pauses_and_any_key_goes_on() -> None:
    """Time stands still while the help is read; closing it does nothing else."""
    performance, stage = played({20.0: Key.HELP, 50.0: Key.NEXT})

    assert SHORT.duration + 30 == stage.clock
    assert performance.finished


def test_quit_ends_with_what_was_done() -> None:
    """What was pressed until then is known."""
    performance, stage = played({25.0: Key.QUIT, 85.0: Key.QUIT})

    assert stage.clock == 85
    assert performance.pressed == 10
    assert Quit.ASKED is performance.head.ending


@pytest.mark.parametrize("other", [key for key in Key if key is not Key.QUIT])
@pytest.mark.parametrize("before", [{}, {18.0: Key.PAUSE}])
def test_quit_asks_once_more(before: Script, other: Key) -> None:
    """Any other key goes on exactly where it was: paused, where it was paused."""
    script: Script = {**before, 20.0: Key.QUIT, 80.0: other, 90.0: Ended(15)}
    _, stage = played(script)
    heads = {clock: head for clock, _, head in stage.shown}

    asked = heads[20.0]
    assert (asked.pause, asked.moving) == (Pause.LEAVING, False)
    assert heads[80.0] == replace(asked, pause=asked.stood, stood=None)
    assert heads[80.0].pause is (Pause.ASKED if before else None)
    assert rung(stage, between=(20.5, 80.0)) == []


def test_quit_asks_once_more_at_a_gate() -> None:
    """And it waits there again for somebody to be there."""
    script: Script = {5.0: Key.QUIT, 9.0: Key.ENTER, 20.0: Key.ENTER, 60.0: Ended(2)}
    _, stage = played(script, gated=True)
    heads = {clock: head for clock, _, head in stage.shown}

    assert heads[5.0].pause is Pause.LEAVING
    assert heads[9.0].pause is Pause.GATE
    assert heads[20.0].moving


@pytest.mark.parametrize(
    ("happening", "pause"),
    [(DeviceEvent.RESUMED, Pause.GAP), (DeviceEvent.TOO_SMALL, Pause.TOO_SMALL)],
)
def test_what_happens_while_it_is_asked(happening: DeviceEvent, pause: Pause) -> None:
    """The question stays; whoever goes on then finds the pause that this makes."""
    script: Script = {20.0: Key.QUIT, 30.0: happening, 40.0: Key.PAUSE, 50.0: Ended(2)}
    _, stage = played(script)
    heads = {clock: head for clock, _, head in stage.shown}

    assert heads[30.0].pause is Pause.LEAVING
    assert heads[40.0].pause is pause


@pytest.mark.parametrize("key", list(Key))
def test_every_key_closes_the_help(key: Key) -> None:
    """Also the one that stops a session elsewhere; only ``?`` reads on."""
    performance, stage = played({20.0: Key.HELP, 30.0: key, 40.0: Ended(15)})
    helping = {clock: head.helping for clock, _, head in stage.shown}

    assert helping[20.0] == 1
    assert helping[30.0] == (2 if key is Key.HELP else 0)
    assert performance.head.ending == Ended(15)


@pytest.mark.parametrize(
    ("at", "key", "note"),
    [
        (20.0, Key.OTHER, Note.NOTHING),
        (20.0, Key.ENTER, Note.NOTHING),
        (2.0, Key.OTHER, Note.NOTHING),
        (20.0, Key.NEXT, Note.ONLY_POINT),
        (20.0, Key.LONGER, Note.LONGEST),
    ],
)
def test_a_key_that_does_nothing_says_so(at: float, key: Key, note: Note) -> None:
    """For two seconds of the session, or until the next key; and nothing else moves."""
    only = timeline_of(routine(step(point("TE3"), hold=120, repetitions=1)))
    _, stage = played({at + 0.5: key}, only)
    told = {clock: head.visible_note for clock, _, head in stage.shown}
    _, silent = played({at + 0.5: key, at + 1.2: Key.MUTE}, only)
    after = {clock: head.visible_note for clock, _, head in silent.shown}

    assert [told[at + more] for more in (0.5, 1.0, 2.0, 3.0)] == [
        *(note, note, note, None)
    ]
    assert (after[at + 0.5], after[at + 1.2]) == (note, None)
    assert only.duration == stage.clock


def test_a_signal_ends_with_what_was_done() -> None:
    """A session that is ended from outside counts, too."""
    performance, _ = played({25.0: Ended(15)})

    assert Ended(15) == performance.head.ending
    assert performance.pressed == 10


@pytest.mark.parametrize("late", [2.1, 3600.0])
def test_a_late_wake_up_is_a_gap(late: float) -> None:
    """Time in which nobody can have pressed pauses and is not credited."""
    stage = FakeStage({5000.0: Key.PAUSE}, late={20.0: late})
    performance = play(SHORT, stage)
    gaps = [head for _, _, head in stage.shown if head.pause is Pause.GAP]

    assert {19.0} == {head.position for head in gaps}
    assert SHORT.pressing == performance.pressed


def test_a_clock_that_goes_back() -> None:
    """A broken clock takes no time away and gives none: the hold is held in full."""
    stage = FakeStage(late={20.0: -7.0, 30.0: -0.5})
    performance = play(SHORT, stage)

    assert performance.finished
    assert SHORT.pressing == performance.pressed
    heads = [head for _, _, head in stage.shown]
    assert all(a.position <= b.position for a, b in pairwise(heads))


def test_a_little_late_is_not_a_gap() -> None:
    """A loaded machine may wake up a second late."""
    stage = FakeStage(late={20.0: 1.5})
    performance = play(SHORT, stage)

    assert performance.finished
    assert SHORT.duration <= stage.clock <= SHORT.duration + 2


def test_a_slow_drawing_is_not_a_gap() -> None:
    """Whoever waits for a picture is there: time goes on, and no pause is made."""
    stage = FakeStage(slow={0.0: 4.0, 20.0: 9.0})
    performance = play(SHORT, stage)

    assert [head for _, _, head in stage.shown if head.pause] == []
    assert SHORT.duration == stage.clock
    assert SHORT.pressing == performance.pressed


@pytest.mark.parametrize("slow", [0.0, 4.0])
def test_a_stuck_terminal_is_a_gap(slow: float) -> None:
    """Where nobody takes what is drawn, nobody is there, however slow the drawing."""
    stage = FakeStage({90.0: Key.PAUSE}, slow={20.0: slow}, stuck={20.0: 3.0})
    performance = play(SHORT, stage)

    assert Pause.GAP in {head.pause for _, _, head in stage.shown}
    assert SHORT.pressing == performance.pressed


def test_a_drawing_that_takes_for_ever_is_a_gap() -> None:
    """A program that did not run for an hour was not drawing."""
    stage = FakeStage(slow={20.0: 3700.0})

    assert Quit.STALE is play(SHORT, stage).head.ending


def test_more_than_an_hour_late_is_the_end() -> None:
    """What was answered may not be true any more, so it ends as it stood."""
    stage = FakeStage(late={20.0: 3601.0})
    performance = play(SHORT, stage)

    assert Quit.STALE is performance.head.ending
    assert (performance.head.position, performance.pressed) == (19.0, 4.0)


@pytest.mark.parametrize("before", [{}, {19.0: Key.PAUSE}, {19.0: Key.HELP}])
def test_more_than_an_hour_away_is_the_end(before: Script) -> None:
    """Also when it was paused before it was stopped; no key takes it up again."""
    performance, stage = played(
        {**before, 20.0: DeviceEvent.LONG_AWAY, 21.0: Key.PAUSE}
    )

    assert Quit.STALE is performance.head.ending
    assert stage.clock == 20.0


@pytest.mark.parametrize("away", [0.0, 3600.0, 3601.0])
def test_how_long_one_may_be_away(away: float) -> None:
    """An hour is still a pause."""
    assert resume_event(away) is (
        DeviceEvent.LONG_AWAY if away > 3600 else DeviceEvent.RESUMED
    )


@pytest.mark.parametrize("key", list(Key))
def test_what_has_ended_stays_ended(key: Key) -> None:
    """No key takes back an end, nor says that it was for another reason."""
    scene = react(begin(SHORT, gated=False), DeviceEvent.LONG_AWAY, gated=False)

    assert scene == react(scene, key, gated=False)
    assert Ended(15) == react(scene, Ended(15), gated=False).head.ending


def test_the_clock_tells_how_long_it_stood() -> None:
    """What passed while the program was stopped is not time, and is told apart."""
    clock = Clock()
    before = clock.now()

    assert DeviceEvent.RESUMED is clock.back_to(before - 60)
    assert DeviceEvent.LONG_AWAY is clock.back_to(before - 60 - 3601)
    assert clock.now() < before - 60 - 3600


def test_the_page_at_the_end_says_to_start_again() -> None:
    """Why it has ended, and the command that asks the questions anew."""
    performance, _ = played({20.0: DeviceEvent.LONG_AWAY})
    page = plain_text(closing_page(performance), 80)

    assert "no longer counts" in page
    assert "Next: acupress session a-routine" in page


def test_a_pause_may_last_a_day() -> None:
    """Whoever asked for a pause finds it there, and nothing of it counts."""
    performance, stage = played({20.0: Key.PAUSE, 86_420.0: Key.PAUSE})

    assert performance.finished
    assert SHORT.duration + 86_400 == stage.clock


def test_a_jump_is_silent_when_muted() -> None:
    """Muted, to skip or to go back rings nothing, either."""
    _, stage = played(
        {5.0: Key.MUTE, 20.0: Key.NEXT, 25.0: Key.BACK, 30.0: Key.QUIT, 31.0: Key.QUIT}
    )

    assert [cue for clock, cue in stage.rung if clock > 5.0] == []


def test_coming_back_is_a_pause() -> None:
    """After Ctrl-Z, time goes on only when it is asked to."""
    performance, stage = played({20.0: DeviceEvent.RESUMED, 90.0: Key.PAUSE})

    assert SHORT.duration + 70 == stage.clock
    assert performance.finished


def test_a_window_too_small_pauses() -> None:
    """Enlarged again, it waits to be told to go on."""
    script: Script = {
        20.0: DeviceEvent.TOO_SMALL,
        30.0: Key.PAUSE,
        40.0: DeviceEvent.RESIZED,
        60.0: Key.PAUSE,
    }
    performance, stage = played(script)

    assert SHORT.duration + 40 == stage.clock
    assert performance.finished


def test_a_gate_stands_until_enter() -> None:
    """Waiting for someone takes none of the session's time."""
    performance, stage = played({100.0: Key.ENTER, 300.0: Key.ENTER}, gated=True)

    assert stage.clock == 300 + 3 + 70
    assert performance.finished
    assert rung(stage).count("get ready") == 2


def test_back_returns_to_the_gate() -> None:
    """A point that is begun again waits again."""
    script: Script = {
        10.0: Key.ENTER,
        20.0: Key.BACK,
        50.0: Key.ENTER,
        51.0: Key.QUIT,
        52.0: Key.QUIT,
    }
    performance, _ = played(script, gated=True)
    stood = [head for _, _, head in played(script, gated=True)[1].shown]

    assert performance.pressed == 7
    assert sum(head.pause is Pause.GATE for head in stood) == 2


def test_the_rehearsal_is_the_same_session_faster() -> None:
    """A rehearsal rings the same cues in a tenth of the time."""
    slow, fast = FakeStage(), FakeStage()
    play(SHORT, slow)
    play(SHORT, fast, speed=10.0)

    assert [cue for _, cue in slow.rung] == [cue for _, cue in fast.rung]
    assert slow.clock / 10 == pytest.approx(fast.clock)


lates = st.dictionaries(
    st.integers(1, 300).map(float), st.floats(0.0, 100.0), max_size=4
)


@settings(derandomize=True, max_examples=400, deadline=None)
@given(scripts, lates, st.booleans())
def test_time_is_conserved_under_any_keys(
    script: Script,
    late: dict[float, float],
    gated: bool,  # noqa: FBT001 - hypothesis gives it by position
) -> None:
    """Whatever happens, no time is invented and the head stays on the timeline."""
    stage = FakeStage(script, late)
    performance = play(SHORT, stage, gated=gated)
    heads = [head for _, _, head in stage.shown]

    assert 0 <= performance.pressed <= stage.clock + 1e-6
    assert all(0 <= head.position <= line.duration for _, line, head in stage.shown)
    assert all(
        a <= b + 1e-9 for x, y in pairwise(heads) for a, b in held(x.held, y.held)
    )
    assert_only_holds_are_held(performance)


def held(
    before: tuple[float, ...], after: tuple[float, ...]
) -> list[tuple[float, float]]:
    """Pair what was held before with what was held after."""
    return list(zip(before, after, strict=True))


def assert_only_holds_are_held(performance: Performance) -> None:
    """Check that no gap counts as pressing, and that done means held to the end."""
    segments = performance.timeline.segments
    for index, seconds in enumerate(performance.head.held):
        if segments[index].phase is not Phase.PRESS:
            assert seconds == 0
        if index in performance.head.done:
            assert seconds >= 30 - 1e-6


@settings(derandomize=True, max_examples=200, deadline=None)
@given(scripts)
def test_nothing_rings_twice_in_one_instant_nor_while_paused(script: Script) -> None:
    """One jump rings one cue; a pause rings none."""
    _, stage = played(script)
    paused = {
        clock
        for clock, _, head in stage.shown
        if head.pause in {Pause.ASKED, Pause.GAP}
    }
    moving = {clock for clock, _, head in stage.shown if head.moving}
    rings = Counter((clock, cue.at, cue.sound) for clock, cue in stage.rung)

    assert all(clock not in paused - moving for clock, _ in stage.rung)
    assert all(count <= 1 for count in rings.values())


@settings(derandomize=True, max_examples=100, deadline=None)
@given(scripts)
def test_the_same_script_gives_the_same_session(script: Script) -> None:
    """Nothing but what happens decides how a session goes."""
    first, second = played(script), played(script)

    assert first[0] == second[0]
    assert first[1].rung == second[1].rung


def test_an_alternating_session_names_the_side_that_comes_next() -> None:
    """While sides change, what is shown is the side to go to."""
    made = timeline_of(routine(step(pattern=Pattern.ALTERNATE, repetitions=1)))
    _, stage = played(timeline=made)
    change = next(
        h for _, _, h in stage.shown if made.at(h.position).phase is Phase.SWITCH
    )

    assert made.at(change.position).side.value == "right"
    assert CueSound.CHANGE_SIDES in {cue.sound for cue in made.cues}
