"""
The part of the session screen that is read from a mat: side, seconds, breath, bars.

Everything is sized by the window alone, so that nothing moves within a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from math import ceil
from typing import NamedTuple

from rich.text import Text

from acupress.model import BreathDirection, Phase, Side
from acupress.session.playhead import Pause, Playhead
from acupress.session.timeline import Breath, CueSound, Segment, Timeline
from acupress.stage import letters
from acupress.terminal.render import GUTTER, Panel, styled
from acupress.text import session_words, words


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


# Rows from which digits are five rows high at least, and from which a word in large
# letters says what to do, too.
_ROOMY = 16
_ROOM_FOR_VERB = 36

# A picture needs some thirty columns to be recognisable; and columns by which pixels
# grow: "RIGHT" beside two digits, whose pixels are twice as wide as those of words.
_NARROWEST_PICTURE = 31
_NARROWEST_WITH_PICTURE, _LOWEST_WITH_PICTURE = 76, 22
_ROWS_AROUND_PICTURE = 5
_READABLE = 49  # columns for the text beside it, and the gutter
_GROWTH, _BETWEEN = 31, 3
_DIGIT = 2

# Columns on either side of the lens for the words beside it.
_BREATH_LABEL = 13
_HALFWAY_SHOWN = 3  # seconds
_DIGITS_STYLE = {
    Phase.READY: "plain",
    Phase.PRESS: "title",
    Phase.REST: "plain",
    Phase.SWITCH: "title",
}


def scale(width: int, height: int) -> int:
    """Return the rows of a pixel: up to a third of the window; 0 is half a row."""
    if height < _ROOMY:
        return 0
    beside = _NARROWEST_PICTURE + GUTTER if _can_have_picture(width, height) else 0
    room = (width - beside - _BETWEEN) // _GROWTH
    return max(1, min(room, height // 3 // letters.ROWS))


def picture_size(width: int, height: int) -> tuple[int, int] | None:
    """
    Return the columns and rows for a picture beside the text, including its caption.

    Up to half the width and the height there is; ``None`` if there is no room for one.
    """
    if not _can_have_picture(width, height):
        return None
    beside = _GROWTH * scale(width, height) + _BETWEEN + GUTTER
    columns = min(width // 2, width - max(beside, _READABLE))
    columns = max(_NARROWEST_PICTURE, columns)
    return columns, min(height - _ROWS_AROUND_PICTURE, columns * 2 // 3)


def _can_have_picture(width: int, height: int) -> bool:
    return width >= _NARROWEST_WITH_PICTURE and height >= _LOWEST_WITH_PICTURE


class Dial(NamedTuple):
    """
    What the large part is drawn from.

    *width* is that of the column beside the picture, *size* the rows of a pixel.
    """

    head: Playhead
    here: Segment
    breath: Breath | None
    width: int
    size: int
    blocks: bool


def dial_at(timeline: Timeline, head: Playhead, look: Look) -> Dial:
    """Return the dial of *head* for the window *look*."""
    beside = look.width - (look.picture.column if look.picture else 0)
    size = scale(look.width, look.height)
    here, breath = timeline.at(head.position), timeline.breath(head.position)
    return Dial(head, here, breath, beside, size, look.blocks)


def dial_rows(at: Dial) -> list[Text]:
    """Return the large rows, then the breath and the bar."""
    return [*_large_rows(at), *(_breath_rows(at) if at.size else []), _bar(at)]


def verb_rows(at: Dial, look: Look) -> list[Text]:
    """Return what to do now in large letters, if there is room for them."""
    if at.size == 1 or look.height < _ROOM_FOR_VERB:
        return []
    style, size = "quiet" if paused(at.head) else "title", at.size - 1
    rows = letters.large(_VERBS[at.here.phase], size, size, blocks=at.blocks)
    return [styled((row.rstrip(), style)) for row in rows]


_VERBS = {
    Phase.READY: "FIND IT",
    Phase.PRESS: "PRESS",
    Phase.REST: "RELEASE",
    Phase.SWITCH: "CHANGE",
}


def side_row(at: Dial) -> Text:
    """Return the side, at its own end of the row, and what to do now at the other."""
    here = at.here
    badge = f" {words.SIDES[here.side]} "
    side = styled((badge, _side_style(here.side)))
    side.stylize("now")
    dot = " · " if at.blocks else ", "
    rounds = f"{dot}round {here.round} of {here.rounds}" if here.rounds > 1 else ""
    now = "paused" if paused(at.head) else session_words.doing(here)
    half = here.halfway
    if half is not None and half <= at.head.position < half + _HALFWAY_SHOWN:
        whole = f"{now}, {session_words.CUES[CueSound.HALFWAY]}"
        if len(whole + rounds) + side.cell_len < at.width:  # it is heard, too
            now = whole
    doing = styled((now.upper() + rounds, "title"))
    match here.side:
        case Side.LEFT:
            return justify(side, doing, at.width)
        case Side.RIGHT:
            return justify(doing, side, at.width)
        case Side.BOTH | Side.MIDDLE:
            return Text.assemble(side, "  ", doing)


def paused(head: Playhead) -> bool:
    """Tell whether time stands still because of a pause that a person should see."""
    return head.pause not in {None, Pause.GATE}


def trail(timeline: Timeline, head: Playhead, look: Look) -> Text:
    """Return a row of all points: what was pressed of each, and their names if wide."""
    now = timeline.at(head.position).number
    share = look.width // timeline.steps
    steps = timeline.plan.steps
    names = [words.name_of(step.point) for step in steps]
    if max(map(len, names)) > share - _NAMED:
        names = [step.point.code for step in steps]
    if max(map(len, names)) > share - _NAMED or len(steps) == 1:
        names = [""] * len(steps)
    bars = [share - (len(name) + 2 if name else 1) for name in names]
    done = (
        int(part * bar)
        for part, bar in zip(_pressed(timeline, head), bars, strict=True)
    )
    points = tuple(zip(names, bars, done, strict=True))
    return _trail(points, now, blocks=look.blocks)


@lru_cache(maxsize=4)  # it changes a few times a minute
def _trail(points: tuple[tuple[str, int, int], ...], now: int, *, blocks: bool) -> Text:
    """Return a row of names, each with a bar of cells, of which some are done."""
    full, empty = ("━", "─") if blocks else ("#", "-")
    row = Text()
    for number, (name, bar, done) in enumerate(points, 1):
        style = "title" if number == now else "quiet"
        row.append(f"{name} " if name else "", style)
        row.append(full * done, style).append(empty * (bar - done), "quiet")
        row.append(" ")
    return row


# Columns that a name must leave: a blank on either side and a bar of three.
_NAMED = 5


def _pressed(timeline: Timeline, head: Playhead) -> list[float]:
    """Return how much of each point has been pressed, from 0 to 1."""
    held, whole = [0.0] * timeline.steps, [0.0] * timeline.steps
    for segment, seconds in zip(timeline.segments, head.held, strict=True):
        if segment.phase is Phase.PRESS:
            held[segment.number - 1] += seconds
            whole[segment.number - 1] += segment.seconds
    return [min(1.0, part / all_) for part, all_ in zip(held, whole, strict=True)]


def _large_rows(at: Dial) -> list[Text]:
    """Return side and seconds in large letters, each at its own end of the rows."""
    number = _number(at)
    between = _breath_words(at) if at.size == 0 else []
    spare = max((len(each) + _BETWEEN for each in between), default=0)
    word = _word(at, at.width - len(number[0]) - _BETWEEN - spare)
    free = at.width - len(number[0]) - len(word[0])
    style = "quiet" if paused(at.head) else _DIGITS_STYLE[at.here.phase]
    aside = "caution" if paused(at.head) else _side_style(at.here.side)
    rows = []
    for digits, letter, told in _in_step(number, word, between):
        match at.here.side:
            case Side.LEFT:
                side, gap = letter.ljust(len(word[0])), told.center(free)
                row = styled((side, aside), gap, (digits, style))
            case Side.RIGHT:
                gap = told.center(free)
                row = styled((digits, style), gap, (letter.rstrip(), aside))
            case Side.BOTH | Side.MIDDLE:
                before = _gap(at, len(number[0]), len(word[0]), free)
                gap, side = " " * before, letter.ljust(len(word[0]))
                last = told.center(free - before).rstrip()
                row = styled((digits, style), gap, (side, aside), last)
        rows.append(row)
    return rows


def _in_step(
    number: Sequence[str], word: Sequence[str], between: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of all three; blank ones where a number has no more."""
    blank = " " * len(number[0])
    for digits, letter, told in zip_longest(number, word, between):
        yield digits or blank, letter or "", told or ""


