"""A person's own files: they add and tighten, and loosen nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from acupress.catalogue.contents import MOST_BYTES, OwnFiles
from acupress.catalogue.nodes import plain_value
from acupress.catalogue.ownfiles import Listed, distrusted, own_files
from acupress.catalogue.personal import read_own, sorted_files
from acupress.catalogue.schema import schema
from acupress.catalogue.strictyaml import parse
from acupress.config import read_config
from acupress.lookup import resolve as lookup
from acupress.lookup.resolve import index
from acupress.lookup.results import Index, combined
from acupress.model import LONGEST_ROUTINE, LONGEST_SIDE, Origin, PregnancyLevel
from acupress.paths import bundled
from acupress.session.screening import Answers, PregnancyAnswer, level, screen
from support.catalogue import CHARTS, EVERY, POINTS, REFERENCE, bundling
from support.command import acupress_
from support.factories import OWN_POINT, routine, step
from support.strategies import SOUP

ROOT = sys.platform != "win32" and os.geteuid() == 0
# The points with a file each, and the reference points that tests here name: enough to
# read own files beside, and much less to look through than all of them.
BUNDLED = {
    **POINTS,
    **{code: REFERENCE[code] for code in ("GB12", "ST9", "CV3", "CV4")},
}
NAMES = index(BUNDLED.values(), CHARTS)
BASE = bundling(BUNDLED)._replace(names=NAMES)
# Fewer still, for tests that read a file many times: all that these files can name.
FEW = {code: POINTS[code] for code in ("GB10", "GB21", "KI27", "LI4")}
ROUTINE = """\
id: mine
title: Mine
region: neck
steps:
  - point: KI27
  - {point: jian jing, hold: 10, repetitions: 3}
"""
Write = Callable[..., OwnFiles]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes and reads own files, by their names and texts."""

    def written(**texts: str) -> OwnFiles:
        for name, text in texts.items():
            kind, _, stem = name.partition("_")
            path = tmp_path / f"{kind}s" / f"{stem}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return read_own(own_files(tmp_path), BASE)

    return written


def faults(own: OwnFiles) -> list[str]:
    """Return the faults without their folder."""
    return [str(fault).rpartition("/")[2] for fault in own.faults]


def test_what_a_person_calls_a_point_comes_before_other_charts(write: Write) -> None:
    """A code of one's own may have letters of a Polish chart, and an extra's name."""
    text = OWN_POINT.replace("code: MYPT", "code: W3")
    text = text.replace("name: My own point", "name: Taiyang")
    own = write(point_mine=text)
    names = combined(NAMES, own.catalogue.names)

    assert faults(own) == []

    def meant(typed: str, among: Index) -> tuple[str, ...]:
        return lookup.codes(lookup.resolve(typed, among))

    assert [meant(typed, names) for typed in ("W3", "w 3", "taiyang")] == [("W3",)] * 3
    assert meant("W3", NAMES) == ("LR3",)
    assert meant("EX-HN5", names) == ()


def test_a_routine_takes_from_its_points_what_it_leaves_out(write: Write) -> None:
    """Dose, hand and pressure are the point's, unless the routine says otherwise."""
    (mine,) = write(routine_mine=ROUTINE).routines
    first, second = mine.steps

    assert POINTS["KI27"].technique
    assert POINTS["KI27"].technique.dose == first.dose
    assert (
        second.point.code,
        second.dose.hold,
        second.dose.repetitions,
    ) == ("GB21", 10, 3)
    assert Origin.OWN is mine.origin


def test_a_point_of_ones_own_is_known_by_its_names(write: Write) -> None:
    """A routine can use it, under whatever name it was given."""
    text = ROUTINE.replace("KI27", "my own point")
    own = write(point_mine=OWN_POINT, routine_mine=text)

    assert faults(own) == []
    assert own.routines[0].steps[0].point.code == "MYPT"


