"""What a YAML file may hold, and how everything else is refused."""

from __future__ import annotations

import gzip
import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.catalogue.contents import MOST_BYTES
from acupress.catalogue.nodes import Node, plain_value
from acupress.catalogue.strictyaml import parse, read_yaml
from acupress.errors import FileError, printable
from support.strategies import SOUP
from support.terminal import needs_unix

quick = settings(derandomize=True, max_examples=200, deadline=None, database=None)


def told(data: str | bytes) -> str:
    """Return what is said about *data*, or nothing where it is not refused."""
    written = data.encode() if isinstance(data, str) else data
    try:
        parse(written, "a.yaml")
    except FileError as error:
        return str(error)
    return ""


def value_of(data: str | bytes) -> object:
    """Return *data* as plain values."""
    written = data.encode() if isinstance(data, str) else data
    return plain_value(parse(written, "a.yaml"))


def otherwise_told(
    rows: Iterable[tuple[str | bytes, str]],
) -> list[tuple[str | bytes, str, str]]:
    """Return the *rows* of which something else is said than their second part."""
    said = [(data, expected, told(data)) for data, expected in rows]
    return [row for row in said if not row[2].startswith(row[1])]


def test_a_key_twice_is_refused() -> None:
    """A key that is given twice is refused, however both are written."""
    rows = [
        (
            "code: GB21\npregnancy: avoid\npregnancy: ok\n",
            "a.yaml:3:1: 'pregnancy' is given twice (first on line 2)",
        ),
        ("a: 1\na: 1\n", "a.yaml:2:1: 'a' is given twice"),
        ('a: 1\n"a": 1\n', "a.yaml:2:1: 'a' is given twice"),
        ("a:\n  - b: 1\n    b: 2\n", "a.yaml:3:5: 'b' is given twice"),
        ("{a: 1, a: 2}", "a.yaml:1:8: 'a' is given twice"),
    ]

    assert otherwise_told(rows) == []


def test_more_than_plain_yaml_is_refused() -> None:
    """Anchors, aliases, merge keys, tags and keys that are no text are refused."""
    rows = [
        ("a: &x 1\n", "a.yaml:1:4: anchors"),
        ("a: &x [1]\nb: *x\n", "a.yaml:1:4: anchors"),
        ("&x a: 1\n", "a.yaml:1:1: anchors"),
        ("a: 1\n<<: {b: 2}\n", "a.yaml:2:1: merge keys"),
        ('a: 1\n"<<": 2\n', "a.yaml:2:1: merge keys"),
        ("a: &x [*x]\n", "a.yaml:1:4: anchors"),
        (
            "a: !!python/object/apply:os.system [id]\n",
            "a.yaml:1:4: tags (!) are not allowed",
        ),
        ("a: !foo x\n", "a.yaml:1:4: tags"),
        ("a: ! x\n", "a.yaml:1:4: tags"),
        ("a: !!timestamp x\n", "a.yaml:1:4: tags"),
        ("a: !!bool x\n", "a.yaml:1:4: tags"),
        ("!!map\na: 1\n", "a.yaml:1:1: tags"),
        ("? [a]\n: b\n", "a.yaml:1:3: a key must be plain"),
        ("{a: 1}: b\n", "a.yaml:1:1: a key must be plain"),
        (f"{'k' * 61}: 1\n", "a.yaml:1:1: a key has at most 60"),
    ]

    assert otherwise_told(rows) == []


def test_what_is_not_one_document_is_refused() -> None:
    """An empty file, a second document, a directive or broken YAML is refused."""
    rows = [
        ("", "a.yaml:1:1: is empty"),
        ("# only\n# comments\n", "a.yaml:1:1: is empty"),
        ("a: 1\n---\nb: 2\n", "a.yaml:2:1: holds a second"),
        ("a: 1\n---\n", "a.yaml:2:1: holds a second"),
        ("a:\n\tb: 1\n", "a.yaml:2:1: write spaces here instead of the tab"),
        ("a: 'b\n", 'a.yaml:1:4: close the quotes: `a: "b"`'),
        ("a: b: c\n", 'a.yaml:1:4: put the text in quotes: `a: "b: c"`'),
        ("%YAML 9.9\n---\na: 1\n", "a.yaml:1:1: "),
        ("%YAML 1.1\n---\na: 1\n", "a.yaml:1:1: direct"),
        ("%TAG ! !x\n---\na: 1\n", "a.yaml:1:1: direct"),
        ("%FOO x\n---\na: 1\n", "a.yaml:1:"),
    ]

    assert otherwise_told(rows) == []


