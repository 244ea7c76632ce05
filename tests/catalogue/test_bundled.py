"""What the files in a folder of data may say, and how every fault is refused."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from acupress.catalogue.bundled import (
    read_aches,
    read_points,
    read_reference,
    read_routines,
    read_sources,
)
from acupress.catalogue.charts import read_charts
from acupress.catalogue.nodes import Node, plain_value
from acupress.catalogue.points import point_from
from acupress.catalogue.reference import REFERENCE
from acupress.catalogue.routines import routine_from
from acupress.catalogue.strictyaml import parse
from acupress.errors import FileError
from acupress.model import (
    NEVER_PRESSED,
    ONLY_TOLD_OF,
    Pattern,
    Point,
    PointKind,
    PregnancyLevel,
    Sides,
    Tier,
)
from acupress.paths import bundled
from acupress.session.screening import FLOOR, level
from support.catalogue import POINTS, ROUTINES, SOURCES

DATA = bundled()
CODES = sorted(
    path.stem for path in (DATA / "points").glob("*.yaml") if path.name != REFERENCE
)
ROUTINE_IDS = sorted(path.stem for path in (DATA / "routines").glob("*.yaml"))
RECORDS = [
    *(f"points/{code}" for code in CODES),
    *(f"routines/{name}" for name in ROUTINE_IDS),
]
FILES = [*RECORDS, "sources"]
BL60, LOWER = "points/BL60", "routines/lower-back"
STRICTNESS = {PregnancyLevel.OK: 0, PregnancyLevel.CAUTION: 1, PregnancyLevel.AVOID: 2}


@cache
def shipped(name: str) -> str:
    """Return the text of a shipped file, such as ``points/BL60``."""
    return (DATA / f"{name}.yaml").read_text("utf-8")


@cache
def tree(name: str) -> Node:
    """Return a shipped file as a node."""
    return parse(shipped(name).encode(), name)


def first_fault(name: str, node: Node) -> str:
    """Return ``LINE:COLUMN: why`` *node* is no point or routine; else nothing."""
    faults: list[FileError] = []
    if name.startswith("points"):
        point_from(node, SOURCES, faults)
    else:
        routine_from(node, POINTS, SOURCES, faults)
    if not faults:
        return ""
    first = min(faults, key=lambda fault: (fault.line, fault.column))
    return f"{first.line}:{first.column}: {first.message}"


def point_in(text: str) -> Point | None:
    """Return the point that a file with this *text* gives, unless it is refused."""
    faults: list[FileError] = []
    try:
        point = point_from(parse(text.encode(), "a.yaml"), SOURCES, faults)
    except FileError:
        return None
    return None if faults else point


class Folder:
    """A folder of data that holds only what a test puts into it."""

    def __init__(self, root: Path) -> None:
        """Make the folder at *root*, without any file."""
        self.root = root
        for name in ("points", "routines"):
            (root / name).mkdir()

    def write(self, name: str, text: str) -> Path:
        """Write the file *name*, such as ``points/BL60``."""
        path = self.root / f"{name}.yaml"
        path.write_text(text, "utf-8")
        return path

    def load(self, name: str) -> None:
        """Read the part of this folder that the file *name* is in."""
        if name.startswith("points"):
            read_points(self.root, SOURCES)
        elif name.startswith("routines"):
            read_routines(self.root, POINTS, SOURCES)
        elif name == "aches":
            read_aches(self.root, ROUTINES, SOURCES)
        elif name in {"charts", "extra-points"}:
            read_charts(self.root, SOURCES, ())
        else:
            read_sources(self.root)

    def complaint(self, name: str) -> str:
        """Return the error that reading the part of *name* ends in, or nothing."""
        try:
            self.load(name)
        except FileError as error:
            return str(error)
        return ""

    def accepts(self, name: str, text: str) -> bool:
        """Return whether the file *name* may say *text*."""
        return not self.refusal(name, text)

    def refusal(self, name: str, text: str) -> str:
        """
        Return ``LINE:COLUMN: why`` the file *name* may not say *text*, or nothing.

        The file is gone again afterwards.
        """
        path = self.write(name, text)
        said = self.complaint(name)
        path.unlink()
        if said:
            assert said.startswith(f"{path}:")
            assert said.isprintable()
        return said.removeprefix(f"{path}:")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return an empty folder of data."""
    return Folder(tmp_path)


def changed(name: str, *changes: tuple[str, str]) -> str:
    """Return a shipped file in which each of *changes* replaces one text by another."""
    return altered(shipped(name), *changes)