def _gap(at: Dial, number: int, word: int, free: int) -> int:
    """Return the blanks before a *word* that is to stand in the middle."""
    if at.size == 0:
        return _BETWEEN
    return min(free, max(_BETWEEN, (at.width - word) // 2 - number))


def _side_style(side: Side) -> str:
    return {Side.LEFT: "left", Side.RIGHT: "right"}.get(side, "title")


def _number(at: Dial) -> list[str]:
    """Return the seconds left, in as many columns as at the segment's beginning."""
    seconds = str(ceil(at.here.end - at.head.position))
    widest = len(str(at.here.seconds)) * 4 - 1
    if at.size:
        rows = letters.large(seconds, _DIGIT * at.size, at.size, blocks=at.blocks)
        return [row.rjust(widest * _DIGIT * at.size) for row in rows]
    if at.blocks:
        return [row.rjust(widest) for row in letters.half(seconds)]
    return [f"[ {seconds} ]".rjust(len(f"[ {at.here.seconds} ]")), ""]


def _word(at: Dial, room: int) -> Sequence[str]:
    """Return the side in large letters, as large as *room* columns allow."""
    side = words.SIDES[at.here.side].partition(" ")[0]
    text = "PAUSED" if paused(at.head) else side
    tries = [
        letters.large(text, size, size, blocks=at.blocks)
        for size in range(at.size, 0, -1)
    ]
    if at.size == 0 and at.blocks:
        tries = [letters.half(text)]
    return next((rows for rows in tries if len(rows[0]) <= room), ("",))


def _breath_words(at: Dial) -> list[str]:
    """Return which way to breathe, and below it a bar that swells and shrinks."""
    if at.breath is None:
        return []
    told = session_words.breath(at.breath)
    return [
        told,
        *letters.swelling(
            _fullness(at.breath, at.head), len(told), 1, blocks=at.blocks
        ),
    ]


def _breath_rows(at: Dial) -> list[Text]:
    """Return a lens that swells and shrinks; blank rows where there is no guide."""
    if at.breath is None:
        return [Text()] * at.size
    room = at.width - 2 * _BREATH_LABEL
    lens = letters.swelling(
        _fullness(at.breath, at.head), room, at.size, blocks=at.blocks
    )
    labels = [""] * at.size
    labels[at.size // 2] = session_words.breath(at.breath)
    return [
        styled(label.ljust(_BREATH_LABEL), (shape.rstrip(), "breath"))
        for label, shape in zip(labels, lens, strict=True)
    ]


def _fullness(now: Breath, head: Playhead) -> float:
    """Return how full the breath is at this second, from 0 to 1."""
    passed = int(head.position - now.start) + 1
    size = passed if now.way is BreathDirection.IN else now.seconds - passed + 1
    return size / now.seconds


def _bar(at: Dial) -> Text:
    here = at.here
    what = "hold" if here.phase is Phase.PRESS else "to get there"
    told = f" of {here.seconds} s {what}"
    width = at.width - len(told)
    full, empty = ("━", "─") if at.blocks else ("#", "-")
    done = round((at.head.position - here.start) / here.seconds * width)
    return styled(
        (full * done, _DIGITS_STYLE[here.phase]),
        (empty * (width - done), "quiet"),
        (told, "quiet"),
    )


def justify(left: Text, right: Text, width: int) -> Text:
    """Put *left* and *right* at the ends of a row; *left* is truncated if need be."""
    space = width - left.cell_len - right.cell_len
    if space < 1:
        left = left.copy()
        left.truncate(max(0, width - right.cell_len - 1), overflow="ellipsis")
        space = max(0, width - left.cell_len - right.cell_len)
    plain = f"{left.plain}{' ' * space}"
    spans = [span.move(len(plain)) for span in right.spans]
    return Text(f"{plain}{right.plain}", spans=[*left.spans, *spans])
