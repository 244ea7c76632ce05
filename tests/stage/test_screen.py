"""The session screen, at the sizes and in the moments that people meet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.text import Text

from acupress.commands.choosing import chosen
from acupress.figures.modes import Mode
from acupress.model import BreathDirection, Phase, Side
from acupress.session.planning import plan
from acupress.session.playhead import Note, Pause, Playhead
from acupress.session.screening import Answers, Caution, PregnancyAnswer, screen
from acupress.session.timeline import CueSound, Segment, Timeline, lay_out
from acupress.stage.dial import Look, picture_size
from acupress.stage.screen import LOWEST_SCREEN, NARROWEST_SCREEN, session_rows
from acupress.terminal.pictures import Pictures
from acupress.terminal.render import Panel
from acupress.text import safety, session_words, words
from support.catalogue import POINTS, REAL
from support.plans import planned

LOWER_BACK = lay_out(planned("lower-back"))
BL60 = [each for each in LOWER_BACK.segments if each.point.code == "BL60"]


def moment(phase: Phase, side: Side, after: int) -> float:
    """Return the position *after* seconds into such a stretch of BL60."""
    wanted = (phase, side)
    start = next(each.start for each in BL60 if (each.phase, each.side) == wanted)
    return float(start + after)


PRESSED = moment(Phase.PRESS, Side.LEFT, 6)
MOMENTS = {
    "find": moment(Phase.READY, Side.LEFT, 2),
    "press-left": PRESSED,
    "switch": moment(Phase.SWITCH, Side.RIGHT, 3),
    "press-right": moment(Phase.PRESS, Side.RIGHT, 1),
    "release": moment(Phase.REST, Side.LEFT, 1),
}
LARGE = Look(80, 24, blocks=True, rehearsal=False)
SMALL = Look(40, 10, blocks=True, rehearsal=False)
BARE = Look(80, 24, blocks=False, rehearsal=False)
WITH_PICTURE = replace(LARGE, picture=Panel((Text("x" * 31),) * 19, 31))
Golden = Callable[[str, str], None]


def at(position: float, timeline: Timeline = LOWER_BACK) -> Playhead:
    """Return a head that stands at *position*, all before it pressed."""
    pressed = (
        min(max(0.0, position - each.start), each.seconds)
        if each.phase is Phase.PRESS
        else 0.0
        for each in timeline.segments
    )
    return Playhead(position, tuple(pressed))


def drawn(head: Playhead, look: Look, timeline: Timeline = LOWER_BACK) -> str:
    """Return the screen as text."""
    return "\n".join(row.plain for row in session_rows(timeline, head, look))


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_screen_of_a_moment(golden: Golden, moment: str) -> None:
    """
    Each phase, on each side, looks as its golden screen does.

    With a picture at the left, the words have the columns beside it.
    """
    for size, look in (
        ("80x24", LARGE),
        ("40x10", SMALL),
        ("80x24-ascii", BARE),
        ("beside", WITH_PICTURE),
        ("120x40", replace(LARGE, width=120, height=40)),
    ):
        golden(f"session-{moment}-{size}", drawn(at(MOMENTS[moment]), look))


def test_there_is_room_for_a_picture_on_an_ordinary_screen() -> None:
    """80x24 has room beside the words; a small window has none, a large one much."""
    assert picture_size(80, 24) == (31, 19)
    assert picture_size(60, 20) is None
    assert picture_size(40, 10) is None
    assert picture_size(76, 22) == (31, 17)
    for width, height in SIZES:
        columns, rows = picture_size(width, height) or (0, 0)
        assert 31 <= columns <= width / 2, (width, height)
        assert rows <= height - 5, (width, height)
    assert picture_size(170, 55) == (72, 48)


def test_the_screen_of_a_pause(golden: Golden) -> None:
    """A pause says why time stands still, and which key moves it."""
    for pause in Pause:
        head = at(PRESSED)._replace(pause=pause)

        golden(f"session-paused-{pause.name.lower()}", drawn(head, LARGE))


def test_the_screen_of_the_help(golden: Golden) -> None:
    """The help shows every key, and how to find the point."""
    head = at(PRESSED)._replace(helping=True)

    golden("session-help", drawn(head, LARGE))


def test_the_screen_of_a_rehearsal(golden: Golden) -> None:
    """A rehearsal says so on every screen."""
    golden(
        "session-rehearsal", drawn(at(MOMENTS["find"]), replace(LARGE, rehearsal=True))
    )


def test_the_screen_of_someone_careful(golden: Golden) -> None:
    """A gentle point says what gentle means."""
    veins = Answers(PregnancyAnswer.NO, frozenset({Caution.VEINS}))
    timeline = lay_out(plan(screen(REAL["lower-back"], veins)))
    start = next(e.start for e in timeline.segments if e.point.code == "BL60")

    golden("session-gentle", drawn(at(start + 15.0, timeline), LARGE, timeline))


def test_ascii_is_ascii() -> None:
    """Where blocks can not be shown, neither can anything but plain letters."""
    assert drawn(at(0.0), BARE).isascii()


sizes = st.tuples(st.integers(NARROWEST_SCREEN, 200), st.integers(LOWEST_SCREEN, 60))


# Three digits, and that it is halfway, in a window of 41 columns.
@example("nausea", 0.774, (41, 11), True)  # noqa: FBT003 - as @given gives them
@settings(derandomize=True, max_examples=250, deadline=None)
@given(
    st.sampled_from(sorted(REAL)),
    st.floats(0.0, 1.0, exclude_max=True),
    sizes,
    st.booleans(),
)
def test_what_matters_is_always_on_the_screen(
    name: str,
    part: float,
    size: tuple[int, int],
    blocks: bool,  # noqa: FBT001 - hypothesis gives it by position
) -> None:
    """Point, side, what to do, seconds, rounds, stop rule and keys, at any size."""
    timeline = lay_out(planned(name))
    head = at(part * timeline.duration, timeline)
    here = timeline.at(head.position)
    rows = session_rows(timeline, head, Look(*size, blocks, rehearsal=False))
    text = " ".join("\n".join(row.plain for row in rows).split())

    assert size[1] == len(rows)
    assert all(row.cell_len <= size[0] for row in rows)
    for part_of_it in (
        here.point.code,
        words.SIDES[here.side],
        session_words.doing(here).upper(),
        f"of {here.seconds} s",
        f"step {here.number} of {timeline.steps}",
        "left",
        safety.STOP_SHORT,
        "q stop",
    ):
        assert part_of_it in text


# From the screen that everybody begins with to a large one.
SIZES = [(80, 24), (90, 27), (100, 30), (109, 50), (120, 40), (170, 55), (200, 60)]
PRACTISED = [
    *(name for name in REAL),
    *sorted(
        {each.code for each in POINTS.values() if each.technique}
        - {step.point.code for routine in REAL.values() for step in routine.steps}
    ),
]


def practised(name: str, *cautions: Caution) -> Timeline | None:
    """Return the session of a routine, or of a point that no routine has."""
    some = chosen(name, tuple(REAL.values()))
    screened = screen(some, Answers(PregnancyAnswer.NO, frozenset(cautions)))
    return lay_out(plan(screened)) if screened.runs else None


@cache
def every_stretch() -> list[tuple[Timeline, Segment]]:
    """Return each kind of stretch of every session once, without cautions and with."""
    found: dict[object, tuple[Timeline, Segment]] = {}
    for name in PRACTISED:
        for cautions in ((), (Caution.VEINS, Caution.FAINT)):
            if timeline := practised(name, *cautions):
                for each in timeline.segments:
                    kind = each.point.code, each.phase, each.side, each.planned.gentle
                    found.setdefault((name, *kind), (timeline, each))
    return list(found.values())


@pytest.mark.parametrize("size", SIZES)
def test_nothing_that_a_person_needs_is_cut(size: tuple[int, int]) -> None:
    """
    Every point, on each side and in each phase, beside its picture.

    Its own stop sentence stands there whole, with what is needed now: the place and
    the grip while it is looked for, how to press while it is pressed. And no word is
    cut while a row is empty.
    """
    room = picture_size(*size)
    assert room
    picture = Panel((Text("x" * room[0]),) * room[1], room[0])
    look = replace(LARGE, width=size[0], height=size[1], picture=picture)
    for timeline, segment in every_stretch():
        rows = drawn(at(segment.start + 1.0, timeline), look, timeline).split("\n")
        text = " ".join(" ".join(rows).split())
        technique = segment.point.technique
        assert technique
        needed = [technique.stop, segment.point.where, segment.step.hand]
        if segment.phase is Phase.PRESS:
            needed = [technique.stop, technique.press]
        for told in needed:
            assert told in text, (segment.point.code, segment.phase, told)
        if "... ? shows the rest" in rows:
            assert "" not in [row.strip() for row in rows[1:]], segment.point.code


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40)])
def test_no_row_is_free_while_words_are_cut(size: tuple[int, int]) -> None:
    """
    Beside each point's real picture, while time runs and in a pause.

    A picture that is lower than its room leaves the rows below it to the words, which
    have the whole width there.
    """
    room = picture_size(*size)
    assert room
    panels: dict[str, Panel | None] = {}
    for timeline, segment in every_stretch():
        code = segment.point.code
        if code not in panels:
            panels[code] = Pictures(Mode.BLOCKS).panel(code, Side.LEFT, *room)
        look = replace(LARGE, width=size[0], height=size[1], picture=panels[code])
        for pause in (None, Pause.ASKED):
            head = at(segment.start + 1.0, timeline)._replace(pause=pause)
            rows = drawn(head, look, timeline).split("\n")
            if "... ? shows the rest" in rows:
                assert "" not in [row.strip() for row in rows[1:]], code
    for code, panel in panels.items():
        assert panel is None or panel.rows[-1].plain.strip(), code


def test_the_gentle_notice_takes_one_row() -> None:
    """Those most at risk learn as much as others do."""
    for cautions in [(c,) for c in Caution] + [(Caution.VEINS, Caution.FAINT)]:
        timeline = practised("lower-back", *cautions)
        for step in timeline.plan.steps if timeline else ():
            assert len(words.gentle_briefly(step)) <= 47


def test_left_and_right_differ_in_colour_and_in_place() -> None:
    """LEFT is large at the left and RIGHT at the right, each in a colour of its own."""
    for look in (LARGE, replace(LARGE, width=120, height=40), SMALL):
        places = {}
        for name, style in (("press-left", "left"), ("press-right", "right")):
            rows = session_rows(LOWER_BACK, at(MOMENTS[name]), look)
            drawn_ = [
                (span.start, span.end)
                for row in rows[2:]
                for span in row.spans
                if span.style == style and "█" in row.plain[span.start : span.end]
            ]
            assert drawn_, (look, name)
            places[style] = {start < look.width / 3 for start, _ in drawn_}
            places[style] |= {end < look.width * 2 / 3 for _, end in drawn_}

        assert places == {"left": {True}, "right": {False}}, look


def test_the_digits_grow_with_the_window() -> None:
    """Five rows at 24, and at most a third of the height; LEFT has as many."""
    for (width, height), rows in (
        ((80, 24), 5),
        ((120, 40), 10),
        ((170, 55), 15),
        ((200, 60), 20),
    ):
        look = replace(LARGE, width=width, height=height)
        shown = session_rows(LOWER_BACK, at(PRESSED), look)
        tall = {
            style: sum(
                any(
                    span.style == style and "█" in row.plain[span.start : span.end]
                    for span in row.spans
                )
                for row in shown
                if any(span.style == "left" for span in row.spans)
            )
            for style in ("left", "title")
        }

        assert tall == {"left": rows, "title": rows}, (width, height)
        assert rows <= height / 3


def test_the_breath_swells_and_shrinks_by_the_second() -> None:
    """At the pace of the guide, in a large window as in a small one."""
    hold = next(e for e in LOWER_BACK.segments if e.phase is Phase.PRESS)
    for look in (LARGE, SMALL, replace(LARGE, width=120, height=40)):
        for breath in hold.breaths[:2]:
            widths = [
                max(
                    row.plain.strip().rpartition("  ")[2].count("█")
                    for row in session_rows(
                        LOWER_BACK, at(float(breath.start + second)), look
                    )
                    if any(span.style == "breath" for span in row.spans)
                    or session_words.breath(breath) in row.plain
                )
                for second in range(breath.seconds)
            ]
            swelling = breath.way is BreathDirection.IN
            assert widths == sorted(widths, reverse=not swelling), (look, breath)
            if look is not SMALL:
                assert len(set(widths)) == len(widths), (look, breath)


def test_a_pause_is_seen_from_a_mat() -> None:
    """PAUSED stands large in place of the side, and the keys say what goes on."""
    head = at(PRESSED)._replace(pause=Pause.ASKED)
    rows = session_rows(LOWER_BACK, head, LARGE)
    text = " ".join(" ".join(row.plain for row in rows).split())

    assert "caution" in {span.style for row in rows[4:9] for span in row.spans}
    assert "space go on" in text
    assert safety.STOP in text


def test_a_pause_has_every_reason_to_stop() -> None:
    """The whole rule and the point's own stop sentence, for every point at 80x24."""
    picture = Panel((Text("x" * 31),) * 19, 31)
    for timeline, segment in every_stretch():
        head = at(segment.start + 1.0, timeline)._replace(pause=Pause.ASKED)
        text = drawn(head, replace(LARGE, picture=picture), timeline)
        text = " ".join(text.replace("x" * 31, "").split())
        technique = segment.point.technique
        assert technique
        assert safety.STOP in text, segment.point.code
        assert technique.stop in text, segment.point.code