def altered(text: str, *changes: tuple[str, str]) -> str:
    """Return *text* in which each of *changes* replaces one text by another."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def place_of(name: str, text: str) -> str:
    """Return ``LINE:COLUMN`` of the first *text* in a shipped file."""
    return place_in(shipped(name), text)


def place_in(whole: str, text: str) -> str:
    """Return ``LINE:COLUMN`` of the first *text* in *whole*."""
    before = whole[: whole.index(text)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


# Every key

# The keys that a file of each kind may leave out. In the shipped ones no other may be
# missing; the values of these are compared with the tables of test_data.py.
OPTIONAL = {
    "points": {"find_partner", "breath"},
    "routines": {"ball", "standing", "prone", "replacements"},
    "sources": set[str](),
}


def keys(node: Node) -> list[tuple[str, int, int]]:
    """Return every key of *node* and within it, with its line and column."""
    match node.value:
        case dict() as entries:
            own = [(key, *node.keys[key]) for key in entries]
            return own + [each for value in entries.values() for each in keys(value)]
        case tuple() as items:
            return [each for item in items for each in keys(item)]
        case _:
            return []


def few(name: str) -> str:
    """Return the text of a shipped file, of ``sources`` only the first four."""
    text = shipped(name)
    return "  - id: ".join(text.split("  - id: ")[:5]) if name == "sources" else text


def keys_in(text: str) -> list[tuple[str, int, int]]:
    """Return every key in *text*, with its line and column."""
    return keys(parse(text.encode(), "a.yaml"))


def changes_of(
    node: Node, change: Callable[[Node, str], Node]
) -> Iterator[tuple[str, tuple[int, int], Node]]:
    """Yield each key of *node* with its place, and *node* with that key changed."""
    match node.value:
        case dict() as entries:
            for key, value in entries.items():
                yield key, node.keys[key], change(node, key)
                for inner, place, changed in changes_of(value, change):
                    whole = replace(node, value={**entries, key: changed})
                    yield inner, place, whole
        case tuple() as items:
            for at, item in enumerate(items):
                for inner, place, changed in changes_of(item, change):
                    yield (
                        *(inner, place),
                        replace(node, value=(*items[:at], changed, *items[at + 1 :])),
                    )
        case _:
            pass


def deleted(node: Node, key: str) -> Node:
    """Return a mapping without its *key*."""
    assert isinstance(node.value, dict)
    return replace(node, value={k: v for k, v in node.value.items() if k != key})


def misspelt(node: Node, key: str) -> Node:
    """Return a mapping with the last letter of its *key* doubled."""
    assert isinstance(node.value, dict)
    wrong = f"{key}{key[-1]}"
    return replace(
        node,
        value={wrong if k == key else k: v for k, v in node.value.items()},
        keys={wrong if k == key else k: place for k, place in node.keys.items()},
    )


def hint(key: str) -> str:
    """Return what is said about *key* with its last letter doubled."""
    return f"unknown key '{key}{key[-1]}': did you mean '{key}'?"


def without(lines: list[str], line: int, column: int) -> str:
    """Return *lines* without the key at *line* and *column*, and its value."""
    first, dent = line - 1, column - 1
    end = first + 1
    while end < len(lines) and lines[end].startswith(" " * column):
        end += 1
    rest = lines[end:]
    if lines[first][:dent].endswith("- "):
        rest[0] = lines[first][:dent] + rest[0][dent:]
    return "\n".join([*lines[:first], *rest]) + "\n"


# One file of each kind, with every key that is not optional: for tests that change the
# text of a file, which is slower than to change what was parsed.
OF_EACH_KIND = (BL60, LOWER, "sources")


def test_a_missing_key() -> None:
    """Whatever key of a point or routine is deleted, it is refused, unless optional."""
    assert {
        name: fault for name in RECORDS if (fault := first_fault(name, tree(name)))
    } == {}
    assert [
        (name, key)
        for name in RECORDS
        for key, _, changed in changes_of(tree(name), deleted)
        if key not in OPTIONAL[name.partition("/")[0]]
        and not first_fault(name, changed)
    ] == []


def test_a_missing_key_in_a_file(folder: Folder) -> None:
    """Whatever lines of a key are deleted, the file is refused, unless optional."""
    accepted = []
    for name in OF_EACH_KIND:
        lines = few(name).splitlines()
        assert folder.refusal(name, few(name)) == ""
        accepted += [
            (name, key)
            for key, line, column in keys_in(few(name))
            if key not in OPTIONAL[name.partition("/")[0]]
            and folder.accepts(name, without(lines, line, column))
        ]

    assert accepted == []


def test_a_misspelt_key() -> None:
    """Whatever key of a point or routine is misspelt, the right one is suggested."""
    assert [
        (name, key, said)
        for name in RECORDS
        for key, (line, column), changed in changes_of(tree(name), misspelt)
        if (said := first_fault(name, changed)) != f"{line}:{column}: {hint(key)}"
    ] == []


def test_a_misspelt_key_in_a_file(folder: Folder) -> None:
    """Whatever key is misspelt, the file is refused with the right spelling."""
    wrong = []
    for name in OF_EACH_KIND:
        lines = few(name).splitlines()
        for key, line, column in keys_in(few(name)):
            old = lines[line - 1]
            new = f"{old[: column - 1]}{key}{key[-1]}{old[column - 1 + len(key) :]}"
            said = folder.refusal(
                name, "\n".join([*lines[: line - 1], new, *lines[line:]])
            )
            if said != f"{line}:{column}: {hint(key)}":
                wrong.append((name, key, said))

    assert wrong == []


# Files that together have every key in every place that it may have.
WITH_EVERY_KEY = (
    *("points/BL23", "points/GB10", "routines/desk-break", "routines/hip"),
    *("routines/lower-back-partner", "routines/nausea", "sources"),
)


def paths_of(node: Node, path: str) -> set[str]:
    """Return where each key of *node* stands, such as ``routines steps hold``."""
    match node.value:
        case dict() as entries:
            inner = [paths_of(each, f"{path} {key}") for key, each in entries.items()]
            return {f"{path} {key}" for key in entries}.union(*inner)
        case tuple() as items:
            return set().union(*(paths_of(item, path) for item in items))
        case _:
            return set()


def test_the_files_with_every_key() -> None:
    """No file has a key in a place where none of these files has it."""
    every, some = (
        {
            path
            for name in names
            for path in paths_of(tree(name), name.partition("/")[0])
        }
        for names in (FILES, WITH_EVERY_KEY)
    )

    assert every - some == set()


def test_a_key_line_twice(folder: Folder) -> None:
    """Whatever line with a key stands twice, the file is refused."""
    accepted = []
    for name in WITH_EVERY_KEY:
        lines = few(name).splitlines()
        accepted += [
            (name, line)
            for line in {line for _, line, _ in keys_in(few(name))}
            if folder.accepts(name, "\n".join([*lines[:line], *lines[line - 1 :]]))
        ]

    assert accepted == []


def test_no_line_taken_out_loosens_a_point() -> None:
    """Without any one of its lines a point is refused, or as strict in pregnancy."""
    looser = []
    for code, whole in POINTS.items():
        if whole.pregnancy is PregnancyLevel.OK:
            continue  # nothing is less strict
        lines = shipped(f"points/{code}").splitlines()
        for number, line in enumerate(lines):
            point = point_in("\n".join([*lines[:number], *lines[number + 1 :]]))
            if point and STRICTNESS[point.pregnancy] < STRICTNESS[whole.pregnancy]:
                looser.append((code, line))

    assert looser == []


def test_no_file_loosens_the_floor() -> None:
    """Where a file says ok, a point of the floor is still to avoid; another is ok."""
    levels = {}
    for code, old in POINTS.items():
        tier = old.pregnancy_tier.value if old.pregnancy_tier else "none"
        point = point_in(
            changed(
                f"points/{code}",
                (f"\npregnancy: {old.pregnancy.value}\n", "\npregnancy: ok\n"),
                (f"\npregnancy_tier: {tier}\n", "\npregnancy_tier: none\n"),
            )
        )
        assert point, code
        levels[code] = level(point)

    assert levels == {
        code: PregnancyLevel.AVOID if code in FLOOR else PregnancyLevel.OK
        for code in POINTS
    }


# Values of a point

WRONG_LEVELS = [
    *("", "~", "null", "no", "yes", "true", "false", "0", "OK", "Ok", "AVOID"),
    *("Avoid", "'Avoid '", "'avoid '", "ok?", "[avoid]", "{avoid: ok}", "none"),
    *("safe", "unsure", "avoid caution", "'ok, avoid'", "''", "named", "aviod"),
]


def instead(
    folder: Folder, name: str, old: str, new: str, values: list[str]
) -> dict[str, str]:
    """
    Return what is said where *old* in a shipped file gives way to each of *values*.

    In *new*, ``{}`` stands for the value.
    """
    return {
        value: folder.refusal(name, changed(name, (old, new.replace("{}", value))))
        for value in values
    }


def other_than(said: dict[str, str], *, starts: str = "", ends: str) -> dict[str, str]:
    """Return the rows of *said* that do not start and end as they should."""
    return {
        value: each
        for value, each in said.items()
        if not (each.startswith(starts) and each.endswith(ends))
    }


def test_pregnancy_is_one_of_three_words(folder: Folder) -> None:
    """Only the three words are a level; no other is ever read as one."""
    said = instead(folder, BL60, "cy: avoid\n", "cy: {}\n", WRONG_LEVELS)
    line = place_of(BL60, "pregnancy: avoid").split(":")[0]
    expected = ": write one of: ok, caution, avoid"

    assert other_than(said, starts=f"{line}:", ends=expected) == {}


def test_pregnancy_tier_is_one_of_three_words(folder: Folder) -> None:
    """A tier is one of two words, or the word none."""
    values = ["null", "~", "", "Named", "ok", "avoid", "[named]"]
    said = instead(folder, BL60, "tier: named\n", "tier: {}\n", values)

    assert other_than(said, ends=": write one of: named, extra-care, none") == {}


def test_pregnancy_tier_fits_the_level(folder: Folder) -> None:
    """A point that is left out says how well that is known, and no other does."""
    expected = "write none for ok, and a tier otherwise"
    for name, old, new in (
        (BL60, "tier: named", "tier: none"),
        ("points/TE3", "tier: none", "tier: extra-care"),
    ):
        place = place_of(name, "pregnancy_tier")

        assert f"{place}: {expected}" == folder.refusal(name, changed(name, (old, new)))


HOLDS = [
    *("0", "-5", "1.5", "true", "1:30", ".nan", ".inf", "1000000000", "121", "~", ""),
    *("[30, 30]", "thirty", "1e1", "٣٠"),
]
MEANT = ["30.0", "'30'", "30s", "30 seconds", "030", "[30]"]


def test_hold_of_a_point(folder: Folder) -> None:
    """A hold is a whole number of seconds from 1 to 120, written plainly."""
    said = instead(folder, BL60, "seconds: 30\n", "seconds: {}\n", HOLDS)
    near = instead(folder, BL60, "seconds: 30\n", "seconds: {}\n", MEANT)
    line = place_of(BL60, "hold_seconds").split(":")[0]
    expected = ": write a whole number from 1 to 120"

    assert other_than(said, starts=f"{line}:", ends=expected) == {}
    assert other_than(near, starts=f"{line}:", ends="`hold_seconds: 30`") == {}


def test_repetitions_of_a_point(folder: Folder) -> None:
    """Repetitions are a whole number from 1 to 20."""
    values = ["0", "-1", "21", "1000000", "true", "3.5"]
    said = instead(folder, BL60, "repetitions: 3\n", "repetitions: {}\n", values)

    assert other_than(said, ends=": write a whole number from 1 to 20") == {}


def test_seconds_on_one_side_of_a_point(folder: Folder) -> None:
    """One side of a point gets three minutes at most."""
    place = place_of(BL60, "hold_seconds")
    too_long = f"{place}: more than 180 seconds on one side is too long"
    doses = {
        **dict.fromkeys([(30, 6), (90, 2), (120, 1)], ""),
        **dict.fromkeys([(120, 2), (19, 10)], too_long),
    }

    assert doses == {
        (hold, repetitions): folder.refusal(
            BL60,
            changed(
                BL60,
                ("seconds: 30\n", f"seconds: {hold}\n"),
                ("repetitions: 3\n", f"repetitions: {repetitions}\n"),
            ),
        )
        for hold, repetitions in doses
    }


def test_sides_fit_the_code(folder: Folder) -> None:
    """GV and CV lie on the middle line, all others on both sides."""
    rows = [
        ("GV4", "sides: middle", "sides: both", "write middle"),
        ("CV6", "sides: middle", "sides: both", "write middle"),
        ("BL60", "sides: both", "sides: middle", "write both"),
        ("GB10", "sides: both", "sides: middle", "write both"),
        (
            "CV6",
            "pattern: middle",
            "pattern: alternate",
            "CV6 needs the pattern middle",
        ),
        ("GV4", "pattern: middle", "pattern: both", "GV4 needs the pattern middle"),
        (
            "BL60",
            "pattern: one-then-other",
            "pattern: middle",
            "BL60 needs the pattern both, alternate or one-then-other",
        ),
    ]

    assert {
        (code, new): f"{place_of(f'points/{code}', old)}: {expected}"
        for code, old, new, expected in rows
    } == {
        (code, new): folder.refusal(
            f"points/{code}", changed(f"points/{code}", (old, new))
        )
        for code, old, new, _ in rows
    }


def test_code_is_a_who_code(folder: Folder) -> None:
    """Only the WHO's own codes are written, as far as each meridian counts."""
    wrong = ["B54", "B60", "UB60", "SJ3", "L14", "bl60", "BL 60", "BL060", "Kunlun"]
    beyond = ["BL68", "CV25", "GV29", "GV99", "XX9", "BL0", "EX-HN0"]
    said = "1:7: write a WHO code such as BL60"

    assert dict.fromkeys([*wrong, *beyond], said) == (
        instead(folder, BL60, "BL60", "'{}'", [*wrong, *beyond])
    )
    assert {"LІ4": f"{said}, in the letters A to Z"} == (
        instead(folder, BL60, "BL60", "'{}'", ["LІ4"])
    )


