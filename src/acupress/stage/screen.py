"""
Lays out the session screen as Rich text, for a window of any size.

A pure function of timeline and playhead: within a segment only the seconds, the bar
and the breath change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.style import Style
from rich.text import Text

from acupress.model import BreathDirection, Phase, Side
from acupress.session.playhead import Pause, Playhead
from acupress.session.timeline import CueSound, Segment, Timeline
from acupress.terminal.render import BOLD, QUIET, WARNING, Panel, page_rows, text_rows
from acupress.text import safety, session_words, words
from acupress.text.layout import Line, Row, Tone, wrap

NARROWEST_SCREEN, LOWEST_SCREEN = 40, 10
"""Columns and rows below which the session asks for a larger window."""


@dataclass(frozen=True, slots=True)
class Look:
    """
    The columns and rows of the screen, and what it can show.

    *blocks* is whether it has block characters, *picture* the panel beside the text.
    """

    width: int
    height: int
    blocks: bool
    rehearsal: bool
    picture: Panel | None = None


_SIDE = Style(bold=True, reverse=True)
# The terminal's default colours, legible from a distance on any background.
_PLAIN = Style()
_DIGITS_STYLE = {
    Phase.READY: _PLAIN,
    Phase.PRESS: BOLD,
    Phase.REST: _PLAIN,
    Phase.SWITCH: BOLD,
}

# Digits of three columns by five rows; half blocks put two rows into one of the screen.
_DIGITS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": ("   ", " # ", "   ", " # ", "   "),
}
_HALVES = {"##": "█", "# ": "▀", " #": "▄", "  ": " "}

# Breakpoints of the layout: rows for blank rows, for large digits and all keys, and
# for the whole stop rule; columns for the long texts.
_TALL = 20
_ROOMY = 16
_ROOM_FOR_WHOLE_RULE = 30
_WIDE = 60
_FOOTER = 3
"""Rows of the stop rule and the keys, the same in each phase so that nothing moves."""

# Seconds for which "halfway" is shown.
_HALFWAY_SHOWN = 3


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
    here = timeline.at(head.position)
    beside = look
    if look.picture:
        beside = replace(look, width=look.width - look.picture.column)
    lines = [*_why_paused(head.pause), *_instructions(timeline, here)]
    heading = _heading(timeline, head, here, look)
    top, bottom = _top(timeline, head, here, beside, look), _bottom(here, look)
    layouts = [(top, bottom)]
    if look.height >= _TALL:  # drop blank rows before text
        padded = [*bottom, *[Text()] * (_FOOTER - len(bottom))]
        layouts = [(_spaced(top), padded), (top, padded), (top, bottom)]
    for upper, lower in layouts:
        room = look.height - len(heading) - len(lower)
        rows = _flow(lines, room, beside, look, len(upper))
        if len(upper) + len(rows) <= room:
            break
    middle = [*upper, *_cut(rows, room - len(upper))]
    gap = [Text()] * (room - len(middle))
    return [*heading, *middle, *gap, *lower]


def _flow(
    lines: list[Line], room: int, beside: Look, look: Look, above: int
) -> list[Text]:
    """
    Wrap *lines*: narrow beside the picture, full width below it.

    *above* is how many of the rows in *room* precede them.
    """
    if look.picture is None:
        return page_rows(lines, look.width)
    rows: list[Row] = []
    last = min(len(look.picture.rows), room) - above
    for line in lines:
        if len(rows) >= last:
            rows += wrap((line,), look.width)
            continue
        wrapped = wrap((line,), beside.width)
        fitting = wrapped[: last - len(rows)]
        rows += fitting
        if len(fitting) < len(wrapped):
            words_ = line.text.split()
            rest = words_[sum(len(row.text.split()) for row in fitting) :]
            below = line._replace(text=" ".join(rest), label="")
            rows += wrap((below,), look.width)
    return text_rows(rows)


def _cut(rows: list[Text], room: int) -> list[Text]:
    """Truncate *rows* to *room*; the last one then refers to the help."""
    if len(rows) <= room:
        return rows
    if room <= 1:
        return []
    return [*rows[: room - 1], Text("... ? shows the rest", style=QUIET)]


def _heading(
    timeline: Timeline, head: Playhead, here: Segment, look: Look
) -> list[Text]:
    """Return the row of point and step; in a tall window also the status row."""
    step = Text(f"step {here.number} of {timeline.steps}")
    row = _justify(_name(here, look), step, look.width)
    return [row, _status_row(timeline, head, look)] if look.height >= _TALL else [row]


def _status_row(timeline: Timeline, head: Playhead, look: Look) -> Text:
    left = f"{words.clock(timeline.duration - head.position)} left"
    return _justify(_status(timeline, head, look.width), Text(left), look.width)


def _top(
    timeline: Timeline, head: Playhead, here: Segment, beside: Look, look: Look
) -> list[Text]:
    rows = [
        _side(here, head.pause, beside),
        *_now(timeline, head, here, beside),
        _bar(here, head.position, beside),
    ]
    return rows if look.height >= _TALL else [*rows, _status_row(timeline, head, look)]


def _name(here: Segment, look: Look) -> Text:
    """Return the point's name; only its code if REHEARSAL needs the room."""
    if not look.rehearsal:
        return Text(words.name_of(here.point), style=BOLD)
    narrow = look.width < _WIDE
    name = here.point.code if narrow else words.name_of(here.point)
    return Text(name, style=BOLD).append("  REHEARSAL", style=WARNING)