def test_all_points_stand_in_a_row() -> None:
    """What was pressed of each is filled; where it is wide, with their names."""
    third = next(e for e in LOWER_BACK.segments if e.number == 3)
    for width, name in ((80, "BL40"), (170, "BL40 Middle Crook"), (40, "")):
        look = replace(LARGE, width=width)
        row = session_rows(LOWER_BACK, at(float(third.start)), look)[2].plain

        assert name in row
        assert "━" in row[: 2 * width // 5]
        assert "━" not in row[2 * width // 5 :]
    assert "BL40 " not in row


def test_a_key_that_means_nothing_names_those_that_do() -> None:
    """For two seconds, beside q also Ctrl-C; Enter only where it does something."""
    for name, enter in (("find", True), ("press-left", False)):
        for look in (LARGE, SMALL):
            position = MOMENTS[name]
            head = at(position)._replace(note=Note.NOTHING, noted_at=position)
            shown = [
                drawn(head._replace(position=position + passed), look)
                for passed in (0.0, 1.5, 2.0)
            ]
            named = ["space n" in each and "Ctrl-C" in each for each in shown]

            assert named == [True, True, False], (name, look)
            assert ("Enter space n" in shown[0]) == enter


def test_a_window_too_small_says_so() -> None:
    """Nothing is squeezed: the window is asked to be larger."""
    for width, height in ((39, 24), (80, 9), (1, 1), (20, 5)):
        look = Look(width, height, blocks=True, rehearsal=False)
        rows = session_rows(LOWER_BACK, at(0.0), look)

        assert len(rows) <= height, (width, height)
        assert rows[0].plain.startswith("Paused."), (width, height)


def test_seconds_left_and_total_left_agree_with_the_clock() -> None:
    """At the start of a hold its whole length is left, and at its end nothing."""
    hold = next(e for e in LOWER_BACK.segments if e.phase is Phase.PRESS)
    first = drawn(at(float(hold.start)), BARE)

    assert "of 60 s hold" in first
    assert f"{words.clock(LOWER_BACK.duration - hold.start)} left" in first


def test_halfway_can_be_seen() -> None:
    """What is heard in the middle of a hold is on the screen, too, for a moment."""
    middle = next(cue.at for cue in LOWER_BACK.cues if cue.sound is CueSound.HALFWAY)
    for look in (LARGE, SMALL, BARE):
        seen = [
            "PRESS, HALFWAY" in drawn(at(middle + passed), look)
            for passed in range(-1, 5)
        ]

        assert (look, seen) == (look, [False, True, True, True, False, False])
