"""A page shows what the program would have shown, for every answer there is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from acupress.session.planning import plan
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    bearing_on,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.text.documents import plan_document
from support.catalogue import REAL
from support.command import invoke
from support.pages import EVERYBODY, Script, numbers, page_of, script

# What the page plays, as `plan --json` writes its steps; nothing where nothing runs.
PLAYED = """
(given) => given.map((answers) => outcomeFor(data, ...answers)[0])
"""
STEPS = """
data.plans.map((_, plan) => layOut(data, plan).segments.map((each) => ({
  point: each.step.point, name: each.step.title, side: each.side, phase: each.phase,
  round: each.round, rounds: each.rounds, start: each.start, seconds: each.seconds,
})))
"""


def subsets(cautions: list[Caution]) -> Iterator[frozenset[Caution]]:
    """Yield every set of *cautions*."""
    for size in range(len(cautions) + 1):
        yield from map(frozenset, combinations(cautions, size))


def differing(name: str, given: list[Answers], tried: Script) -> list[Answers]:
    """Return the answers of which the page plays anything but what the program does."""
    steps = tried.run(STEPS)
    asked = [[each.pregnancy.value, numbers(each.cautions)] for each in given]
    played = tried.run(f"({PLAYED})({json.dumps(asked)})")
    known: dict[object, Any] = {}
    wrong = []
    for answers, at in zip(given, played, strict=True):
        screened = screen(REAL[name], answers)
        if not screened.runs:
            wanted: Any = None
        elif screened.kept in known:
            wanted = known[screened.kept]
        else:
            made = plan(screened)
            wanted = plan_document(made, lay_out(made))["steps"]
            known[screened.kept] = wanted
        if wanted != (None if at < 0 else steps[at]):
            wrong.append(answers)
    return wrong


@pytest.mark.parametrize("name", REAL)
def test_every_answer_plays_what_the_program_plays(name: str) -> None:
    """All answers on pregnancy, with all sets of cautions that matter to a routine."""
    bearing = bearing_on(REAL[name])
    others = frozenset(Caution) - set(bearing)
    # Those that do not matter come with every other set, and must change nothing.
    given = [
        Answers(pregnancy, cautions | (others if at % 2 else frozenset()))
        for pregnancy in PregnancyAnswer
        for at, cautions in enumerate(subsets(list(bearing)))
    ]

    assert differing(name, given, script(name)) == []


@pytest.mark.soak
@pytest.mark.parametrize("name", REAL)
def test_every_answer_at_all(name: str) -> None:
    """The same for all sets of all cautions, whether they matter or not."""
    given = [
        Answers(pregnancy, cautions)
        for pregnancy in PregnancyAnswer
        for cautions in subsets(list(Caution))
    ]

    assert differing(name, given, script(name)) == []


@pytest.mark.parametrize(
    "answers",
    ["no none", "no veins,faint", "yes none", "unsure none", "no clot,surgery"],
)
@pytest.mark.parametrize("name", ["lower-back", "upper-back", "sleep"])
def test_the_page_plays_what_plan_prints(name: str, answers: str) -> None:
    """The same comparison with the command itself."""
    pregnancy, cautions = answers.split()
    given = ("--pregnancy", pregnancy, "--cautions", cautions)
    printed = json.loads(invoke("plan", name, *given, "--json").stdout)
    keys = [] if cautions == "none" else cautions.split(",")
    asked = json.dumps(numbers(frozenset(map(Caution, keys))))
    tried = script(name)
    at = tried.run(f"outcomeFor(data, {json.dumps(pregnancy)}, {asked})[0]")

    assert printed["steps"] == ([] if at < 0 else tried.run(STEPS)[at])


@pytest.mark.parametrize("name", REAL)
def test_yes_and_unsure_are_screened_alike(name: str) -> None:
    """So the table of a page has one half for both of them."""
    cautions = subsets(list(bearing_on(REAL[name]))[:4])

    assert [
        each
        for each in cautions
        if screen(REAL[name], Answers(PregnancyAnswer.YES, each))
        != screen(REAL[name], Answers(PregnancyAnswer.UNSURE, each))
    ] == []


NO_ANSWERS = (
    "undefined, []",
    "null, []",
    '"", []',
    '"No", []',
    '"maybe", []',
    "true, []",
    '"no"',
    '"no", null',
    '"no", "0"',
    '"no", [0]',
    '"no", [14]',
    '"no", [-1]',
    '"no", [1.5]',
    '"no", ["1"]',
    '"no", [NaN]',
)


@pytest.mark.parametrize("answers", NO_ANSWERS)
def test_what_is_no_answer_shows_nothing(answers: str) -> None:
    """There is no default: without an answer to each question there is no plan."""
    tried = (
        "(() => { try { return outcomeFor(data, %s); } catch { return 'none'; } })()"
    )

    assert script("upper-back").run(tried % answers) == "none"


def test_cautions_of_the_configuration_come_with_every_answer() -> None:
    """What is always so is added by the program; no answer can take it away."""
    always = frozenset({Caution.NECK})
    name = "upper-back"
    tried = Script(page_of(REAL[name], EVERYBODY._replace(always=always)))
    plans = tried.run("data.choices.map((at) => data.outcomes[at][0])")
    points = tried.run(f"{STEPS}.map((steps) => steps.map((each) => each.point))")
    shown = {code for at in plans if at >= 0 for code in points[at]}
    kept = screen(REAL[name], Answers(PregnancyAnswer.NO, always)).kept

    assert shown == {each.step.point.code for each in kept}
    assert "As always: neck injury" in page_of(
        REAL[name], EVERYBODY._replace(always=always)
    )


def test_what_is_wished_for_holds_in_every_plan() -> None:
    """Options such as --without and --starter shape each of the plans."""
    wish = PointChoice(without=frozenset({"GB21"}))
    wanted = EVERYBODY._replace(wish=wish, make=partial(plan, starter=True))
    tried = Script(page_of(REAL["upper-back"], wanted))
    steps = [each for steps in tried.run(STEPS) for each in steps]

    assert "GB21" not in {each["point"] for each in steps}
    assert max(each["seconds"] for each in steps if each["phase"] == "press") == 30


def test_a_page_takes_no_answers() -> None:
    """None can be given while it is made, so that there is none in the file."""
    for option in ("--pregnancy no", "--cautions none"):
        words = f"plan neck --play --save x.html {option}".split()
        assert invoke(*words).returncode == 2
    assert invoke("plan", "neck", "--play").returncode == 2


def test_the_largest_page_is_small(tmp_path: Path) -> None:
    """With its pictures and sounds it can be sent by mail, and is there at once."""
    path = tmp_path / "session.html"
    ran = invoke("plan", "lower-back", "--play", "--save", str(path))

    assert (ran.returncode, ran.stdout) == (
        0,
        f"saved {path}: open it in a browser to play it\n",
    )
    assert path.stat().st_size < 400 * 1024
