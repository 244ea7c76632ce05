"""The list of mutations is about the program as it is: `make mutants` tries them."""

from __future__ import annotations

from collections import Counter

import pytest

from mutants import ROOT, Mutant, mutants

MUTANTS = mutants()

needs_the_source = pytest.mark.skipif(
    not (ROOT / "src").is_dir(), reason="what is changed is the source, not the wheel"
)


@needs_the_source
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_is_changed_is_there(mutant: Mutant) -> None:
    """What a mutation changes stands in its file exactly once."""
    assert mutant.found == 1


def test_each_is_another_one() -> None:
    """No two mutations have one name or do the same, and each changes something."""
    names = Counter(mutant.name for mutant in MUTANTS)
    changes = Counter((mutant.file, mutant.old, mutant.new) for mutant in MUTANTS)

    assert {1} == {*names.values(), *changes.values()}
    assert all(mutant.old != mutant.new and mutant.breaks for mutant in MUTANTS)


def test_the_tests_that_notice_are_there() -> None:
    """Every test that is named is one, so that no mutation survives unseen."""
    named = {each for mutant in MUTANTS for each in mutant.selected}

    assert [each for each in named if not is_there(each)] == []


def is_there(test: str) -> bool:
    """Tell whether *test* is a file of tests, or a test in one."""
    path, _, name = test.partition("::")
    return f"def {name or 'test_'}" in (ROOT / path).read_text("utf-8")