Row = tuple[str, str, str]


def unsaid(folder: Folder, name: str, rows: list[Row]) -> dict[tuple[str, str], str]:
    """
    Return the *rows* that are not refused as expected, each with what is said.

    A row is a text of the shipped file *name*, what it gives way to, and a part of
    what is to be said.
    """
    return {
        (old, new): said
        for old, new, expected in rows
        if expected not in (said := folder.refusal(name, changed(name, (old, new))))
    }


def test_wrong_values_of_a_point(folder: Folder) -> None:
    """Each value is of its kind, its closed set and its length."""
    rows = [
        ("name: Kunlun Mountains", f"name: {'x' * 10_000}", "60 characters"),
        ("aliases: [", f"aliases: [{'x, ' * 300}", "40 is the most"),
        ("hanzi: 崑崙", f"hanzi: {'崑' * 11}", "10 characters"),
        ("name: Kunlun Mountains", "name: ''", "write some text here"),
        ("name: Kunlun Mountains", "name: 60", 'write `name: "60"`'),
        ("name: Kunlun Mountains", "name: 1.50", "write text here"),
        ("regions: [", "regions: [knee, ", "write one of: lower-back"),
        ("body: ankle", "body: leg", "write one of: head"),
        ("cautions: [", "cautions: [fire, ", "write one of: abdomen"),
        (
            "cautions: [leg-veins]",
            "cautions: leg-veins",
            "write `cautions: [leg-veins]`",
        ),
        ("cautions: [leg-veins]", "cautions:", "write a list"),
        ("reach: self", "reach: alone", "write one of: self, either, partner"),
        ("pressure: medium", "pressure: hard", "write one of: light, medium"),
        ("kind: taught", "kind: Taught", "write `kind: taught`"),
        ("toned: kūnlún", "toned: kūnlóng", "write Kunlun with its tones"),
        ("kind: taught", "kind: reference", "unknown key 'find_partner'"),
        ("stop: Stop if", f"stop: {'x' * 160} if", "160 characters is the most"),
        ("stop: Stop if", "stop: 60\npress_if: Stop if", 'write `stop: "60"`'),
        ("find_partner: >-\n", f"find_partner: >-\n  {'x' * 700}\n", "700 characters"),
        ("pressure: medium", "breath: hold\npressure: medium", "write one of: in, out"),
        ("how_often: At", f"how_often: {'x' * 300} At", "300 characters is the most"),
        ("kind: taught\n", "kind: taught\nanswers: [no]\n", "unknown key 'answers'"),
    ]

    assert unsaid(folder, BL60, rows) == {}


def test_kind_that_cannot_be_read_is_the_only_fault(folder: Folder) -> None:
    """A misspelt kind does not make faults of the keys that depend on it."""
    text = changed(BL60, ("kind: taught", "kind: tought"))

    assert folder.refusal(BL60, text) == "2:7: write one of: taught, reference"


