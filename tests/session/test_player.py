"""The player, on a stage where waiting takes no time."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise, product

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
    Playhead,
    Quit,
    begin,
    react,
    resume_event,
)
from acupress.session.screening import screen
from acupress.session.timeline import CueSound, Timeline, lay_out
from acupress.stage.base import Clock
from acupress.text.closing_pages import closing_page
from acupress.text.layout import plain_text
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
    return play(timeline._replace(gated=gated), stage), stage


def by_clock(stage: FakeStage) -> dict[float, Playhead]:
    """Return the playhead that was shown last at each second of the clock."""
    return {clock: head for clock, _, head in stage.shown}


def rung(stage: FakeStage, *, between: tuple[float, float] | None = None) -> list[str]:
    """Return the sounds in the order they were rung, as words."""
    first, last = between or (0.0, 1e9)
    return [cue.sound.value for clock, cue in stage.rung if first <= clock <= last]


def test_a_whole_session_takes_its_time_and_no_more() -> None:
    """Left alone, a real routine ends on the second, with everything pressed."""
    timelines = {name: lay_out(plan(screen(REAL[name], NO))) for name in REAL}
    done = {name: played(timeline=each) for name, each in timelines.items()}

    assert {
        n: (each.duration, each.pressing, True) for n, each in timelines.items()
    } == {
        name: (stage.clock, performance.pressed, performance.finished)
        for name, (performance, stage) in done.items()
    }


def test_every_cue_rings_once_on_its_second() -> None:
    """Left alone, the cues of the timeline are rung, the first one included."""
    _, stage = played()

    assert [(cue.at, cue.sound) for cue in SHORT.cues] == [
        (round(clock, 6), cue.sound) for clock, cue in stage.rung
    ]


def test_the_picture_changes_once_a_second() -> None:
    """The player wakes once at each whole second."""
    _, stage = played()
    times = [clock for clock, *_ in stage.shown]

    assert SHORT.duration + 1 == len(times)
    assert all(after - before == 1 for before, after in pairwise(times))


def test_pausing_stops_the_time_and_nothing_else() -> None:
    """After a pause of a minute the session ends a minute later, all else the same."""
    performance, stage = played({20.0: Key.PAUSE, 80.0: Key.PAUSE})

    assert SHORT.duration + 60 == stage.clock
    assert performance.finished
    assert SHORT.pressing == performance.pressed
    assert rung(stage, between=(20.5, 79.5)) == []


def test_next_goes_to_the_next_point() -> None:
    """The key moves to the next point; what is skipped is not counted as pressed."""
    performance, stage = played({20.0: Key.NEXT})

    assert not performance.finished
    assert performance.pressed == 5 + 60
    assert rung(stage, between=(20.0, 20.0)) == ["get ready"]


def test_next_at_the_last_point_is_the_end() -> None:
    """Skipping the last point ends the session."""
    performance, stage = played({1.0: Key.NEXT, 3.0: Key.NEXT})

    assert stage.clock == 3
    assert performance.pressed == 0
    assert SHORT.duration == performance.head.position


def test_back_goes_to_the_beginning_of_this_point() -> None:
    """The key moves to the start of the point; what was pressed stays counted."""
    performance, stage = played({30.0: Key.BACK})

    assert SHORT.duration + 30 == stage.clock
    assert SHORT.pressing + 15 == performance.pressed


def test_back_at_a_beginning_goes_to_the_point_before() -> None:
    """Within two seconds of a point's beginning, back means the one before it."""
    start = SHORT.segments[4].start
    _, stage = played({start + 1.0: Key.BACK})

    assert SHORT.duration + start + 1 == stage.clock


def test_back_at_the_very_beginning_stays_there() -> None:
    """Going back in the first point begins it again."""
    performance, stage = played({1.0: Key.BACK})

    assert SHORT.duration + 1 == stage.clock
    assert performance.finished


def test_a_key_held_down_jumps_once() -> None:
    """Six repeats, thirty a second, are one jump."""
    script: Script = {20.0 + at / 30: Key.NEXT for at in range(6)}
    performance, _ = played(script)

    assert performance.pressed == 5 + 60


def test_a_key_held_down_for_long_jumps_once() -> None:
    """However long a key is held, its repeats are one jump."""
    script: Script = {20.0 + at / 30: Key.NEXT for at in range(90)}
    performance, _ = played(script)

    assert performance.pressed == 5 + 60