def test_no_word_of_ones_own_makes_a_point_ok(write: Write) -> None:
    """An own point that says ``ok`` is left out after yes and unsure all the same."""
    (mine,) = write(point_mine=OWN_POINT).points

    assert PregnancyLevel.CAUTION is level(mine)
    for answer in (PregnancyAnswer.YES, PregnancyAnswer.UNSURE):
        assert screen(routine(step(mine)), Answers(answer)).kept == (), answer


Row = tuple[str, str, str]


def accepted(write: Write, name: str, text: str, rows: list[Row]) -> list[object]:
    """
    Return the *rows* that are not refused as expected, each with what was read.

    A row is a part of *text*, what it gives way to, and a part of what is to be said.
    """
    found: list[object] = []
    for line, changed, expected in rows:
        own = write(**{name: text.replace(line, changed)})
        right = (own.points, own.routines) == ((), ())
        if not right or expected not in "\n".join(faults(own)):
            found.append((line, changed, own.points, own.routines, faults(own)))
    return found


def test_a_point_that_would_loosen_or_steal_is_refused(write: Write) -> None:
    """A code, a name or a level that belongs to the bundled data does not load."""
    rows = [
        ("code: MYPT", "code: GB21", "is taken: GB21 Jianjing"),
        ("code: MYPT", "code: GB12", "is taken: GB12 Wangu"),
        ("code: MYPT", "code: B54", "is taken: B54 names two points"),
        ("code: MYPT", "code: gb21", "write two to ten of A-Z"),
        ("code: MYPT", "code: ＧＢ２１", "write two to ten of A-Z"),
        ("aliases: []", "aliases: [GB21]", "'GB21' reads as a code: take it out"),
        ("aliases: []", "aliases: [GB 21]", "'GB 21' reads as a code: take it out"),
        ("aliases: []", "aliases: [Jian Jing]", "'jianjing' already names GB21"),
        ("aliases: []", "aliases: [肩井]", "already names GB21"),
        ("aliases: []", "aliases: [Sea of Vitality]", "means BL23 or BL52"),
        ("name: My own point", "name: Shoulder Well", "already names GB21"),
        ("name: My own point", "name: Wangu", "already names"),
        ("pregnancy: ok", "pregnancy: no", "write one of: ok, caution, avoid"),
        ("pregnancy: ok\n", "", "the key 'pregnancy' is missing"),
        ("hold_seconds: 30", "hold_seconds: 121", "write a whole number from 1 to 120"),
        ("hold_seconds: 30", "published_hold: 150", "unknown key 'published_hold'"),
        ("- id: own", "- id: nobody", "'nobody' is not in sources.yaml"),
    ]

    assert accepted(write, "point_mine", OWN_POINT, rows) == []


def test_a_routine_that_can_not_be_used_is_refused(write: Write) -> None:
    """What is wrong is told with its line, and the routine does not load."""
    rows = [
        ("id: mine", "id: lower-back", "1:5: lower-back is taken by another routine"),
        ("point: KI27", "point: B54", "5:12: B54 names two points. Older books"),
        ("point: KI27", "point: zhongzhu", "5:12: zhongzhu names two points"),
        ("point: KI27", "point: GB12", "5:12: GB12 is a reference point"),
        ("point: KI27", "point: ST9", "5:12: ST9 is a reference point"),
        ("point: KI27", "point: XX9", '5:12: no point called "XX9"'),
        ("point: KI27", "point: CV3-CV4", "a step has one point: write `- point: CV3`"),
        ("point: KI27", "point: gb21", "GB21 is given twice"),
        ("point: KI27", "point: GV4", "GV4 needs a partner: write `partner: true`"),
        ("hold: 10", "hold: 0", "write a whole number from 1 to 120"),
        ("hold: 10", "hold: 100", "more than 180 seconds on one side is too long"),
        ("hold: 10", "published_hold: mskcc-pc6", "unknown key 'published_hold'"),
        ("title: Mine", "title: Mine\nskip_screen: true", "unknown key 'skip_screen'"),
        ("title: Mine", "title: Mine\npregnancy: no", "unknown key 'pregnancy'"),
        ("title: Mine", "title: Mine\nreplacements: []", "unknown key 'replacements'"),
        ("region: neck", "region: knee", "3:9: write one of: lower-back"),
        ("region: neck\n", "", "the key 'region' is missing"),
    ]

    assert accepted(write, "routine_mine", ROUTINE, rows) == []