def test_what_is_not_text_is_refused() -> None:
    """Another encoding, a compressed file or half a character is refused."""
    rows = [
        ("a: 1\nb: é\n".encode("latin-1"), "a.yaml:2:1: is not UTF-8"),
        ("a: 1\n".encode("utf-16"), "a.yaml:1:1: is not UTF-8"),
        ("a: 1\n".encode("utf-16-le"), "a.yaml:1:2: the character U+0000"),
        (b"a: \x00\n", "a.yaml:1:4: the character U+0000"),
        (gzip.compress(b"a: 1\n", mtime=0), "a.yaml:1:1: is not UTF-8"),
        (b"a: \xed\xa0\x80\n", "a.yaml:1:1: is not UTF-8"),
        (rb'a: "\ud800"', "a.yaml:1:"),
    ]

    assert otherwise_told(rows) == []


UNSEEN = [
    "\x07",
    "\x1b",
    "\x7f",
    "\x80",
    "\x85",
    "\x9b",
    "\xad",
    "\u200b",
    "\u200d",
    "\u202e",
    "\u2028",
    "\u2029",
    "\u2066",
    "\ufeff",
    "\ufff9",
    "\ue000",
    "\U000e0041",
]
UNSEEN_BY_NUMBER = {f"U+{ord(character):04X}": character for character in UNSEEN}


def test_unseen_characters_are_refused() -> None:
    """An invisible character is named by its number, never repeated."""
    assert {
        number: f"a.yaml:2:5: the character {number} cannot be seen: take it out"
        for number in UNSEEN_BY_NUMBER
    } == {
        number: told(f"a: 1\nb: x{character}y\n")
        for number, character in UNSEEN_BY_NUMBER.items()
    }


def test_unseen_characters_are_refused_in_comments() -> None:
    """A comment cannot hide a key behind a character that ends its line."""
    said = {n: told(f"a: 1 # {each}b: 2\n") for n, each in UNSEEN_BY_NUMBER.items()}

    assert {
        number: each
        for number, each in said.items()
        if not each.startswith(f"a.yaml:1:8: the character {number} ")
    } == {}


def test_escaped_unseen_characters_are_refused() -> None:
    """What cannot be typed cannot be written as an escape either."""
    accepted = []
    for number, character in UNSEEN_BY_NUMBER.items():
        escaped = f'"\\U{ord(character):08x}"'
        accepted += [
            (number, line)
            for line in (f"{escaped}: 1", f"a: {escaped}")
            if f"the character {number} cannot be seen" not in told(line)
        ]

    assert accepted == []


def test_lone_carriage_return_is_refused() -> None:
    """A carriage return that ends no line could hide a key from a reader."""
    rows = [
        ("a: 1\rb: 2\n", "a.yaml:1:5: the character U+000D "),
        ("# c\rb: 2\n", "a.yaml:1:4: the character U+000D "),
        ("a: x\r", "a.yaml:1:5: the character U+000D "),
    ]

    assert otherwise_told(rows) == []


def test_line_ends_and_marks_that_change_nothing() -> None:
    """A byte order mark, DOS line ends and the marks of a document change nothing."""
    files = (
        b"\xef\xbb\xbfa: 1\nb: [x]\n",
        b"a: 1\r\nb: [x]\r\n",
        b"\xef\xbb\xbf---\r\na: 1\r\nb:\r\n  - x\r\n",
        b"a: 1\nb: [x]",
        b"---\na: 1\nb:\n- x\n...\n",
    )

    assert {data: {"a": 1, "b": ["x"]} for data in files} == {
        data: value_of(data) for data in files
    }


def test_lines_are_counted_alike_with_dos_line_ends() -> None:
    """A fault is on the same line and column, whatever ends the lines."""
    data = "a: 1\nb: 2\nc: [x, !y z]\n"

    assert told(data) == told(data.replace("\n", "\r\n")) == told(f"\ufeff{data}")


def test_stays_text() -> None:
    """Nothing but plain decimal numbers, true, false and null is not text."""
    values = (
        *("no", "yes", "on", "off", "y", "n", "No", "YES", "True", "FALSE", "NULL"),
        *("1:30", "030", "007", "0x1F", "0o17", "0b1", "1_000", "+5", "1e3", "5."),
        *(".5", ".nan", ".inf", "-.inf", "30s", "--5", "1000000000", "1.2.3"),
        *("2024-01-01", "2024-01-01 10:00:00", "12:30:45", "=", "٣٠", "３０"),
        *("B54", "LV 3", "avoid ok"),
    )

    assert {written: {"a": written} for written in values} == {
        written: value_of(f"a: {written}") for written in values
    }


