"""The cache of the user's own files: the same values, and never old ones."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from acupress.catalogue.compiled import COMPILED
from acupress.catalogue.contents import OwnFiles
from acupress.catalogue.ownfiles import own_files, read_cached
from acupress.catalogue.personal import read_own
from acupress.model import Origin, PregnancyLevel
from acupress.paths import bundled
from acupress.session.screening import level
from support.catalogue import POINTS, bundling
from support.factories import OWN_POINT
from support.terminal import needs_unix

BASE = bundling(POINTS)
ROUTINE = """\
id: mine
title: Mine
region: neck
steps:
  - point: KI27
  - {point: My own point, hold: 10, repetitions: 3}
"""
pytestmark = pytest.mark.skipif(
    not (bundled() / COMPILED).is_file(), reason="only a wheel keeps a cache"
)


class Person:
    """A home folder with files of its own, and how often they were really read."""

    def __init__(self, home: Path) -> None:
        """Begin in *home*, which is empty."""
        self.home, self.parsed = home, 0
        self.cache = home / ".cache" / "acupress" / "own.jsonl"
        for name, text in (("points/mine", OWN_POINT), ("routines/mine", ROUTINE)):
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write *text* as the own file *name*."""
        path = self.home / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    def read(self) -> OwnFiles:
        """Return what a command would read, from the cache if it may."""

        def parse() -> OwnFiles:
            self.parsed += 1
            return read_own(own_files(self.home), BASE)

        environment = {"HOME": str(self.home)}
        return read_cached(own_files(self.home), BASE, parse, environment)


@pytest.fixture
def person(tmp_path: Path) -> Person:
    """Return somebody with a point and a routine, neither of them read yet."""
    return Person(tmp_path)


def holding(own: OwnFiles) -> object:
    """Return all that *own* holds, without what is read only when it is used."""
    catalogue = own.catalogue
    names = {name: tuple(codes) for name, codes in catalogue.names.names.items()}
    return own.points, own.routines, names, catalogue.words(), own[1:]


def test_it_holds_what_the_files_hold(person: Person) -> None:
    """The second reading parses nothing, and every value is the same."""
    first, second = person.read(), person.read()

    assert holding(first) == holding(second)
    assert len(second.points) == len(second.routines) == 1
    assert person.parsed == 1


def test_a_changed_file_is_read_anew(person: Person) -> None:
    """A file that changed, came or went is seen at once, whatever its date says."""
    changes: tuple[Callable[[], object], ...] = (
        lambda: person.write("routines/mine", ROUTINE.replace("hold: 10", "hold: 12")),
        lambda: person.write("routines/two", ROUTINE.replace("id: mine", "id: two")),
        (person.home / "routines" / "two.yaml").unlink,
    )
    person.read()
    for number, change in enumerate(changes, 2):
        change()
        strict = read_own(own_files(person.home), BASE)

        assert holding(person.read()) == holding(strict), number
        assert person.parsed == number


def test_a_fault_is_never_kept(person: Person) -> None:
    """Files with a fault are read each time, and nothing of them is kept."""
    person.write("routines/mine", ROUTINE.replace("KI27", "nowhere"))

    assert [len(person.read().faults) for _ in range(2)] == [1, 1]
    assert person.parsed == 2
    assert not person.cache.exists()


def test_a_cache_that_is_not_ours_is_not_used(person: Person) -> None:
    """One that others can write, or that is damaged, is not used but replaced."""
    needs_unix()
    strict = holding(person.read())
    whole = person.cache.read_bytes()
    damages: tuple[Callable[[], object], ...] = (
        lambda: person.cache.chmod(0o666),
        lambda: person.cache.parent.chmod(0o777),
        lambda: person.cache.write_bytes(whole[: len(whole) // 2]),
        lambda: person.cache.write_bytes(
            whole.replace(b'"version":"', b'"version":"0')
        ),
        lambda: person.cache.write_bytes(b""),
        person.cache.unlink,
    )
    for number, damage in enumerate(damages, 2):
        damage()

        assert holding(person.read()) == strict, number
        assert person.parsed == number
        assert person.cache.read_bytes() == whole


def test_a_damaged_line_is_read_from_the_files(person: Person) -> None:
    """A line that can not be parsed is replaced by what the files hold."""
    strict = holding(person.read())
    damaged = person.cache.read_bytes().replace(b'"avoid"', b'"aviod"', 1)
    damaged = damaged.replace(b'"caution"', b'"cuation"', 1)
    damaged = damaged.replace(b'"ok"', b'"OK"', 1)
    person.cache.write_bytes(damaged)

    assert holding(person.read()) == strict
    assert person.parsed == 2


def test_nothing_in_it_is_trusted_as_bundled(person: Person) -> None:
    """Whatever it says of an origin or a level, no point of one's own becomes ok."""
    person.read()
    changed = person.cache.read_bytes().replace(b'"own"', b'"bundled"')
    person.cache.write_bytes(changed)
    own = person.read()

    assert person.parsed == 1
    assert b'"bundled"' in person.cache.read_bytes()
    assert {each.origin for each in own.points} == {Origin.OWN}
    assert {each.origin for each in own.routines} == {Origin.OWN}
    assert all(level(point) is not PregnancyLevel.OK for point in own.points)


def test_without_a_place_for_it(person: Person) -> None:
    """Where nothing can be written, the files are read each time, without a word."""
    shutil.rmtree(person.home / ".cache", ignore_errors=True)
    (person.home / ".cache").write_text("a file", "utf-8")

    assert holding(person.read()) == holding(person.read())
    assert person.parsed == 2