def test_keys_that_wait_while_a_jump_is_drawn_belong_to_it() -> None:
    """Where drawing is slow, keys pressed before it was seen do not jump again."""
    repeats: Script = {20.0 + at / 30: Key.NEXT for at in range(8)}
    script: Script = {**repeats, 26.0: Key.QUIT, 27.0: Key.QUIT}
    for slow in (0.5, 5.0):
        performance = play(SHORT, FakeStage(script, slow={20.0: slow}))

        assert performance.head.position == 85 + 26 - 20, slow


def test_a_key_that_waits_behind_a_repeat_is_heard() -> None:
    """Only repeated jumps are dropped: a pause that was asked for meanwhile is kept."""
    keys: Script = {20.0: Key.NEXT, 20.1: Key.NEXT, 20.2: Key.PAUSE, 60.0: Ended(2)}
    performance = play(SHORT, FakeStage(keys, slow={20.0: 3.0}))

    assert performance.head.pause is Pause.ASKED
    assert performance.head.position == 85 + 3


def test_two_jumps_are_two() -> None:
    """A key pressed after the first jump was shown jumps again."""
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
    """Enter ends the wait at once, but for the three seconds of counting in."""
    performance, stage = played({2.0: Key.ENTER})

    assert SHORT.duration - 10 == stage.clock
    assert performance.finished
    assert rung(stage, between=(2.0, 5.0)) == ["three", "two", "one", "press"]


def test_enter_ends_every_gap() -> None:
    """A rest and a change of sides, too, are ended by Enter."""
    for pattern in (Pattern.BOTH, Pattern.ALTERNATE):
        made = timeline_of(routine(step(pattern=pattern, rest=10, switch=10)))
        _, stage = played({46.0: Key.ENTER}, made)

        assert made.duration - 6 == stage.clock, pattern
        assert rung(stage, between=(45.5, 49)) == ["three", "two", "one", "press"]


def test_enter_does_nothing_in_a_hold() -> None:
    """Enter does not shorten a hold."""
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
    """While muted, no jump rings a cue."""
    script: Script = {16.0: Key.MUTE, 18.0: Key.NEXT, 30.0: Key.BACK}
    _, stage = played(script)

    assert rung(stage, between=(16.5, 1e9)) == []


def test_help_pauses_and_any_key_goes_on() -> None:
    """Time stands still while the help is open; the key that closes it does no more."""
    performance, stage = played({20.0: Key.HELP, 50.0: Key.NEXT})

    assert SHORT.duration + 30 == stage.clock
    assert performance.finished


def test_quit_ends_with_what_was_done() -> None:
    """What was pressed until then is counted."""
    performance, stage = played({25.0: Key.QUIT, 85.0: Key.QUIT})

    assert stage.clock == 85
    assert performance.pressed == 10
    assert Quit.ASKED is performance.head.ending


def test_quit_asks_once_more() -> None:
    """Any other key goes on exactly where it was: paused, where it was paused."""
    others = [key for key in Key if key is not Key.QUIT]
    befores: list[Script] = [{}, {18.0: Key.PAUSE}]
    for before, other in product(befores, others):
        script: Script = {**before, 20.0: Key.QUIT, 80.0: other, 90.0: Ended(15)}
        _, stage = played(script)
        heads = by_clock(stage)
        asked, after = heads[20.0], heads[80.0]

        assert (asked.pause, asked.moving) == (Pause.LEAVING, False), other
        assert after == asked._replace(pause=asked.stood, stood=None), other
        assert after.pause is (Pause.ASKED if before else None), other
        assert rung(stage, between=(20.5, 80.0)) == [], other


def test_quit_asks_once_more_at_a_gate() -> None:
    """After another key the session waits at the gate again."""
    script: Script = {5.0: Key.QUIT, 9.0: Key.ENTER, 20.0: Key.ENTER, 60.0: Ended(2)}
    _, stage = played(script, gated=True)
    heads = by_clock(stage)

    assert heads[5.0].pause is Pause.LEAVING
    assert heads[9.0].pause is Pause.GATE
    assert heads[20.0].moving


def test_a_device_event_while_quitting_is_asked() -> None:
    """The question stays, and its other answer leads to the pause of that event."""
    for event, pause in (
        (DeviceEvent.RESUMED, Pause.GAP),
        (DeviceEvent.TOO_SMALL, Pause.TOO_SMALL),
    ):
        script: Script = {20.0: Key.QUIT, 30.0: event, 40.0: Key.PAUSE, 50.0: Ended(2)}
        _, stage = played(script)
        heads = by_clock(stage)

        assert heads[30.0].pause is Pause.LEAVING, event
        assert heads[40.0].pause is pause


