"""The pages of `new` and `add` as people read them, compared with text files."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acupress.catalogue.ownroutines import own_routine, own_step
from acupress.model import Region, Routine
from acupress.text import composing_pages as pages
from acupress.text.layout import NARROWEST, plain_text, wrap
from support.catalogue import POINTS, ROUTINES

Golden = Callable[[str, str], None]

GB20 = own_step(POINTS["GB20"], ROUTINES, hold=60)
GB21 = own_step(POINTS["GB21"], ROUTINES, rank=2, hand="Two fingers.", repetitions=3)
TE3 = own_step(POINTS["TE3"], ROUTINES, rank=3)
MADE: Routine = own_routine(
    (GB20, GB21, TE3), id="tea-break", title="Tea break", region=Region.NECK
)
PAGES = {
    "new-ache": pages.ache_page(),
    "new-points": pages.draft_page(MADE.steps, Region.NECK),
    "new-search": pages.offer_page("hand", (POINTS["LI4"], POINTS["TE3"])),
    "new-dose": pages.dose_page(POINTS["GB21"]),
    "new-plan": pages.agreement_page(MADE),
    "add-review": pages.review_page(MADE),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_a_routine_that_is_made(golden: Golden, name: str) -> None:
    """How a point stands in pregnancy is on every page that has the point."""
    golden(name, plain_text(PAGES[name], 80))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_in_the_narrowest_window(name: str) -> None:
    """No word is cut, whatever the width."""
    rows = wrap(PAGES[name], NARROWEST)
    words = " ".join(f"{line.label} {line.text}" for line in PAGES[name]).split()

    assert "".join(words) == "".join("".join(row.plain.split()) for row in rows)


def test_what_goes_beyond_our_dose_is_told() -> None:
    """A longer hold, or more of them, stands beside what we say for the point."""
    page = " ".join(line.text for line in PAGES["add-review"])

    assert page.count("Pressed longer at a time than we say for it: 2 holds of 30") == 1
    assert "Pressed more often" not in page
    assert "In their words: Two fingers." in page