def test_every_fault_of_every_file_is_told_at_once(write: Write) -> None:
    """Reading once finds all the faults of all files."""
    own = write(
        point_a=OWN_POINT.replace("body: neck", "body: nek").replace("hanzi", "hanze"),
        routine_b=ROUTINE.replace("Mine", "5").replace("KI27", "B54"),
        routine_c="- a\n- b\n",
    )

    assert [fault.partition(":")[0] for fault in faults(own)] == [
        "a.yaml",
        "a.yaml",
        "b.yaml",
        "b.yaml",
        "c.yaml",
    ]


def test_two_files_may_not_give_one_name(write: Write) -> None:
    """The second file with a code or an id is refused; the first one counts."""
    own = write(
        point_a=OWN_POINT, point_b=OWN_POINT, routine_a=ROUTINE, routine_b=ROUTINE
    )

    assert 1 == len(own.points) == len(own.routines)
    assert faults(own)[0] == "b.yaml:1:7: is taken: MYPT Wodexue"
    assert "b.yaml:1:5: mine is taken" in faults(own)[1]


def a_loop(path: Path) -> None:
    """Put a link there that leads to itself, which not even root can follow."""
    path.symlink_to(path.name)


def a_closed_folder(path: Path) -> None:
    """Put a folder there that nobody may look into."""
    path.mkdir(0)


def assert_not_taken_for_absent(home: Path, place: Path) -> None:
    """Assert that a command names *place* in *home*, which it can not look into."""
    ran = acupress_("list", "--region=neck", XDG_CONFIG_HOME=str(home))

    assert (ran.returncode, ran.stdout) == (4, "")
    assert f"{place}" in ran.stderr
    assert ":1:1: cannot be read: " in ran.stderr


def test_a_folder_that_leads_to_itself(tmp_path: Path) -> None:
    """A link that can not be followed is an error, and not an absent folder."""
    for home, place in (("one", "one"), ("two", "two/acupress/points")):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        a_loop(tmp_path / place)

        assert_not_taken_for_absent(tmp_path / home, tmp_path / place)


@pytest.mark.skipif(ROOT, reason="root may look everywhere")
def test_a_folder_that_can_not_be_looked_into(tmp_path: Path) -> None:
    """A folder that may not be read is an error, and not an absent folder."""
    for home, place in (("one", "one"), ("two", "two/acupress/points")):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        a_closed_folder(tmp_path / place)

        assert_not_taken_for_absent(tmp_path / home, tmp_path / place)