def _status(timeline: Timeline, head: Playhead, width: int) -> Text:
    """Return the reason for the pause and the note, if any; else what comes next."""
    visible = head.visible_note
    note = session_words.noted(visible, briefly=width < _WIDE) if visible else ""
    if head.pause:
        paused = session_words.paused_briefly(head.pause)
        return Text(f"{paused}; {note}" if note else paused, style=BOLD)
    if note:
        return Text(note, style=BOLD)
    muted = "(sound off) " if head.muted else ""
    return Text(f"{muted}{session_words.coming(timeline, head.position)}")


def _spaced(rows: list[Text]) -> list[Text]:
    return [*rows[:1], Text(), *rows[1:-1], Text(), *rows[-1:], Text()]


def _side(here: Segment, pause: Pause | None, look: Look) -> Text:
    """Return the side, at its own end of the row, and what to do now at the other."""
    side = Text(f" {words.SIDES[here.side]} ", style=_SIDE)
    dot, width = " · " if look.blocks else ", ", look.width
    rounds = f"{dot}round {here.round} of {here.rounds}" if here.rounds > 1 else ""
    now = session_words.doing(here) if pause in {None, Pause.GATE} else "paused"
    doing = Text(now.upper() + rounds, style=BOLD)
    match here.side:
        case Side.LEFT:
            return _justify(side, doing, width)
        case Side.RIGHT:
            return _justify(doing, side, width)
        case Side.BOTH | Side.MIDDLE:
            return _justify(Text.assemble(side, "  ", doing), Text(), width)


def _now(timeline: Timeline, head: Playhead, here: Segment, look: Look) -> list[Text]:
    """Return the seconds left in large digits, with the breathing guide beside."""
    seconds = words.clock(here.end - head.position)
    number = seconds.removeprefix("0:").lstrip("0") or "0"
    digits = _large(number, look)
    style = _DIGITS_STYLE[here.phase] if head.pause is None else QUIET
    rows = [Text("  ").append(row, style=style) for row in digits]
    rows[0].append(f"   {_breathing(timeline, head)}")
    told = _seconds_of(here, head.position)
    if rows[-1].cell_len + len(f"   {told}") > look.width:
        told = told.partition(":")[0]  # halfway is heard, too
    rows[-1].append(f"   {told}", style=QUIET)
    return rows


def _seconds_of(here: Segment, position: float) -> str:
    what = "hold" if here.phase is Phase.PRESS else "to get there"
    half = here.halfway
    if half is not None and half <= position < half + _HALFWAY_SHOWN:
        what = f"{what}: {session_words.CUES[CueSound.HALFWAY]}"
    return f"of {here.seconds} s {what}"


def _breathing(timeline: Timeline, head: Playhead) -> str:
    now = timeline.breath(head.position)
    if now is None:
        return ""
    passed = int(head.position - now.start) + 1
    size = passed if now.way is BreathDirection.IN else now.seconds - passed + 1
    return f"{session_words.breath(now)} {'o' * size}"


def _bar(here: Segment, position: float, look: Look) -> Text:
    width = look.width
    full, empty = ("━", "─") if look.blocks else ("#", "-")
    done = round((position - here.start) / here.seconds * width)
    style = _DIGITS_STYLE[here.phase]
    return Text.assemble((full * done, style), (empty * (width - done), QUIET))