def test_scalars() -> None:
    """Numbers and the four words are values where they are not quoted."""
    values = {
        "30": 30,
        "0": 0,
        "-5": -5,
        "1.5": 1.5,
        "-0.25": -0.25,
        "999999999": 999_999_999,
        "true": True,
        "false": False,
        "null": None,
        "~": None,
        "": None,
        '"30"': "30",
        "'true'": "true",
        '""': "",
        "|\n  30": "30",
        ">-\n  one\n  two": "one two",
        '"a\\nb\\tc"': "a\nb\tc",
    }

    # By repr, since 1 == True == 1.0.
    assert {written: repr({"a": expected}) for written, expected in values.items()} == {
        written: repr(value_of(f"a: {written}")) for written in values
    }


def test_markup_is_only_text() -> None:
    """What another program would take for markup is kept letter for letter."""
    texts = ("[/]", "[bold]", "[avoid in pregnancy]", ":warning:", "back\\", "'\"{}%")
    quoted = {text: text.replace("'", "''") for text in texts}

    assert {text: {"a": text} for text in texts} == {
        text: value_of(f"a: '{written}'") for text, written in quoted.items()
    }


TOO_DEEP = (
    "is nested too deeply",
    "a key must be plain text",
    "exceeded maximum nesting depth",  # libyaml, where it looks ahead for a key
)


def test_nesting_is_bounded() -> None:
    """Nesting is refused at the thirteenth level, however deep it would go."""
    said = {
        (opening, count): told(opening * count)
        for opening in ("[", "{a: ", "- ", "? ", "[{a: ")
        for count in (13, 1_000, 200_000)
    }

    assert {
        row: each
        for row, each in said.items()
        if not any(words in each for words in TOO_DEEP)
    } == {}


