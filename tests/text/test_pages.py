"""The pages as people read them, compared with text files."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.table import Table

from acupress.model import ONLY_TOLD_OF, PregnancyLevel
from acupress.session.player import play
from acupress.session.playhead import Key
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    level,
    runnable,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.terminal.render import page_rows, table_rows
from acupress.text import (
    closing_pages,
    plan_pages,
    routine_pages,
    safety,
    tables,
    words,
)
from acupress.text.documents import point_document
from acupress.text.layout import NARROWEST, Line, plain_text, wrap
from support.catalogue import EVERY, POINTS, REAL, ROUTINES
from support.factories import point
from support.plans import SHORT, planned, point_page
from support.stage import FakeStage

Golden = Callable[[str, str], None]


def test_the_page_of_a_point(golden: Golden) -> None:
    """A point's page begins with its warning."""
    for code in (
        *("GB21", "BL10", "GB10", "GV4", "ANMIAN", "PC6", "ST9", "ST43", "EX-B8"),
        "SI19",
    ):
        golden(f"point-{code}", plain_text(point_page(EVERY[code]), 80))


def test_never_to_press_comes_first() -> None:
    """A warning never to press a point is above all else, pregnancy next."""
    never = {safety.NEVER_PRESS, *map(safety.not_here, ONLY_TOLD_OF.values())}
    lines = {c: [line.text for line in point_page(p)] for c, p in EVERY.items()}
    warned = {
        code: [at for at, text in enumerate(texts) if text in never]
        for code, texts in lines.items()
    }

    assert warned == {
        code: [3] if point.never_press or code in ONLY_TOLD_OF else []
        for code, point in EVERY.items()
    }
    assert [
        code
        for code, texts in lines.items()
        if "pregnancy" not in texts[4 if warned[code] else 3]
    ] == []


def test_the_page_of_a_plan(golden: Golden) -> None:
    """A plan tells each step with its time, its dose and how the hand goes."""
    for name in sorted(REAL):
        made = planned(name)
        golden(
            f"plan-{name}", plain_text(plan_pages.plan_page(made, lay_out(made)), 80)
        )


def test_the_page_after_yes_and_unsure(golden: Golden) -> None:
    """First the signs that need a call, then what remains or runs, then the reasons."""
    for answer in (PregnancyAnswer.YES, PregnancyAnswer.UNSURE):
        answered = Answers(answer)
        others = runnable(ROUTINES, answered)
        for name in ("lower-back", "upper-back", "desk-break"):
            screened = screen(REAL[name], answered)
            instead = routine_pages.instead_page(others, numbered=True)
            offer = () if screened.runs else instead
            page = plan_pages.screened_page(screened, answer, offer)

            golden(f"pregnancy-{answer.value}-{name}", plain_text(page, 80))


def test_yes_and_unsure_have_different_words() -> None:
    """After unsure no word takes the pregnancy for granted."""
    unsure = plain_text(safety.maternity(PregnancyAnswer.UNSURE), 80)

    assert "A test would settle it" in unsure
    assert not {"waters", "baby", "midwife"} & set(unsure.split())


def test_the_page_of_a_plan_with_cautions(golden: Golden) -> None:
    """A step that a caution makes gentle or leaves out says so."""
    cautions = frozenset({Caution.VEINS, Caution.MEAL})
    made = planned("lower-back", 10, Answers(PregnancyAnswer.NO, cautions))

    golden(
        "plan-with-cautions", plain_text(plan_pages.plan_page(made, lay_out(made)), 80)
    )


def test_more_than_half_left_out_is_worth_a_word() -> None:
    """A plan of which more than half is left out says so."""
    clot = Answers(PregnancyAnswer.NO, frozenset({Caution.CLOT}))
    made = planned("lower-back", None, clot)

    assert "More than half" in plain_text(plan_pages.plan_page(made, lay_out(made)), 80)