def test_every_key_closes_the_help() -> None:
    """Every key closes the help, and does no more; only ``?`` turns its page."""
    for key in Key:
        performance, stage = played({20.0: Key.HELP, 30.0: key, 40.0: Ended(15)})
        heads = by_clock(stage)

        assert heads[20.0].helping == 1, key
        assert heads[30.0].helping == (2 if key is Key.HELP else 0), key
        assert performance.head.ending == Ended(15), key


def test_a_key_that_does_nothing_says_so() -> None:
    """A note is shown for two seconds or until the next key; nothing else changes."""
    only = timeline_of(routine(step(point("TE3"), hold=120, repetitions=1)))
    for at, key, note in (
        (20.0, Key.OTHER, Note.NOTHING),
        (20.0, Key.ENTER, Note.NOTHING),
        (2.0, Key.OTHER, Note.NOTHING),
        (20.0, Key.NEXT, Note.ONLY_POINT),
        (20.0, Key.LONGER, Note.LONGEST),
    ):
        _, stage = played({at + 0.5: key}, only)
        heads = by_clock(stage)
        _, silent = played({at + 0.5: key, at + 1.2: Key.MUTE}, only)
        muted = by_clock(silent)

        assert [heads[at + more].visible_note for more in (0.5, 1.0, 2.0, 3.0)] == [
            *(note, note, note, None)
        ], key
        assert (muted[at + 0.5].visible_note, muted[at + 1.2].visible_note) == (
            note,
            None,
        ), key
        assert only.duration == stage.clock, key


def test_a_signal_ends_with_what_was_done() -> None:
    """What was pressed before a signal is counted, too."""
    performance, _ = played({25.0: Ended(15)})

    assert Ended(15) == performance.head.ending
    assert performance.pressed == 10


def test_a_late_wake_up_is_a_gap() -> None:
    """More than two seconds late, the session pauses, and that time is not counted."""
    for late in (2.1, 3600.0):
        stage = FakeStage({5000.0: Key.PAUSE}, late={20.0: late})
        performance = play(SHORT, stage)
        gaps = [head for _, _, head in stage.shown if head.pause is Pause.GAP]

        assert {19.0} == {head.position for head in gaps}, late
        assert SHORT.pressing == performance.pressed, late


def test_a_clock_that_goes_back() -> None:
    """Where the clock goes back, no time is lost or counted twice."""
    stage = FakeStage(late={20.0: -7.0, 30.0: -0.5})
    performance = play(SHORT, stage)

    assert performance.finished
    assert SHORT.pressing == performance.pressed
    heads = [head for _, _, head in stage.shown]
    assert all(a.position <= b.position for a, b in pairwise(heads))


def test_a_little_late_is_not_a_gap() -> None:
    """Less than two seconds late, as on a loaded machine, nothing is paused."""
    stage = FakeStage(late={20.0: 1.5})
    performance = play(SHORT, stage)

    assert performance.finished
    assert SHORT.duration <= stage.clock <= SHORT.duration + 2


def test_a_slow_drawing_is_not_a_gap() -> None:
    """Time spent on drawing a picture makes no pause, and the session goes on."""
    stage = FakeStage(slow={0.0: 4.0, 20.0: 9.0})
    performance = play(SHORT, stage)

    assert [head for _, _, head in stage.shown if head.pause] == []
    assert SHORT.duration == stage.clock
    assert SHORT.pressing == performance.pressed


def test_a_stuck_terminal_is_a_gap() -> None:
    """Where the terminal does not take what is drawn, the session pauses."""
    for slow in (0.0, 4.0):
        stage = FakeStage({90.0: Key.PAUSE}, slow={20.0: slow}, stuck={20.0: 3.0})
        performance = play(SHORT, stage)

        assert Pause.GAP in {head.pause for _, _, head in stage.shown}, slow
        assert SHORT.pressing == performance.pressed, slow


def test_a_drawing_of_an_hour_is_the_end() -> None:
    """A drawing that takes more than an hour ends the session as stale."""
    stage = FakeStage(slow={20.0: 3700.0})

    assert Quit.STALE is play(SHORT, stage).head.ending


def test_more_than_an_hour_late_is_the_end() -> None:
    """The answers may not be true any more, so the session ends where it was."""
    stage = FakeStage(late={20.0: 3601.0})
    performance = play(SHORT, stage)

    assert Quit.STALE is performance.head.ending
    assert (performance.head.position, performance.pressed) == (19.0, 4.0)