def refused_as_taught(folder: Folder, code: str) -> tuple[str, str]:
    """Return what is said of a taught point called *code*, and of a reference point."""
    middle = code[:2] in {"CV", "GV"}
    sides = ("sides: both", f"sides: {'middle' if middle else 'both'}")
    pattern = ("n: one-then-other", f"n: {'middle' if middle else 'one-then-other'}")
    taught = changed(BL60, ("code: BL60", f"code: {code}"), sides, pattern)
    reference = changed("points/GB10", ("code: GB10", f"code: {code}"), sides)
    name = f"points/{code}"
    return folder.refusal(name, taught), folder.refusal(name, reference)


def test_never_taught(folder: Folder) -> None:
    """At an artery of the neck there may be reference points, and none is taught."""
    said = "2:1: write reference: an artery of the neck lies here"
    codes = ("ST9", "ST10", "LI17", "LI18", "SI16", "SI17")

    assert dict.fromkeys(codes, (said, "")) == {
        code: refused_as_taught(folder, code) for code in codes
    }


ONLY_TOLD = {
    "the eye": ("BL1", "ST1"),
    "the windpipe": ("CV22", "ST11"),
    "the throat": ("CV23", "TE16"),
    "a large artery": ("HT1", "LR10", "LR12", "SP11", "SP12", "ST12", "ST30"),
    "thin, delicate skin": ("CV1", "GV1", "GV28"),
}


def test_only_told_of(folder: Folder) -> None:
    """Nor is a point taught at the eye, windpipe, throat, artery or thin skin."""
    places = {code: what for what, here in ONLY_TOLD.items() for code in here}

    assert places.keys() <= set(ONLY_TOLD_OF)
    assert {
        code: (f"2:1: write reference: {what} lies here", "")
        for code, what in places.items()
    } == {code: refused_as_taught(folder, code) for code in places}


def test_markup_is_only_text(folder: Folder) -> None:
    """What another program takes for markup is kept letter for letter."""
    old = "name: Kunlun Mountains"
    texts = ["[/]", "[bold]x", "[avoid in pregnancy]", ":warning:", "back\\"]
    names = []
    for text in texts:
        folder.write(BL60, changed(BL60, (old, f"name: '{text}'")))
        names += [point.name for point in read_points(folder.root, SOURCES).values()]

    assert texts == names


def test_unseen_characters(folder: Folder) -> None:
    """No text of a point holds a character that cannot be seen, nor its escape."""
    rows = []
    for character in ("\x1b", "\u202e", "\u200b", "\xad", "\x07"):
        expected = f"the character U+{ord(character):04X} cannot be seen"
        escaped = f'name: "\\U{ord(character):08x}"'
        rows += [
            ("name: Kunlun Mountains", f"name: Kunlun{character}", expected),
            ("name: Kunlun Mountains", escaped, expected),
        ]

    assert unsaid(folder, BL60, rows) == {}


# Names

CLASHES = [
    *("GB21", "gb 21", "Shoulder Well", "shoulder-well", "SHOULDERWELL", "肩井"),
    *("Jianjing", "jiān jǐng", "ＧＢ２１"),
]


def test_alias_that_names_a_later_point(folder: Folder) -> None:
    """An alias is no other point's name, whichever file is read first."""
    folder.write("points/GB21", shipped("points/GB21"))
    said = {}
    for alias in CLASHES:
        folder.write("points/GB10", changed("points/GB10", ("s: []", f"s: [{alias}]")))
        said[alias] = folder.complaint("points")

    assert {
        a: each for a, each in said.items() if not re.search("GB(10|21)", each)
    } == {}


def test_alias_that_names_an_earlier_point(folder: Folder) -> None:
    """Both files are named where an alias is another point's name."""
    folder.write("points/GB10", shipped("points/GB10"))
    aliases = ["Floating White", "浮白", "fu-bai"]
    said = instead(folder, "points/GB21", "s: []", "s: [{}]", aliases)
    place = place_of("points/GB21", "aliases")

    assert other_than(said, starts=f"{place}: ", ends="") == {}
    assert {alias: each for alias, each in said.items() if "GB10" not in each} == {}


def test_names_are_unique(folder: Folder) -> None:
    """The name, the characters and the aliases of a point are its own."""
    folder.write("points/GB10", shipped("points/GB10"))
    for key, old, new in (
        ("name", "name: Shoulder Well", "name: floating  WHITE"),
        ("hanzi", "hanzi: 肩井", "hanzi: 浮白"),
        ("aliases", "aliases: []", "aliases: [GB10]"),
    ):
        said = folder.refusal("points/GB21", changed("points/GB21", (old, new)))

        assert said.startswith(f"{place_of('points/GB21', f'{key}:')}: "), key
        assert "GB10" in said, key


def test_pinyin_may_be_alike(folder: Folder) -> None:
    """Two points may be spelt alike in pinyin: asking which is meant is allowed."""
    folder.write("points/GB10", shipped("points/GB10"))
    text = changed(
        "points/GB21",
        ("pinyin: Jianjing", "pinyin: Fubai"),
        ("toned: jiānjǐng", "toned: fūbǎi"),
    )

    assert folder.accepts("points/GB21", text)


def test_alias_that_means_another_point(folder: Folder) -> None:
    """No alias is a code of another point or a name of two, loaded or not."""
    place = place_of("points/GB21", "aliases")
    meant = {
        "Zhongzhu": "means TE3 or KI15",
        "Sea of Vitality": "means BL23 or BL52",
        "Renzhong": "means GV26",
    }
    codes = ("B54", "UB40", "SJ3", "BL 40", "gb 10", "GB21", "LU1 and LU2")
    meant |= dict.fromkeys(codes, "reads as a code")

    assert {
        alias: f"{place}: {alias!r} {what}: take it out"
        for alias, what in meant.items()
    } == instead(folder, "points/GB21", "s: []", "s: [{}]", list(meant))


# Reference points, many in one file

LU1: dict[str, object] = {
    "code": "LU1",
    "name": "Middle Assembly",
    "pinyin_toned": "zhōngfǔ",
    "hanzi": "中府",
    "aliases": ["Central Treasury"],
    "body": "chest",
    "reach": "self",
    "cautions": ["bone"],
    "pregnancy": "caution",
    "pregnancy_basis": "unrated",
    "notes": ["A note."],
    "source": "who-2008",
    "name_source": "acupress",
    "where": "On the outer chest.",
}
ST9: dict[str, object] = {
    **LU1,
    "code": "ST9",
    "name": "Man's Welcome",
    "pinyin_toned": "rényíng",
    "hanzi": "人迎",
    "aliases": [],
    "never_press": True,
}
LISTED: dict[str, object] = {
    "pregnancy": "ok",
    "pregnancy_basis": "listed",
    "pregnancy_note": "Nobody leaves it out.",
}
MAY_BE_ABSENT = {"aliases", "notes", "source", "name_source"}


def many(*records: dict[str, object]) -> str:
    """Return a file of reference points, one in a line from the second on."""
    lines = [f"  - {json.dumps(record, ensure_ascii=False)}" for record in records]
    return "\n".join(["points:", *lines, ""])


def lacking(record: dict[str, object], key: str) -> dict[str, object]:
    """Return *record* without *key*."""
    return {name: value for name, value in record.items() if name != key}


def references(folder: Folder, text: str) -> dict[str, Point]:
    """Return the reference points that a file with this *text* gives."""
    folder.write("points/reference", text)
    return dict(read_reference(folder.root, POINTS, SOURCES))


