"""
The compositor: turns rows and a picture into what must be written to show them.

Rich renders a row; a diff against the last frame decides which rows are rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from acupress.terminal import colours, images
from acupress.terminal.colours import Background
from acupress.terminal.images import Graphics
from acupress.terminal.render import Panel

# A terminal that knows these shows what is between them at once; others ignore them.
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"
_SYSTEMS = {colours.MANY: ColorSystem.EIGHT_BIT, colours.FEW: ColorSystem.STANDARD}


class Frame:
    """What the screen shows, in *many* colours on *background*, with *graphics*."""

    def __init__(
        self, many: int, background: Background, graphics: Graphics | None = None
    ) -> None:
        """Assume that nothing is on the screen."""
        theme = Theme(colours.palette(background, many), inherit=False)
        self.console = Console(theme=theme, force_terminal=True, legacy_windows=False)
        self.many = many
        self.graphics = graphics
        self.image = False  # whether one is on the screen
        self.rows: Sequence[Text] = ()
        self.layout: tuple[object, ...] | None = None

    def forget(self) -> None:
        """Assume that nothing of the last frame is on the screen any more."""
        self.layout = None

    def update(
        self,
        rows: Sequence[Text],
        size: tuple[int, int],
        picture: Panel | None = None,
        top: int = 0,
    ) -> str:
        """
        Return what to write so that the screen of *size* shows *rows*; "" if it does.

        A *picture*, at the left from row *top* on, is written only when it is another
        object. Then every row is, without clearing the screen, which would flicker.
        """
        columns, height = size
        layout = (columns, height, picture)
        fresh = layout != self.layout
        rows = [*rows[:height], *[Text()] * (height - len(rows))]
        before = [None] * height if fresh else self.rows
        written: dict[object, str] = {}  # large letters repeat rows
        text = ""
        for number, (row, old) in enumerate(zip(rows, before, strict=True)):
            if row is old or (old is not None and _same(row, old)):
                continue
            if (painted := written.get(_appearance(row))) is None:
                painted = written[_appearance(row)] = self._painted(row, columns)
            text += self._placed(number, painted, picture, top, fresh=fresh)
        self.rows, self.layout = rows, layout
        if not fresh:
            return text
        removed = self.removal()
        shown = ""
        if picture is not None:
            shown = self.image_of(picture, lambda row, at: f"\x1b[{top + row};{at}H")
            self.image = bool(shown)
        return f"{_BEGIN}{removed}{text}{shown}{_END}"

    def removal(self) -> str:
        """Return what takes the image from the screen; "" if there is none."""
        shown, self.image = self.image, False
        return images.removal(self.graphics) if shown and self.graphics else ""

    def image_of(
        self,
        picture: Panel,
        place: Callable[[int, int], str],
        *,
        lasting: bool = False,
    ) -> str:
        """
        Return the image of *picture*, "" if none can be shown.

        *place* moves the cursor to a row and a column of it, from 1. The image has
        holes for its labels; where it covers them all the same, they are written after
        it. `removal` takes it away unless it is *lasting*.
        """
        if self.graphics is None or picture.raster is None:
            return ""
        columns, rows = picture.width, picture.raster_rows
        shown = images.image(
            self.graphics, picture.raster, columns, rows, lasting=lasting
        )
        covered = picture.rows[:rows] if self.graphics.covers else ()
        return f"{place(1, 1)}{shown}" + "".join(
            place(number, span.start + 1)
            + self._painted(row[span.start : span.end], columns)
            for number, row in enumerate(covered, 1)
            for span in row.spans
        )

    def _placed(
        self, row: int, painted: str, picture: Panel | None, top: int, *, fresh: bool
    ) -> str:
        """Return *painted* at its place; with its row of the picture if *fresh*."""
        # Erase first: after a full row the cursor is still on the last cell.
        if picture is None or not top <= row < top + len(picture.rows):
            return f"\x1b[{row + 1};1H\x1b[K{painted}"
        words = f"\x1b[{row + 1};{picture.column + 1}H"
        if not fresh:
            return f"{words}\x1b[K{painted}"
        drawn = self._painted(picture.rows[row - top], picture.width)
        return f"\x1b[{row + 1};1H\x1b[K{drawn}{words}{painted}"

    def _painted(self, row: Text, width: int) -> str:
        if row.cell_len > width:
            row = row.copy()
            row.truncate(width)
        return "".join(
            self._styled(segment.text, segment.style)
            for segment in row.render(self.console)
        )

    def _styled(self, text: str, style: Style | None) -> str:
        if style is None:
            return text
        shown = style if self.many else style.without_color
        return shown.render(text, color_system=_SYSTEMS.get(self.many, _PLAINEST))


_PLAINEST = ColorSystem.STANDARD


def _same(one: Text, other: Text) -> bool:
    return _appearance(one) == _appearance(other)


def _appearance(row: Text) -> tuple[object, ...]:
    """Return what to compare in a diff: equality of Text ignores its style."""
    return row.plain, row.style, tuple(row.spans)