def test_more_than_an_hour_away_is_the_end() -> None:
    """Also when it was paused before it was stopped; no key resumes the session."""
    befores: list[Script] = [{}, {19.0: Key.PAUSE}, {19.0: Key.HELP}]
    for before in befores:
        performance, stage = played(
            {**before, 20.0: DeviceEvent.LONG_AWAY, 21.0: Key.PAUSE}
        )

        assert Quit.STALE is performance.head.ending, before
        assert stage.clock == 20.0, before


def test_how_long_one_may_be_away() -> None:
    """An hour is still a pause, and more is not."""
    assert {away: resume_event(away) for away in (0.0, 3600.0, 3601.0)} == {
        0.0: DeviceEvent.RESUMED,
        3600.0: DeviceEvent.RESUMED,
        3601.0: DeviceEvent.LONG_AWAY,
    }


def test_what_has_ended_stays_ended() -> None:
    """No key undoes an end or changes its reason; only a signal does."""
    scene = react(begin(SHORT), DeviceEvent.LONG_AWAY)

    assert dict.fromkeys(Key, scene) == {key: react(scene, key) for key in Key}
    assert Ended(15) == react(scene, Ended(15)).head.ending


def test_the_clock_leaves_out_the_time_it_stood() -> None:
    """Time in which the program was stopped does not pass on its clock."""
    clock = Clock()
    before = clock.now()

    assert DeviceEvent.RESUMED is clock.back_to(before - 60)
    assert DeviceEvent.LONG_AWAY is clock.back_to(before - 60 - 3601)
    assert clock.away > 60 + 3600


def test_the_page_at_the_end_says_to_start_again() -> None:
    """A stale session says why it has ended, and the command that asks anew."""
    performance, _ = played({20.0: DeviceEvent.LONG_AWAY})
    page = plain_text(closing_page(performance), 80)

    assert "no longer counts" in page
    assert "Next: acupress session a-routine" in page


def test_a_pause_may_last_a_day() -> None:
    """A pause that was asked for has no limit, and nothing of it counts."""
    performance, stage = played({20.0: Key.PAUSE, 86_420.0: Key.PAUSE})

    assert performance.finished
    assert SHORT.duration + 86_400 == stage.clock


def test_a_jump_is_silent_when_muted() -> None:
    """Skipping and going back ring nothing while muted."""
    _, stage = played(
        {5.0: Key.MUTE, 20.0: Key.NEXT, 25.0: Key.BACK, 30.0: Key.QUIT, 31.0: Key.QUIT}
    )

    assert [cue for clock, cue in stage.rung if clock > 5.0] == []


def test_after_control_z_it_is_paused() -> None:
    """After Ctrl-Z the session goes on only when a key asks for it."""
    performance, stage = played({20.0: DeviceEvent.RESUMED, 90.0: Key.PAUSE})

    assert SHORT.duration + 70 == stage.clock
    assert performance.finished


def test_a_window_too_small_pauses() -> None:
    """Once the window is large enough again, a key makes the session go on."""
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
    """Waiting at a gate takes none of the session's time."""
    performance, stage = played({100.0: Key.ENTER, 300.0: Key.ENTER}, gated=True)

    assert stage.clock == 300 + 3 + 70
    assert performance.finished
    assert rung(stage).count("get ready") == 2


def test_back_returns_to_the_gate() -> None:
    """A point that is begun again waits at its gate again."""
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
    performance = play(SHORT._replace(gated=gated), stage)
    held = [each for each, _ in groupby(head.held for _, _, head in stage.shown)]

    assert 0 <= performance.pressed <= stage.clock + 1e-6
    assert all(0 <= head.position <= line.duration for _, line, head in stage.shown)
    assert all(
        a <= b + 1e-9
        for before, after in pairwise(held)
        for a, b in zip(before, after, strict=True)
    )
    assert_only_holds_are_held(performance)


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
    """While sides change, the side that comes next is shown."""
    made = timeline_of(routine(step(pattern=Pattern.ALTERNATE, repetitions=1)))
    _, stage = played(timeline=made)
    change = next(
        h for _, _, h in stage.shown if made.at(h.position).phase is Phase.SWITCH
    )

    assert made.at(change.position).side.value == "right"
    assert CueSound.CHANGE_SIDES in {cue.sound for cue in made.cues}