def refused(folder: Folder, text: str) -> str:
    """Return ``LINE:COLUMN: why`` the reference points may not say *text*, if so."""
    path = folder.write("points/reference", text)
    try:
        assert read_reference(folder.root, POINTS, SOURCES)
    except FileError as error:
        return str(error).removeprefix(f"{path}:")
    return ""


def test_a_reference_point(folder: Folder) -> None:
    """Kind, sides, tier, the usual note and sources are filled in by rules."""
    point = references(folder, many(LU1, ST9))["LU1"]

    assert point.technique is None
    assert (point.kind, point.sides) == (PointKind.REFERENCE, Sides.BOTH)
    assert point.pinyin == "Zhongfu"
    assert point.where == point.find
    assert (
        point.pregnancy,
        point.pregnancy_tier,
    ) == (PregnancyLevel.CAUTION, Tier.EXTRA_CARE)
    assert "not rated" in point.pregnancy_note
    assert {"names", "where", "find", "pregnancy", "cautions"} == {
        what for citation in point.citations for what in citation.supports
    }


def test_a_missing_key_of_a_reference_point(folder: Folder) -> None:
    """Whatever key is deleted, the file is refused, unless the key is optional."""
    said = {key: refused(folder, many(lacking(ST9, key))) for key in ST9}

    assert {key for key, each in said.items() if not each} == MAY_BE_ABSENT
    assert {key: each for key, each in said.items() if each and key not in each} == {}


def test_a_misspelt_key_of_a_reference_point(folder: Folder) -> None:
    """A misspelt key is refused with the right spelling."""
    said = {
        key: refused(folder, many({**lacking(ST9, key), f"{key}{key[-1]}": ST9[key]}))
        for key in ST9
    }

    assert {key: each for key, each in said.items() if hint(key) not in each} == {}


def test_what_a_reference_point_may_not_say(folder: Folder) -> None:
    """Every fault of the long list is refused at its own line."""
    rows: list[tuple[dict[str, object], str]] = [
        ({"code": "BL60"}, "BL60 has a file of its own: take this entry out"),
        ({"code": "B54"}, "write a WHO code such as BL60"),
        ({"name": "Kunlun Mountains"}, "already names BL60, in BL60.yaml"),
        ({"hanzi": "崑崙"}, "already names BL60, in BL60.yaml"),
        ({"aliases": ["hegu"]}, "already names LI4, in LI4.yaml"),
        ({"aliases": ["rényíng"]}, "already names ST9, in reference.yaml"),
        ({"aliases": ["zhongzhu"]}, "'zhongzhu' means TE3 or KI15: take it out"),
        ({"pregnancy": "ok"}, "write caution, or another pregnancy_basis"),
        ({"pregnancy_basis": "region"}, "write avoid, or another pregnancy_basis"),
        ({"pregnancy_basis": "named"}, "write avoid, or another pregnancy_basis"),
        ({"pregnancy_basis": "listed"}, "the key 'pregnancy_note' is missing"),
        ({"pregnancy_basis": "rated"}, "write one of: named, listed, region, unrated"),
        ({"pregnancy_note": "None."}, "take the pregnancy_note out: unrated has"),
        ({"never_press": True}, "take out `never_press: true` at LU1"),
        ({"source": "nowhere"}, "'nowhere' is not in sources.yaml"),
        ({"name_source": "nowhere"}, "'nowhere' is not in sources.yaml"),
        ({"hold_seconds": 30}, "unknown key 'hold_seconds'"),
        ({"sides": "both"}, "unknown key 'sides'"),
        ({"cautions": ["pain"]}, "write one of: abdomen"),
        ({"where": "x" * 301}, "300 characters is the most"),
    ]
    said = [
        (changes, expected, refused(folder, many(ST9, {**LU1, **changes})))
        for changes, expected in rows
    ]

    assert [
        row for row in said if not row[2].startswith("3:") or row[1] not in row[2]
    ] == []


def test_a_reference_point_given_twice(folder: Folder) -> None:
    """The long list has a point once."""
    assert "LU1 is here twice: take this entry out" in refused(folder, many(LU1, LU1))


def test_never_press_is_written_where_it_holds(folder: Folder) -> None:
    """The warning of a point that is never pressed can not be left out of the file."""
    for code in sorted(NEVER_PRESSED):
        text = many(lacking({**ST9, "code": code}, "never_press"))

        assert f"write `never_press: true` at {code}" in refused(folder, text)
        (point,) = references(folder, many({**ST9, "code": code})).values()
        assert point.never_press, code


def test_a_listed_point_says_why_it_has_its_level(folder: Folder) -> None:
    """Where no rule decides the level in pregnancy, the note is the record's own."""
    (point,) = references(folder, many({**LU1, **LISTED})).values()

    assert (point.pregnancy, point.pregnancy_tier) == (PregnancyLevel.OK, None)
    assert point.pregnancy_note == "Nobody leaves it out."


def test_reference_points_rest_on_sources(folder: Folder) -> None:
    """A source that all of them rest on cannot be taken out."""
    folder.write("points/reference", many(LU1))
    for name in ("who-2008", "wikipedia-points", "who-1999"):
        sources = {each: source for each, source in SOURCES.items() if each != name}

        with pytest.raises(FileError, match=name):
            read_reference(folder.root, POINTS, sources)


def test_the_long_list_is_only_read_when_asked_for(folder: Folder) -> None:
    """Points with a file each are read without it, whatever it holds."""
    folder.write(BL60, shipped(BL60))
    folder.write("points/reference", "points: [")

    assert list(read_points(folder.root, SOURCES)) == ["BL60"]


def test_no_long_list(folder: Folder) -> None:
    """A missing file is one clear error."""
    with pytest.raises(FileError, match=r"reference\.yaml.*cannot be read"):
        read_reference(folder.root, POINTS, SOURCES)


# Sources


def supported(name: str) -> set[str]:
    """Return every statement that some source of a shipped file supports."""
    lists = re.findall(r"supports: \[(.*)\]", shipped(name))
    return {word for each in lists for word in each.split(", ")}


def test_every_statement_needs_a_source() -> None:
    """A statement that no source supports is refused, whichever it is."""
    wrong = []
    for name in RECORDS:
        place = place_of(name, "sources:")
        for word in sorted(supported(name)):
            text = re.sub(rf"(supports: \[.*?)\b{word}\b(?:, )?", r"\1", shipped(name))
            said = first_fault(name, parse(text.encode(), name))
            if said != f"{place}: no source supports: {word}":
                wrong.append((name, word, said))

    assert wrong == []


# A taught point, a reference point and a routine: they make different statements.
STATING = (BL60, "points/GB10", LOWER)


def test_no_sources_at_all(folder: Folder) -> None:
    """A record without sources is refused, and every statement is listed."""
    for name in STATING:
        text = shipped(name)[: shipped(name).rindex("\nsources:")] + "\nsources: []\n"
        expected = f"no source supports: {', '.join(sorted(supported(name)))}"

        assert folder.refusal(name, text).endswith(expected), name


def test_source_that_is_not_listed(folder: Folder) -> None:
    """A source is listed in sources.yaml before anything rests on it."""
    expected = ": 'my-book' is not in sources.yaml: add it there first"
    for name in (BL60, LOWER):
        text = changed(name, ("- id: article", "- id: my-book"))

        assert folder.refusal(name, text).endswith(expected), name