PLACES = ("", "points", "routines", "points/mine.yaml", "routines/mine.yaml")
COMMANDS = ("routines", "show MYPT", "plan mine --pregnancy no", "check")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder of own files that nobody else can write."""
    folder = tmp_path / "acupress"
    for name, text in (("points", OWN_POINT), ("routines", ROUTINE)):
        (folder / name).mkdir(parents=True)
        (folder / name / "mine.yaml").write_text(text, "utf-8")
    (folder / "config.toml").write_text("plain = true\n", "utf-8")
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o755 if each.is_dir() else 0o644)
    return folder


def ran(folder: Path, command: str) -> tuple[int, str]:
    """Return how *command* ends where *folder* has the own files, and all it says."""
    done = acupress_(*command.split(), XDG_CONFIG_HOME=str(folder.parent))
    return done.returncode, f"{done.stdout}{done.stderr}"


def refused(home: Path, place: str, command: str) -> str:
    """Return all that *command* says of *place* in *home* but its path, in one line."""
    code, said = ran(home, command)

    assert (code, said.count("\n")) == (4, 1), (place, command, said)
    beginning, there, why = said.partition(f"{home / place}:1:1: ")
    assert there, (place, command, said)
    return f"{beginning}{why}"


@contextmanager
def writable_by_others(path: Path) -> Iterator[None]:
    """Let everybody write *path* for a while."""
    right = path.stat().st_mode
    path.chmod(right | 0o002)
    yield
    path.chmod(right)


def test_what_others_can_write_is_not_used(home: Path) -> None:
    """
    One line names it and says what to do; once done, every command runs again.

    All commands ask one function for the own files, so that each place is tried with
    one command and each command with one place.
    """
    for place, command in zip(PLACES, cycle(COMMANDS), strict=False):
        with writable_by_others(home / place):
            said = refused(home, place, command)

            assert "can be written by other users" in said
            assert "chmod go-w it" in said
        assert distrusted(home) == [], place

    assert_each_runs(home, *COMMANDS)


def assert_each_runs(home: Path, *commands: str) -> None:
    """Assert that all *commands* run, in one interpreter, which is much faster."""
    code = (
        "import sys; from acupress.cli import app\n"
        "for command in sys.argv[1:]:\n"
        "    assert not app(command.split(), standalone_mode=False), command\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *commands],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUTF8": "1", "XDG_CONFIG_HOME": str(home.parent)},
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_preferences_that_others_can_write(home: Path) -> None:
    """Preferences that others can write are refused, and so is their folder."""
    for name in ("points", "routines"):
        for each in (home / name / "mine.yaml", home / name):
            each.unlink() if each.is_file() else each.rmdir()
    expected = "can be written by other users"
    for place in ("", "config.toml"):
        with writable_by_others(home / place):
            _, (fault,) = read_config(home / "config.toml")

        assert str(fault).startswith(f"{home / place}:1:1: {expected}")

    with writable_by_others(home / "config.toml"):
        said = refused(home, "config.toml", "plan lower-back --pregnancy no")
    assert expected in said


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_what_belongs_to_another_user_is_not_used(home: Path) -> None:
    """A file or folder of another user is refused, whoever can write it."""
    for place in PLACES:
        os.chown(home / place, 65534, 65534)
        said = [str(fault) for fault in distrusted(home)]
        os.chown(home / place, 0, 0)

        assert len(said) == 1, place
        assert f"{home / place}:1:1: belongs to another user" in said[0]

    os.chown(home / "points" / "mine.yaml", 65534, 65534)
    os.chown(home / "config.toml", 65534, 65534)
    assert "belongs to another user" in refused(home, "points/mine.yaml", "show MYPT")
    _, (fault,) = read_config(home / "config.toml")
    assert "config.toml:1:1: belongs to another user" in str(fault)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_a_group_of_ones_own(home: Path) -> None:
    """A file may be writable for a group, if nobody else is in that group."""
    path = home / "routines" / "mine.yaml"
    faults_of_groups = {0: 0, 65534: 1, 100: 1, 987654: 1}
    found = {}
    for group in faults_of_groups:
        os.chown(path, -1, group)
        path.chmod(0o664)
        found[group] = len(distrusted(home))

    assert faults_of_groups == found


def test_a_link_is_as_good_as_what_it_leads_to(home: Path, tmp_path: Path) -> None:
    """An own file may be a link to another folder, if nobody else can write there."""
    path, other = home / "points" / "mine.yaml", tmp_path / "kept.yaml"
    path.rename(other)
    path.symlink_to(other)
    own = read_own(own_files(home), BASE)

    assert ([each.code for each in own.points], own.faults) == (["MYPT"], ())
    assert distrusted(home) == []
    other.chmod(0o666)
    assert "can be written" in refused(home, "points/mine.yaml", "show MYPT")


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    """Only names that end in .yaml count; the others are returned apart."""
    folder = tmp_path / "routines"
    folder.mkdir()
    for name in ("a.yaml", "a.yaml~", ".a.yaml.swp", "B.YML", "notes"):
        (folder / name).write_text(ROUTINE, "utf-8")
    _, routines, passed_over = own_files(tmp_path)

    assert [path.name for path in routines] == ["a.yaml"]
    assert {"a.yaml~", ".a.yaml.swp", "B.YML", "notes"} == {p.name for p in passed_over}


def test_single_files_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    """`acupress check FILE` takes a file with an id or steps for a routine."""
    first, second = tmp_path / "one.yaml", tmp_path / "two.yaml"
    third = tmp_path / "unfinished.yaml"
    first.write_text(ROUTINE, "utf-8")
    second.write_text(OWN_POINT, "utf-8")
    third.write_text("id: evening\ntitle: My evening\n", "utf-8")

    assert ([second], [first, third], []) == sorted_files([tmp_path])


def test_standard_input_is_checked_as_a_file() -> None:
    """`acupress check -` reads what is piped in, and calls it as it was called."""
    sound = acupress_("check", "-", typed=ROUTINE)
    marked = acupress_("check", "-", typed=f"\ufeff{OWN_POINT}")
    faulty = acupress_("check", "-", typed=ROUTINE.replace("title: Mine", "title: 5"))

    assert (sound.returncode, sound.stdout) == (0, "1 file, no faults\n")
    assert (marked.returncode, marked.stdout) == (0, "1 file, no faults\n")
    assert (faulty.returncode, faulty.stdout) == (4, '-:2:8: write `title: "5"`\n')


def test_standard_input_is_bounded() -> None:
    """What is too large, or is no text, is refused in one line."""
    for typed, expected in (
        ("#" * (MOST_BYTES + 1), "-:1:1: is too large"),
        ("", "-:1:1: is"),
    ):
        ran = acupress_("check", "-", typed=typed)

        assert ran.returncode == 4
        assert ran.stdout.startswith(expected)
        assert len(ran.stdout.splitlines()) == 1


levels = st.sampled_from(["ok", "caution", "avoid", "no", "OK", "", "null", "[ok]"])
codes = st.sampled_from(
    ["GB21", "gb 21", "LI4", "MYPT", "NEW1", "B54", "ＧＢ２１", "X"]
)
names = st.sampled_from(["My own point", "Shoulder Well", "Jianjing", "肩井", "LI4"])


@settings(derandomize=True, max_examples=60, deadline=None)
@given(levels, codes, names)
def test_no_file_makes_any_point_less_strict(
    tmp_path_factory: pytest.TempPathFactory, word: str, code: str, name: str
) -> None:
    """Whatever is written, no bundled point changes and no new one is ok."""
    text = OWN_POINT.replace("pregnancy: ok", f"pregnancy: {word}")
    text = text.replace("code: MYPT", f"code: {code}").replace("My own point", name)
    path = tmp_path_factory.getbasetemp() / "stricter.yaml"
    path.write_text(text, "utf-8")
    own = alone("points", path)

    assert not {point.code for point in own.points} & EVERY.keys()
    assert all(level(point) is not PregnancyLevel.OK for point in own.points)


TEXTS = {"points": OWN_POINT.splitlines(), "routines": ROUTINE.splitlines()}
# What a hurried person would write into each.
HURRIED = {
    "points": (
        "pregnancy: no",
        "kind: reference",
        "hold_seconds: 90",
        "code: GB21",
        "",
    ),
    "routines": (
        *("  - {point: LI4, hold: 90, repetitions: 9}", "  - point: GB10"),
        *("  - GB21", "steps: []", "pregnancy: no"),
    ),
}


def edits_of(kind: str) -> st.SearchStrategy[tuple[str, list[tuple[int, int, str]]]]:
    """Return edits of the text of *kind*: at which line, how many go, what comes."""
    anything = st.lists(st.sampled_from(SOUP), max_size=4).map("".join)
    at = st.integers(0, len(TEXTS[kind]))
    edit = st.tuples(at, st.integers(0, 1), st.sampled_from(HURRIED[kind]) | anything)
    return st.tuples(st.just(kind), st.lists(edit, min_size=1, max_size=2))


def alone(kind: str, path: Path) -> OwnFiles:
    """Read *path*, a point or a routine, beside a few bundled points."""
    found = {"points": list[Path](), "routines": list[Path](), kind: [path]}
    files = Listed(found["points"], found["routines"], [])
    return read_own(files, bundling(FEW))


@settings(max_examples=120)
@given(edits_of("points") | edits_of("routines"))
def test_an_edited_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory,
    edited: tuple[str, list[tuple[int, int, str]]],
) -> None:
    """Whatever is typed into a file, it is refused or it keeps every limit."""
    kind, edits = edited
    text = TEXTS[kind].copy()
    for at, gone, line in edits:
        text[at : at + gone] = [line]
    path = tmp_path_factory.getbasetemp() / "edited.yaml"
    path.write_bytes("\n".join(text).encode("utf-8", "surrogatepass"))
    own = alone(kind, path)

    assert all(str(fault).isprintable() for fault in own.faults)
    assert len(own.points) + len(own.routines) == (0 if own.faults else 1)
    assert not any(level(each) is PregnancyLevel.OK for each in own.points)
    for made in own.routines:
        assert sum(each.seconds for each in made.steps) <= LONGEST_ROUTINE
        for each in made.steps:
            assert each.dose.hold * each.dose.repetitions <= LONGEST_SIDE
            assert each.point.technique


def test_an_unknown_key_is_refused_at_every_line(tmp_path: Path) -> None:
    """A key that nothing reads is refused, wherever it stands."""
    path = tmp_path / "more.yaml"
    passed = []
    for kind, lines in TEXTS.items():
        for at, line in enumerate(lines):
            indent = " " * (len(line) - len(line.lstrip(" -")))
            text = [*lines[:at], f"{indent}skipped: 1", *lines[at:]]
            path.write_text("\n".join(text), "utf-8")
            if not alone(kind, path).faults:
                passed.append((kind, at, line))

    assert passed == []


VALIDATOR = Draft202012Validator(schema())


def valid(text: str) -> bool:
    """Tell whether an editor with the schema would accept *text*."""
    return VALIDATOR.is_valid(plain_value(parse(text.encode(), "a.yaml")))


def test_the_schema_is_a_json_schema() -> None:
    """What `acupress check --schema` prints is a valid JSON Schema."""
    Draft202012Validator.check_schema(json.loads(json.dumps(schema())))


def test_the_schema_accepts_what_the_reader_does() -> None:
    """A file that loads has no error in an editor that uses the schema."""
    assert valid(ROUTINE)
    assert valid(OWN_POINT)


def test_the_schema_accepts_the_bundled_points() -> None:
    """The bundled files can be copied to begin an own point."""
    paths = sorted((bundled() / "points").glob("[A-Z]*.yaml"))

    assert [path.stem for path in paths] == sorted(POINTS)
    assert [
        (path.stem, error.json_path, error.message)
        for path in paths
        for error in VALIDATOR.iter_errors(
            plain_value(parse(path.read_bytes(), path.name))
        )
        if "supports" not in error.json_path
    ] == []


def test_the_schema_refuses_what_the_reader_does() -> None:
    """A mistake is an error in an editor that uses the schema, too."""
    rows = [
        (ROUTINE, "hold: 10", "hold: 500"),
        (ROUTINE, "region: neck", "region: knee"),
        (ROUTINE, "title: Mine", "titel: Mine"),
        (OWN_POINT, "pregnancy: ok", "pregnancy: no"),
        (OWN_POINT, "hand: A thumb.\n", ""),
        (OWN_POINT, "kind: taught", "kind: reference"),
    ]

    assert [
        (line, changed)
        for text, line, changed in rows
        if valid(text.replace(line, changed))
    ] == []