def test_the_page_of_nothing_left(golden: Golden) -> None:
    """An emptied plan says what emptied it, without the maternity signs."""
    wish = PointChoice(only=frozenset({"CV6"}))
    meal = Answers(PregnancyAnswer.NO, frozenset({Caution.MEAL}))
    page = plan_pages.emptied_page(screen(REAL["lower-back"], meal, wish))

    golden("nothing-left", plain_text(page, 80))


def test_the_page_at_the_end(golden: Golden) -> None:
    """The last page says what was really pressed, after-care and what is next."""
    for name, script in (("done", {}), ("stopped", {70.0: Key.QUIT, 71.0: Key.QUIT})):
        performance = play(SHORT, FakeStage(script))

        golden(
            f"closing-{name}", plain_text(closing_pages.closing_page(performance), 80)
        )


def test_the_warning_stands_above_the_place() -> None:
    """In a small window, too, the pregnancy line is on the first screen."""
    too_low = {}
    for code, shown in EVERY.items():
        rows = [row.plain for row in wrap(point_page(shown), 40)]
        warning = next(at for at, row in enumerate(rows) if "pregnancy" in row)
        where = next(at for at, row in enumerate(rows) if row.startswith("where"))
        if warning >= min(10, where):
            too_low[code] = (warning, where)

    assert too_low == {}


def test_every_row_of_the_list_has_its_mark() -> None:
    """Every row of the list has the point's level in pregnancy as a word."""
    rows = tables.point_table(list(POINTS.values())).rows

    assert [level(each).value for each in POINTS.values()] == [row[-1] for row in rows]


def test_what_is_told_is_the_stricter_level() -> None:
    """Page, list and JSON show the level of the floor, whatever a file says."""
    loosened = point("GB21", pregnancy=PregnancyLevel.OK)
    rows = tables.point_table([loosened]).rows

    assert "AVOID in pregnancy" in plain_text(point_page(loosened), 80)
    assert [row[-1] for row in rows] == ["avoid"]
    assert point_document(loosened)["pregnancy"] == "avoid"


def test_markup_is_shown_letter_for_letter() -> None:
    """What Rich would take for markup is only text, on a page and in a table."""
    for text in (
        *("[/]", "[bold]x[/bold]", "[avoid in pregnancy]", ":warning:", "back\\"),
    ):
        table = tables.Table((text,), [(text,)], [text])
        header, heading, rows = table_rows(table, 80)
        assert isinstance(header, Table)
        assert isinstance(rows, Table)
        cells = [cell for column in rows.columns for cell in column.cells]
        page = page_rows((Line(text, label=text),), 80)

        assert [row.plain for row in page] == [text * 2]
        assert [str(each) for each in (header.columns[0].header, heading, *cells)] == [
            text
        ] * 3


def test_no_level_is_called_safe() -> None:
    """No level in pregnancy is told with the word safe."""
    marks = [words.mark(each) for each in POINTS.values()]

    assert {PregnancyLevel.OK, PregnancyLevel.CAUTION, PregnancyLevel.AVOID} == set(
        PregnancyLevel
    )
    assert not [mark for mark in marks if "safe" in mark]


@settings(derandomize=True, max_examples=150)
@given(st.sampled_from(sorted(EVERY)), st.integers(1, 200))
def test_a_page_fits_and_loses_nothing(code: str, width: int) -> None:
    """Whatever the width, every word is there and no row is too wide."""
    page = point_page(EVERY[code])
    rows = wrap(page, width)
    told = "".join("".join(line.label + line.text for line in page).split())

    assert all(len(row.plain) <= max(width, NARROWEST) for row in rows)
    assert told == "".join("".join(row.label + row.text for row in rows).split())


def test_an_empty_line_is_an_empty_row() -> None:
    """An empty line between paragraphs is kept."""
    assert [row.plain for row in wrap((Line(),), 80)] == [""]