def test_unknown_statement(folder: Folder) -> None:
    """A source supports statements that the record makes, and no others."""
    words = ["wheree", "truth", "a name"]
    for name in STATING:
        said = instead(folder, name, "supports: [", "supports: [{}, ", words)
        expected = f": write one of: {', '.join(sorted(supported(name)))}"

        assert other_than(said, ends=expected) == {}, name


def test_source_given_twice(folder: Folder) -> None:
    """An id belongs to one source only."""
    again = shipped("sources").replace("- id: acupress\n", "- id: article\n", 1)
    place = place_of("sources", "id: acupress")

    assert f"{place}: 'article' is given twice" == folder.refusal("sources", again)


def test_address_of_a_source(folder: Folder) -> None:
    """An address is an https address, or nothing."""
    addresses = [
        *("http://who.int", "who.int", "https://", "https:// who.int", "ftp://x.y"),
        *("https://who", "javascript:alert(1)", "https://who.int/a b", "HTTPS://X.Y"),
    ]
    said = instead(folder, "sources", 'url: ""', "url: '{}'", addresses)
    expected = 'write an https address, or "" where there is none'

    assert other_than(said, ends=expected) == {}


def test_id_of_a_source(folder: Folder) -> None:
    """An id is lower-case words joined by hyphens."""
    words = ["-who", "who--x", "2"]
    said = instead(folder, "sources", "id: article", "id: '{}'", words)
    near = instead(folder, "sources", "id: article", "id: '{}'", ["WHO 08", "who_08"])

    assert other_than(said, ends="words joined by hyphens") == {}
    assert other_than(near, ends="write `id: who-08`") == {}


# Routines


def as_shipped() -> str:
    """Return the lower back, where one side is done and then the other."""
    return shipped(LOWER)


def in_turn() -> str:
    """Return the lower back with its knees in turn, which no shipped file has."""
    one_leg = "pattern: one-then-other\n    hold: 30\n    repetitions: 4\n"
    in_turn = one_leg.replace("one-then-other", "alternate")
    return changed(
        LOWER,
        (one_leg, in_turn),
        ("rest: 5\n    switch: 10", "switch: 5\n    first_switch: 10"),
    )


def test_wrong_values_of_a_routine(folder: Folder) -> None:
    """A step or routine with a wrong value is refused."""
    rows = [
        ("point: CV6", "point: ST35", "ST35 is not in the catalogue"),
        ("point: CV6", "point: B54", "a WHO code such as BL60"),
        ("point: CV6", "point: Qihai", "a WHO code such as BL60"),
        ("point: CV6", "point: LІ4", "such as BL60, in the letters A to Z"),
        ("point: CV6", "point: L14", "a WHO code such as BL60"),
        (
            "point: CV6",
            "point: GB10",
            "GB10 is a reference point and can not be a step",
        ),
        ("region: lower-back", "region: knee", "write one of: lower-back"),
        ("partner: false", "partner: no", "write `partner: false`"),
        ("order: 1", "order: 0", "a whole number from 1 to 99"),
        ("order: 1", "order: first", "a whole number from 1 to 99"),
        ("pattern: middle", "pattern: alternate", "the key 'switch' is missing"),
        ("pattern: middle", "pattern: midle", "write one of: middle, both"),
        ("hold: 60", "hold: 121", "a whole number from 1 to 120"),
        ("hold: 60", "hold: 0", "a whole number from 1 to 120"),
        ("hold: 60", "hold: 030", "write `hold: 30`"),
        ("hold: 60", "hold: true", "a whole number from 1 to 120"),
        ("repetitions: 2", "repetitions: 0", "a whole number from 1 to 20"),
        ("repetitions: 2", "repetitions: x", "a whole number from 1 to 20"),
        ("repetitions: 2", "repetitions: 1000000", "a whole number from 1 to 20"),
        ("setup: 15", "setup: 4", "a whole number from 5 to 60"),
        ("setup: 15", "setup: 61", "a whole number from 5 to 60"),
        ("rest: 30", "rest: 0", "a whole number from 1 to 60"),
        ("rest: 30", "rest: 61", "a whole number from 1 to 60"),
        ("switch: 10", "switch: 0", "a whole number from 1 to 60"),
        (
            "switch: 10",
            "switch: 10\n    first_switch: 0",
            "a whole number from 1 to 60",
        ),
        ("rank: 5", "rank: 0", "a whole number from 1 to 20"),
        ("rank: 5", "ball: maybe\n    rank: 5", "write true or false"),
        ("rank: 5", "standing: yes\n    rank: 5", "write `standing: true`"),
        ("rank: 5", "prone: on the bed\n    rank: 5", "write true or false"),
        ("how_often: At", f"how_often: {'x' * 200} At", "200 characters is the most"),
        ("pressure: light", "pressure: hard", "write one of: light, medium"),
        ("hold: 60", "hold: 120", "more than 180 seconds on one side is too long"),
        ("id: lower-back\n", "id: Lower\n", "write `id: lower`"),
        ("id: lower-back\n", "id: 1\n", "write text here"),
        ("title: Lower back", f"title: {'x' * 81}", "80 characters is the most"),
    ]

    assert unsaid(folder, LOWER, rows) == {}


def test_a_fault_in_a_step_is_the_only_one(folder: Folder) -> None:
    """A dose that cannot be read makes no faults of the gaps that fit it."""
    for text, old, expected in (
        (as_shipped(), "pattern: one-then-other", "write one of"),
        (in_turn(), "pattern: alternate", "write one of"),
        (as_shipped(), "repetitions: 4", "write a whole number"),
        (in_turn(), "repetitions: 4", "write a whole number"),
    ):
        line, column = place_in(text, old).split(":")
        value = int(column) + old.index(" ") + 1
        wrong = old.split(":", maxsplit=1)[0] + ": x"
        said = folder.refusal(LOWER, altered(text, (old, wrong)))

        assert said.startswith(f"{line}:{value}: {expected}"), old


def test_gaps_that_a_pattern_has_not(folder: Folder) -> None:
    """A gap that the pattern has no place for is to be taken out."""
    for text, old, new, key in (
        (as_shipped(), "rest: 30", "switch: 5\n    rest: 30", "switch"),
        (in_turn(), "switch: 5\n", "switch: 5\n    rest: 5\n", "rest"),
        (as_shipped(), "rest: 30", "first_switch: 5\n    rest: 30", "first_switch"),
        (as_shipped(), "repetitions: 2", "repetitions: 1", "rest"),
    ):
        said = folder.refusal(LOWER, altered(text, (old, new)))

        assert f"{key}: take it out" in said, (old, new)


def test_a_change_of_sides_needs_its_seconds(folder: Folder) -> None:
    """In turn or one side after the other, `switch` may not be left out."""
    text = in_turn()
    assert folder.refusal(LOWER, text) == ""
    for key in ("switch: 5", "switch: 10"):
        without_it = text.replace(f"    {key}\n", "", 1)
        said = folder.refusal(LOWER, without_it)

        assert "the key 'switch' is missing" in said, key


def test_the_first_change_of_sides_may_be_longer(folder: Folder) -> None:
    """Where `first_switch` is not given, it is as long as the other changes."""
    changes = []
    for text in (in_turn(), altered(in_turn(), ("    first_switch: 10\n", ""))):
        folder.write(LOWER, text)
        (routine,) = read_routines(folder.root, POINTS, SOURCES)
        (step,) = [each for each in routine.steps if each.point.code == "BL40"]
        assert (step.dose.pattern, step.rest) == (Pattern.ALTERNATE, 0)
        changes.append((step.switch, step.first_switch, step.seconds))

    assert changes == [
        (5, 10, 15 + 8 * 30 + 10 + 6 * 5),
        (5, 5, 15 + 8 * 30 + 5 + 6 * 5),
    ]


