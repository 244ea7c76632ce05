"""
Lays out the session screen as Rich text, for a window of any size.

A pure function of timeline and playhead: within a segment only the seconds, the bars
and the breath change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product

from rich.text import Text

from acupress.model import Phase
from acupress.session.playhead import Pause, Playhead
from acupress.session.timeline import Segment, Timeline
from acupress.stage.dial import (
    Dial,
    Look,
    dial_at,
    dial_rows,
    justify,
    paused,
    side_row,
    trail,
    verb_rows,
)
from acupress.terminal.render import page_rows, styled, text_rows
from acupress.text import safety, session_words, words
from acupress.text.layout import Line, Row, Tone, wrap

NARROWEST_SCREEN, LOWEST_SCREEN = 40, 10
"""Columns and rows below which the session asks for a larger window."""

PICTURE_TOP = 3
"""The row, from 0, at which a picture starts: below the three rows of the heading."""

# Rows from which there are blank ones and a row of all points; columns for long texts.
_TALL = 20
_WIDE = 60


def too_small(width: int, height: int, *, leaving: bool = False) -> list[Text]:
    """Return the rows for a window too small for a session."""
    wanted = f"{NARROWEST_SCREEN} x {LOWEST_SCREEN}"
    text = f"Paused. Enlarge the window to {wanted} or more."
    if leaving:
        text = "q again stops."
    return [Text(row.plain) for row in wrap((Line(text),), width)][:height]


def session_rows(timeline: Timeline, head: Playhead, look: Look) -> list[Text]:
    """Return the screen at *head*, as exactly ``look.height`` rows."""
    if look.width < NARROWEST_SCREEN or look.height < LOWEST_SCREEN:
        leaving = head.pause is Pause.LEAVING
        return too_small(look.width, look.height, leaving=leaving)
    if head.helping:
        return _help(timeline, head, look)
    at = dial_at(timeline, head, look)
    heading = _heading(timeline, head, at.here, look)
    pressing = at.here.phase is Phase.PRESS
    keys = _keys(look.width, pressing=pressing, paused=paused(head))
    lower = [*page_rows([_STOP_BRIEFLY], look.width), keys]
    lines = _instructions(timeline, at.here)
    if paused(head):  # what to stop for comes first
        stops = [line for line in lines if line.tone is Tone.CAUTION]
        rest = [line for line in lines if line.tone is not Tone.CAUTION]
        lines = [*_why_paused(head.pause), _STOP, *stops, *rest]
    room = look.height - len(heading) - len(lower)
    beside = len(look.picture.rows) if look.picture else 0
    for upper, split in product(_uppers(timeline, at, look), (False, True)):
        last = min(beside, room) - len(upper)
        rows = _flow(tuple(lines), last, (at.width, look.width), split=split)
        if len(upper) + len(rows) <= room:
            break
    middle = [*upper, *_cut(rows, room - len(upper))]
    gap = [Text()] * (room - len(middle))
    return [*heading, *middle, *gap, *lower]


def _uppers(timeline: Timeline, at: Dial, look: Look) -> list[list[Text]]:
    """Return what may stand above the instructions, until they fit: less and less."""
    side, large, verb = side_row(at), dial_rows(at), verb_rows(at, look)
    if look.height < _TALL:
        return [[side, *large, _status_row(timeline, at.head, look)]]
    apart = [Text()] if verb else []
    uppers = [
        [side, Text(), *verb, *apart, *large, Text()],
        [side, *verb, *apart, *large],
        [side, *verb, *large],
    ]
    if verb and (at.here.phase is Phase.READY or paused(at.head)):  # to be read
        uppers.append([side, *large])
    if at.breath is None:
        uppers.append([row for row in uppers[-1] if row.plain])
    return uppers


@lru_cache(maxsize=8)  # a session shows the same text once a second
def _flow(
    lines: tuple[Line, ...], last: int, widths: tuple[int, int], *, split: bool
) -> Sequence[Row]:
    """
    Wrap *lines* to the first of *widths* in *last* rows, to the second below these.

    A line that has to go on below them is *split*; else all of it goes below.
    """
    beside, full = widths
    rows: list[Row] = []
    for line in lines:
        room = max(0, last - len(rows))
        wrapped = wrap((line,), beside if room else full)
        if not room or len(wrapped) <= room:
            rows += wrapped
        elif split:
            rows += wrapped[:room]
            words_ = line.text.split()
            rest = words_[sum(len(row.text.split()) for row in wrapped[:room]) :]
            rows += wrap((line._replace(text=" ".join(rest), label=""),), full)
        else:
            rows += wrap((Line(),) * room, full)
            rows += wrap((line,), full)
    return rows


def _cut(rows: Sequence[Row], room: int) -> list[Text]:
    """Truncate *rows* to *room*; the last one then refers to the help."""
    if len(rows) <= room:
        return text_rows(rows)
    if room <= 1:
        return []
    return [*text_rows(rows[: room - 1]), Text("... ? shows the rest", style="quiet")]


def _heading(
    timeline: Timeline, head: Playhead, here: Segment, look: Look
) -> list[Text]:
    """Return the row of point and step; in a tall window also status and points."""
    told = words.name_of(here.point)
    if look.rehearsal and look.width < _WIDE:
        told = here.point.code  # REHEARSAL needs the room
    step = f"step {here.number} of {timeline.steps}"
    row = _title_row(told, step, look.width, rehearsal=look.rehearsal)
    if look.height < _TALL:
        return [row]
    return [row, _status_row(timeline, head, look), trail(timeline, head, look)]


def _status_row(timeline: Timeline, head: Playhead, look: Look) -> Text:
    left = f"{words.clock(timeline.duration - head.position)} left"
    return justify(_status(timeline, head, look.width), Text(left), look.width)


@lru_cache(maxsize=2)
def _title_row(told: str, step: str, width: int, *, rehearsal: bool) -> Text:
    marked = ("  REHEARSAL", "warning") if rehearsal else ""
    return justify(styled((told, "title"), marked), Text(step), width)


def _status(timeline: Timeline, head: Playhead, width: int) -> Text:
    """Return the reason for the pause and the note, if any; else what comes next."""
    visible = head.visible_note
    note = ""
    if visible:
        here = timeline.at(head.position)
        note = session_words.noted(visible, here, briefly=width < _WIDE)
    if head.pause:
        why = session_words.paused_briefly(head.pause)
        return styled((f"{why}; {note}" if note else why, "title"))
    if note:
        return styled((note, "title"))
    muted = "(sound off) " if head.muted else ""
    return Text(f"{muted}{session_words.coming(timeline, head.position)}")


def _why_paused(pause: Pause | None) -> list[Line]:
    return [Line(session_words.paused(pause), Tone.TITLE)] if pause else []


_STOP = Line(safety.STOP, Tone.CAUTION)
_STOP_BRIEFLY = Line(safety.STOP_SHORT, Tone.CAUTION)


def _instructions(timeline: Timeline, here: Segment) -> list[Line]:
    """
    Return the instructions for the point, those needed in this phase first.

    The point's own stop sentence is among the first, so that it is never truncated.
    """
    step, point = here.step, here.point
    partner = timeline.plan.routine.partner
    where = _labelled("where", point.where)
    hand = _labelled("hand", f"{step.hand} {step.posture}")
    find = _labelled("find it", words.finding(point, partner=partner))
    press = _labelled("press", words.pressing(step))
    stop = Line(point.technique.stop if point.technique else "", Tone.CAUTION)
    lines = [where, stop, hand, find, press]
    if here.phase is Phase.PRESS:
        lines = [press, stop, hand, where, find]
    if here.planned.gentle:
        gentle = words.gentle_briefly(here.planned)
        lines.insert(0, Line(gentle, Tone.CAUTION))
    return [line for line in lines if line.text]


def _labelled(label: str, text: str) -> Line:
    return Line(text, label=label, indent=9)


# The keys that a narrow row leaves to the help, the first ones first.
_LEFT_OUT = ("m", "b", "r", "+", "n", "space")


@lru_cache(maxsize=8)
def _keys(width: int, *, pressing: bool, paused: bool) -> Text:
    """Return as many keys as one row has room for; quitting and help always."""
    keys = [*session_words.KEYS[pressing:]]  # Enter comes first
    if paused:
        keys = [(key, "go on" if key == "space" else told) for key, told in keys]
    for left_out in _LEFT_OUT:
        if sum(len(key) + len(told) + 3 for key, told in keys) - 2 <= width:
            break
        keys = [each for each in keys if each[0] != left_out]
    cells = [styled((key, "title"), " ", (told, "quiet")) for key, told in keys]
    return Text("  ").join(cells)


def _help(timeline: Timeline, head: Playhead, look: Look) -> list[Text]:
    """Return the open page of the help: the point's instructions, then the keys."""
    here = timeline.at(head.position)
    keys = [Line(text, label=key, indent=12) for key, text in session_words.HELP]
    title = Line(words.name_of(here.point), Tone.TITLE)
    heading = Line("the keys", Tone.TITLE)
    lines = [title, *_instructions(timeline, here), _STOP, heading, *keys]
    rows = page_rows(lines, look.width)
    room = look.height - 1
    pages = [rows[at : at + room] for at in range(0, len(rows), room)]
    number = (head.helping - 1) % len(pages)
    more = f"? page {number + 1} of {len(pages)}, " if len(pages) > 1 else ""
    footer = styled((f"{more}any other key goes on", "title"))
    page = pages[number]
    return [*page, *[Text()] * (room - len(page)), footer]