def test_alias_bomb_is_refused_at_its_first_anchor() -> None:
    """Nothing is built from a file that grows when it is read."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]

    assert (
        told("\n".join(lines))
        == "a.yaml:1:5: anchors and aliases (& and *) are not allowed"
    )


def test_merge_bomb_is_refused_at_its_first_anchor() -> None:
    """The short file that keeps other readers busy is refused at once."""
    lines = ["a0: &a0 {x: 1}"]
    lines += [
        f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 9)
    ]

    assert told("\n".join(lines))[:19] == "a.yaml:1:5: anchors"


def test_entries_are_bounded() -> None:
    """A file with too many entries is refused before they are all read."""
    said = told("[" + "1, " * 20_000 + "]")

    assert said.endswith("has too many entries")


def test_places_count_from_one() -> None:
    """Every value and key knows its line and column, as editors count them."""
    root = parse(b"one: 1\ntwo:\n  - a\n  - b: c\n", "a.yaml")
    assert isinstance(root.value, dict)
    items = root.value["two"].value
    assert isinstance(items, tuple)
    second = items[1]

    assert root.keys == {"one": (1, 1), "two": (2, 1)}
    assert (second.line, second.column, second.keys) == (4, 5, {"b": (4, 5)})
    assert str(second.error_at("b", "wrong")) == "a.yaml:4:5: wrong"
    assert str(root.error_at("three", "wrong")) == "a.yaml:1:1: wrong"


# Files


def refusal(path: Path) -> str:
    """Return what is said about the file at *path*, which must be refused."""
    with pytest.raises(FileError) as caught:
        read_yaml(path)
    return str(caught.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    """A regular file, also through a link, gives its values and its name."""
    path, link = tmp_path / "a b ü.yaml", tmp_path / "link.yaml"
    path.write_text("a: ü\n", "utf-8")
    link.symlink_to(path)

    assert {"a": "ü"} == plain_value(read_yaml(path)) == plain_value(read_yaml(link))
    assert str(path) == read_yaml(path).file


def test_fifo_is_refused_without_waiting(tmp_path: Path) -> None:
    """A FIFO is refused without opening it for a writer to come."""
    needs_unix()
    path = tmp_path / "fifo.yaml"
    os.mkfifo(path)

    assert f"{path}:1:1: is not a regular file" == refusal(path)


def test_device_is_refused() -> None:
    """A device that never ends is no file."""
    assert refusal(Path("/dev/zero")) == "/dev/zero:1:1: is not a regular file"


def test_directory_is_refused(tmp_path: Path) -> None:
    """A directory is no file."""
    assert f"{tmp_path}:1:1: is not a regular file" == refusal(tmp_path)


def test_dangling_link_is_refused(tmp_path: Path) -> None:
    """A link to nothing, to itself, or no file at all cannot be read."""
    dangling, loop = tmp_path / "dangling.yaml", tmp_path / "loop.yaml"
    dangling.symlink_to(tmp_path / "nowhere")
    loop.symlink_to(loop)

    for path in (dangling, loop, tmp_path / "none.yaml", tmp_path / "nul\0.yaml"):
        assert f"{printable(str(path))}:1:1: cannot be read: " in refusal(path)


def test_unreadable_file_is_refused(tmp_path: Path) -> None:
    """A file without permission to read is refused with the reason."""
    needs_unix()
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "secret.yaml"
    path.write_text("a: 1\n", "utf-8")
    path.chmod(0)

    assert f"{path}:1:1: cannot be read: Permission denied" == refusal(path)


def test_refused_files_are_closed_again(tmp_path: Path) -> None:
    """No refusal leaves a file open, or many of them would stop the program."""
    needs_unix()
    fifo = tmp_path / "fifo.yaml"
    os.mkfifo(fifo)
    for path in (tmp_path, fifo, tmp_path / "none"):
        refusal(path)
    before = os.open("/dev/null", os.O_RDONLY)
    os.close(before)
    for path in (tmp_path, fifo, tmp_path / "none") * 5:
        refusal(path)
    after = os.open("/dev/null", os.O_RDONLY)
    os.close(after)

    assert before == after


def test_size_is_bounded(tmp_path: Path) -> None:
    """A megabyte is read and a byte more is too large."""
    path = tmp_path / "large.yaml"
    most = b"a: 1\n".ljust(MOST_BYTES, b"#")
    path.write_bytes(most)

    assert plain_value(read_yaml(path)) == {"a": 1}
    for extra in (1, 1_000_000):
        path.write_bytes(most.ljust(MOST_BYTES + extra, b"#"))

        expected = f"{path}:1:1: is too large: 1000000 bytes are the most"
        assert expected == refusal(path)


# Properties

soup = st.lists(st.sampled_from(SOUP), max_size=30).map("".join)


def strings(node: Node) -> list[str]:
    """Return every text that was read, keys and values alike."""
    match node.value:
        case dict() as entries:
            inner = [text for each in entries.values() for text in strings(each)]
            return [*entries, *inner]
        case tuple() as items:
            return [text for item in items for text in strings(item)]
        case str() as text:
            return [text]
        case _:
            return []


def attempt(data: bytes) -> Node | FileError:
    """Return what reading *data* ends in; anything else is a bug."""
    try:
        return parse(data, "a.yaml")
    except FileError as error:
        return error


def check(data: bytes) -> None:
    """Assert that *data* is a value without unseen characters, or one error."""
    outcome = attempt(data)
    if isinstance(outcome, FileError):
        assert str(outcome).isprintable()
        assert 1 <= outcome.line <= data.count(b"\n") + 2
        return
    read_as = "".join(strings(outcome))
    kinds = {unicodedata.category(each) for each in read_as if each not in "\n\t"}

    assert kinds.isdisjoint({"Cc", "Cf", "Zl", "Zp", "Cs"})


@quick
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    """Bytes are a clean value or a FileError, and nothing else."""
    check(data)


@quick
@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    """Text is a clean value or a FileError, and nothing else."""
    check(text.encode("utf-8", "surrogatepass"))


@settings(quick, max_examples=600)
@given(soup)
def test_any_tokens(text: str) -> None:
    """Pieces of YAML are a clean value or a FileError, and nothing else."""
    check(text.encode())


# Visible characters of the kinds that YAML writes as text.
seen = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12
)
scalars = st.none() | st.booleans() | st.integers(-999_999_999, 999_999_999) | seen
values = st.recursive(
    scalars | st.sampled_from(["no", "030", "1:30", "~", "<", "- a", "0.5", "# x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(seen.filter(lambda key: key != "<<"), inner, max_size=3)
    ),
    max_leaves=12,
)


@quick
@given(values)
def test_any_values(values: object) -> None:
    """Values that another program wrote as plain YAML are read back as they were."""
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    written = yaml.dump(values, Dumper=dumper, allow_unicode=True, sort_keys=False)

    assert repr(values) == repr(value_of(written))


@quick
@given(st.text(st.characters(codec="utf-8"), max_size=8))
def test_any_escapes(text: str) -> None:
    """No escape brings in a character that the file itself may not hold."""
    escaped = "".join(f"\\U{ord(each):08x}" for each in text)
    check(f'"{escaped}": "{escaped}"\n'.encode())