def test_midline_point_in_turn(folder: Folder) -> None:
    """A point on the middle line has no sides to change between."""
    text = changed(
        LOWER, ("pattern: middle", "pattern: alternate"), ("rest: 30", "switch: 5")
    )
    expected = f"{place_of(LOWER, 'pattern')}: CV6 needs the pattern middle"

    assert expected == folder.refusal(LOWER, text)


def test_no_key_of_a_routine_answers_a_question(folder: Folder) -> None:
    """No key of a routine can answer for a person."""
    keys = ("skip_screen", "pregnancy", "answers", "published")
    rows = [
        ("order: 1\n", f"order: 1\n{key}: ok\n", f"unknown key {key!r}") for key in keys
    ]

    assert unsaid(folder, LOWER, rows) == {}


def test_point_given_twice(folder: Folder) -> None:
    """A routine uses each of its points once."""
    text = changed(LOWER, ("point: LR3", "point: BL60"))
    expected = f"{place_of(LOWER, 'steps:')}: BL60 is given twice"

    assert expected == folder.refusal(LOWER, text)


def test_routine_without_steps(folder: Folder) -> None:
    """A routine has at least one step."""
    text = re.sub(r"(?s)\nsteps:.*\nsources:", "\nsteps: []\nsources:", shipped(LOWER))
    expected = f"{place_of(LOWER, 'steps:')}: has no steps: write at least one"

    assert expected == folder.refusal(LOWER, text)


def test_partner_point_alone(folder: Folder) -> None:
    """A point that needs a partner is no step of a routine without one."""
    name = "routines/lower-back-partner"
    text = changed(name, ("partner: true", "partner: false"))
    place = place_of(name, "partner: true")
    expected = f"{place}: GV4 needs a partner: write `partner: true`"

    assert expected == folder.refusal(name, text)


def test_thirty_minutes(folder: Folder) -> None:
    """A routine lasts 1800 seconds at most, to the second."""
    text = shipped(LOWER).replace("repetitions: 2", "repetitions: 3")
    text = text.replace("hold: 30\n    repetitions: 3", "hold: 60\n    repetitions: 3")
    text = text.replace("hold: 30\n    repetitions: 4", "hold: 45\n    repetitions: 4")
    text = text.replace("setup: 15", "setup: 60", 1)
    longest = text.replace("setup: 15", "setup: 35", 1)
    longer = text.replace("setup: 15", "setup: 36", 1)
    said = folder.refusal(LOWER, longer)
    folder.write(LOWER, longest)
    (routine,) = read_routines(folder.root, POINTS, SOURCES)

    assert sum(step.seconds for step in routine.steps) == 1800
    assert "last more than 30 minutes: take some out" in said


def test_routines_come_in_their_order(folder: Folder) -> None:
    """Routines are listed by the order they give themselves, then by id."""
    for name in ROUTINE_IDS:
        folder.write(f"routines/{name}", shipped(f"routines/{name}"))
    last = changed(LOWER, ("order: 1\n", "order: 99\n"))
    folder.write(LOWER, last)
    found = [each.id for each in read_routines(folder.root, POINTS, SOURCES)]

    assert found == [
        *("lower-back-gentle", "lower-back-partner", "upper-back"),
        *("upper-back-partner", "neck", "desk-break", "leg-pain", "hip", "relaxing"),
        *("sleep", "quiet", "nausea", "lower-back"),
    ]


NAUSEA, DESK = "routines/nausea", "routines/desk-break"


def test_published_holds(folder: Folder) -> None:
    """A longer hold needs a source that is known."""
    in_nausea = [
        ("hold: 150", "hold: 181", "a whole number from 1 to 180"),
        ("    published_hold: mskcc-pc6\n", "", "a whole number from 1 to 120"),
        ("published_hold: mskcc-pc6", "published_hold: me", "not in sources"),
        ("published_hold: mskcc-pc6", "published_hold: 6", "write text"),
        ("repetitions: 1", "repetitions: 2\n    rest: 5", "180 seconds on one"),
    ]

    assert unsaid(folder, NAUSEA, in_nausea) == {}


def test_published_hold_up_to_three_minutes(folder: Folder) -> None:
    """With a source a hold may last three minutes, and carries that source."""
    folder.write(NAUSEA, changed(NAUSEA, ("hold: 150", "hold: 180")))
    (routine,) = read_routines(folder.root, POINTS, SOURCES)
    (step,) = routine.steps

    assert (step.dose.hold, step.published_hold) == (180, SOURCES["mskcc-pc6"])


ON_THE_WRIST = """point: PC6
    pattern: one-then-other
    hold: 30
    repetitions: 1
    setup: 15
    switch: 5
"""
ON_THE_SPINE = """point: GV4
    pattern: middle
    hold: 30
    repetitions: 1
    setup: 15
"""


def test_replacements_are_steps(folder: Folder) -> None:
    """What stands in for a point is read and refused as any step is."""
    rows = [
        ("point: PC6", "point: GB20", "GB20 is given twice"),
        ("point: PC6", "point: GB10", "GB10 is a reference point"),
        (ON_THE_WRIST, ON_THE_SPINE, "GV4 needs a partner"),
        ("point: PC6", "point: ST35", "ST35 is not in the catalogue"),
        ("hold: 30\n    repetitions: 1", "hold: 121\n    repetitions: 1", "to 120"),
        ("replacements:\n", "replacements: some\nsome:\n", "`- point: some`"),
        ("replacements:\n", "replacements:\n  - word\n", "`- point: word`"),
    ]

    assert unsaid(folder, DESK, rows) == {}


def test_replacements_count_towards_thirty_minutes(folder: Folder) -> None:
    """A routine lasts 1800 seconds at most, its replacements included."""
    name = "routines/relaxing"
    step = shipped("routines/quiet").split("  - point: ")[2]
    text = changed(name, ("sources:\n", f"replacements:\n  - point: {step}sources:\n"))

    assert "last more than 30 minutes" in folder.refusal(name, text)


def test_no_replacements(folder: Folder) -> None:
    """A routine without replacements, or with none of them, has none."""
    text = changed(LOWER, ("sources:\n", "replacements: []\nsources:\n"))
    for each in (shipped(LOWER), text):
        folder.write(LOWER, each)
        (routine,) = read_routines(folder.root, POINTS, SOURCES)

        assert routine.replacements == ()


# Files


def test_file_is_called_what_it_holds(folder: Folder) -> None:
    """A file has the name of its record, so that no code is given twice."""
    for name, other, expected in (
        (BL60, "points/BL61", "1:1: this file must be called BL60.yaml"),
        (BL60, "points/bl60", "1:1: this file must be called BL60.yaml"),
        (LOWER, "routines/back", "1:1: this file must be called lower-back.yaml"),
    ):
        folder.write(name, shipped(name))

        assert expected == folder.refusal(other, shipped(name))