def _why_paused(pause: Pause | None) -> list[Line]:
    """Return the reason for the pause, unless the status row says it all."""
    if pause is None or pause is Pause.GATE:
        return []
    return [Line(session_words.paused(pause), Tone.TITLE)]


def _instructions(timeline: Timeline, here: Segment) -> list[Line]:
    """
    Return the instructions for the point, those needed in this phase first.

    The point's own stop sentence is among the first, so that it is never truncated.
    """
    step, point = here.step.step, here.point
    partner = timeline.plan.routine.partner
    where = _labelled("where", point.where)
    hand = _labelled("hand", f"{step.hand} {step.posture}")
    find = _labelled("find it", words.finding(point, partner=partner))
    press = _labelled("press", words.pressing(step))
    stop = Line(point.technique.stop if point.technique else "", Tone.CAUTION)
    lines = [where, stop, hand, find, press]
    if here.phase is Phase.PRESS:
        lines = [press, stop, hand, where, find]
    if here.step.gentle:
        lines.insert(0, Line(session_words.gentle_briefly(here.step), Tone.CAUTION))
    return [line for line in lines if line.text]


def _labelled(label: str, text: str) -> Line:
    return Line(text, label=label, indent=9)


def _bottom(here: Segment, look: Look) -> list[Text]:
    whole = look.height >= _ROOM_FOR_WHOLE_RULE
    stop = safety.STOP if whole else safety.STOP_SHORT
    rows = page_rows([Line(stop, Tone.CAUTION)], look.width)
    return [*rows, *_keys(here, look)]


def _keys(here: Segment, look: Look) -> list[Text]:
    """Return the keys in rows; a short list if they do not fit a low window."""
    lines, row = [], Text()
    for key, meaning in session_words.KEYS:
        if key == "Enter" and here.phase is Phase.PRESS:
            continue
        cell = Text.assemble((key, BOLD), " ", (meaning, QUIET))
        if row and row.cell_len + cell.cell_len + 2 > look.width:
            lines.append(row)
            row = Text()
        row = row + Text("  " if row else "") + cell
    rows = [*lines, row]
    if look.height >= _ROOMY or len(rows) == 1:
        return rows
    pressing = here.phase is Phase.PRESS
    first = ("space", "pause") if pressing else ("Enter", "I'm there")
    short = [
        Text.assemble((key, BOLD), " ", (meaning, QUIET))
        for key, meaning in (first, ("?", "where, keys"), ("q", "stop"))
    ]
    return [Text("  ").join(short)]


def _help(timeline: Timeline, head: Playhead, look: Look) -> list[Text]:
    """Return the open page of the help: the point's instructions, then the keys."""
    here = timeline.at(head.position)
    keys = [Line(text, label=key, indent=12) for key, text in session_words.HELP]
    title = Line(words.name_of(here.point), Tone.TITLE)
    lines = [
        title,
        *_instructions(timeline, here),
        Line(safety.STOP, Tone.CAUTION),
        Line("the keys", Tone.TITLE),
        *keys,
    ]
    rows = page_rows(lines, look.width)
    room = look.height - 1
    pages = [rows[at : at + room] for at in range(0, len(rows), room)]
    number = (head.helping - 1) % len(pages)
    more = f"? page {number + 1} of {len(pages)}, " if len(pages) > 1 else ""
    footer = Text(f"{more}any other key goes on", style=BOLD)
    page = pages[number]
    return [*page, *[Text()] * (room - len(page)), footer]


def _large(number: str, look: Look) -> list[str]:
    """Return *number* as five rows, as three of half blocks, or two in brackets."""
    rows = [" ".join(_DIGITS[digit][row] for digit in number) for row in range(5)]
    if look.height >= _ROOMY:
        return [row.replace("#", "█") if look.blocks else row for row in rows]
    if not look.blocks:
        return [f"[ {number} ]", " " * len(f"[ {number} ]")]
    rows.append(" " * len(rows[0]))
    return [
        "".join(_HALVES[upper + lower] for upper, lower in zip(*pair, strict=True))
        for pair in zip(rows[::2], rows[1::2], strict=True)
    ]


def _justify(left: Text, right: Text, width: int) -> Text:
    """Put *left* and *right* at the ends of a row; *left* is truncated if need be."""
    space = width - left.cell_len - right.cell_len
    if space < 1:
        left.truncate(max(0, width - right.cell_len - 1), overflow="ellipsis")
        space = max(0, width - left.cell_len - right.cell_len)
    return Text.assemble(left, " " * space, right)