def test_file_without_a_record(folder: Folder) -> None:
    """An empty file, a list or a word is no record."""
    texts = ("", "# nothing\n", "- a\n", "word\n", "{}\n", "~\n")
    said = {
        (name, text): folder.refusal(name, text)
        for name in OF_EACH_KIND
        for text in texts
    }

    assert {row: each for row, each in said.items() if each[:5] != "1:1: "} == {}


def test_half_a_file(folder: Folder) -> None:
    """A file of which a part is missing is refused, not half read."""
    accepted = []
    for name in FILES:
        text = shipped(name)
        last = "says:" if "says:" in text else "good_for:"
        if folder.accepts(name, text[: text.rindex(last)]):
            accepted.append(name)

    assert accepted == []


def test_one_bad_file_among_good_ones(folder: Folder) -> None:
    """One file that is refused makes the whole folder unreadable."""
    folder.write(BL60, shipped(BL60))
    folder.write("points/GB21", shipped("points/GB21"))
    text = changed("points/TE3", ("pregnancy: ok", "pregnancy: OK"))

    assert "write one of" in folder.refusal("points/TE3", text)


def test_empty_folder(folder: Folder) -> None:
    """A folder without files says that the installation is damaged."""
    for name in ("points", "routines"):
        with pytest.raises(FileError) as caught:
            folder.load(name)
        message = "has no YAML files: the installation is damaged, install it again"

        assert f"{folder.root / name}:1:1: {message}" == str(caught.value)


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error of its own, not a bug."""
    nowhere = tmp_path / "nowhere"
    for load in (
        lambda: read_sources(nowhere),
        lambda: read_points(nowhere, SOURCES),
        lambda: read_routines(nowhere, POINTS, SOURCES),
    ):
        with pytest.raises(FileError, match="nowhere"):
            load()


def test_files_that_editors_leave(folder: Folder) -> None:
    """Hidden files, back-ups and files of other kinds are not records."""
    folder.write(BL60, shipped(BL60))
    points = folder.root / "points"
    (points / ".#BL60.yaml").symlink_to("someone@somewhere")
    for name in (".BL60.yaml.swp", "._BL60.yaml", "BL60.yaml~", "notes.txt"):
        (points / name).write_bytes(b"\x00")

    assert {"BL60"} == set(read_points(folder.root, SOURCES))


def test_folder_called_like_a_file(folder: Folder) -> None:
    """A folder where a file should be is refused and not entered."""
    (folder.root / "points" / "BL60.yaml").mkdir()
    with pytest.raises(FileError, match="is not a regular file"):
        folder.load("points")


def test_written_by_another_program(folder: Folder) -> None:
    """Files that another program has written anew hold the same records."""
    for name in FILES:
        values = plain_value(parse(shipped(name).encode(), name))
        folder.write(name, yaml.dump(values, Dumper=Anew, allow_unicode=True))

    assert read_sources(folder.root) == SOURCES
    assert read_points(folder.root, SOURCES) == POINTS
    assert read_routines(folder.root, POINTS, SOURCES) == ROUTINES


class Anew(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes YAML in another order and another style, without anchors."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's
        """Write everything out."""
        return True


def test_bundled_is_whole(tmp_path: Path) -> None:
    """A copy of the bundled data loads, and is what the bundled data is."""
    shutil.copytree(DATA, tmp_path / "data")
    sources = read_sources(tmp_path / "data")
    points = read_points(tmp_path / "data", sources)
    routines = read_routines(tmp_path / "data", points, sources)

    assert (sources, points, routines) == (SOURCES, POINTS, ROUTINES)


NECK = "aches:\n  - called: [neck, stiff neck]\n    routines: [neck]\n"
NO_SET = """\
aches:
  - called: [period pain]
    routines: []
    says: There is none.
    source: acupress
"""


def test_aches(folder: Folder) -> None:
    """An ache has routines that there are, or a sentence with its source."""
    assert folder.accepts("aches", NECK)
    assert folder.accepts("aches", NO_SET)


def test_wrong_aches(folder: Folder) -> None:
    """A routine that is none, or a sentence without a source, is refused."""
    rows = {
        NECK.replace("[neck]", "[nack]"): "3:16: write one of: lower-back, ",
        NECK.replace("[neck]", "[]"): "the key 'says' is missing",
        NO_SET.replace("    says: There is none.\n", ""): "the key 'says' is missing",
        NO_SET.replace("    source: acupress\n", ""): "the key 'source' is missing",
        NO_SET.replace("acupress", "nobody"): "'nobody' is not in sources.yaml",
        NO_SET.replace("called", "named"): "the key 'called' is missing",
    }

    assert {
        text: said
        for text, wanted in rows.items()
        if wanted not in (said := folder.refusal("aches", text))
    } == {}


CHART = """\
charts:
  - language: German
    sources: [acupress]
    meridians:
      LI: [Di, Dickdarm]
characters: [俞兪]
character_sources: []
readings:
  - language: Korean
    sources: [acupress]
    characters: [太태, 陽양, 列렬/열]
point_words: [Punkt]
"""
EXTRA = """\
sources: [acupress]
points:
  - {code: EX-HN5, pinyin: Taiyang, hanzi: 太陽, body: head, where: the temple}
"""


def test_charts(folder: Folder) -> None:
    """What other charts write is read as it is looked up."""
    folder.write("extra-points", EXTRA)
    folder.write("charts", CHART)
    charts = read_charts(folder.root, SOURCES, ())

    assert charts.letters == {
        "di": {"LI": ["German"]},
        "dickdarm": {"LI": ["German"]},
    }
    assert charts.characters == {"兪": "俞"}
    assert charts.words == ["Punkt"]
    assert charts.extra["EX-HN5"].where == "the temple"
    assert charts.read == {"태양": ["EX-HN5"]}


def test_wrong_charts(folder: Folder) -> None:
    """A meridian, a source, a code or a part of the body that is none is refused."""
    folder.write("extra-points", EXTRA)
    rows = {
        CHART.replace("LI:", "LX:"): "5:7: unknown key 'LX'",
        CHART.replace("[Di, Dickdarm]", "Di"): "write `LI: [Di]`",
        CHART.replace("sources: [acupress]", "sources: [nobody]"): "'nobody' is not in",
        CHART.replace("German", "german"): "write a language in English",
        CHART.replace("point_words", "words"): "unknown key 'words'",
        CHART.replace("meridians", "letters"): "the key 'meridians' is missing",
        CHART.replace("[俞兪]", "俞"): 'write `characters: ["俞"]`',
        CHART.replace("Korean", "korean"): "write a language in English",
        CHART.replace("[太태, 陽양, 列렬/열]", "太태"): 'write `characters: ["太태"]`',
    }

    assert {
        text: said
        for text, wanted in rows.items()
        if wanted not in (said := folder.refusal("charts", text))
    } == {}


def test_wrong_extra_points(folder: Folder) -> None:
    """An extra point has a code, a part of the body and a place."""
    folder.write("charts", CHART)
    rows = {
        EXTRA.replace("EX-HN5", "EX5"): "3:12: write a WHO code such as BL60",
        EXTRA.replace("body: head", "body: temple"): "write one of: head, face",
        EXTRA.replace(", where: the temple", ""): "the key 'where' is missing",
        EXTRA.replace("[acupress]", "[nobody]"): "'nobody' is not in sources.yaml",
    }

    assert {
        text: said
        for text, wanted in rows.items()
        if wanted not in (said := folder.refusal("extra-points", text))
    } == {}
