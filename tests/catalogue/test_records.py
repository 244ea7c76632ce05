"""One mapping read key by key: every fault noted, nothing guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    FieldReader,
    Record,
    boolean,
    list_of,
    one_of,
    text,
    whole,
)
from acupress.catalogue.strictyaml import parse
from acupress.errors import FileError
from acupress.model import PregnancyLevel


def node(written: str) -> Node:
    """Return what is *written* as a node."""
    return parse(written.encode(), "a.yaml")


def value(written: str) -> Node:
    """Return the value *written* after a key."""
    entries = node(f"a: {written}").value
    assert isinstance(entries, dict)
    return entries["a"]


def told(written: str, reader: FieldReader[object]) -> str:
    """Return what *reader* says about the value *written*, which it refuses."""
    with pytest.raises(FileError) as caught:
        reader(value(written))
    return str(caught.value)


def faults(written: str, take: Callable[[Record], object]) -> list[str]:
    """Return every fault that is noted when *take* reads what is *written*."""
    noted: list[FileError] = []
    record = Record(node(written), noted)
    take(record)
    record.close()
    return [str(fault) for fault in noted]


def take_three(record: Record) -> None:
    """Take a name, a number of repetitions and, perhaps, a ball."""
    record.take("name", text(10))
    record.take("repetitions", whole(1, 20))
    record.optional("ball", boolean, default=False)


# Keys


def test_nothing_wrong() -> None:
    """A record whose keys are all there and right has no fault."""
    assert faults("name: x\nrepetitions: 3\nball: true\n", take_three) == []


def test_values_come_back() -> None:
    """What was read is what the reader made of it; an absent key its default."""
    record = Record(node("name: x\nrepetitions: 3\n"), [])

    assert record.take("name", text(10)) == "x"
    assert record.take("repetitions", whole(1, 20)) == 3
    assert record.optional("ball", boolean, default=True)


def test_missing_key() -> None:
    """A key that is missing is named, at the beginning of its record."""
    expected = ["a.yaml:1:1: the key 'name' is missing: add a line `name: ...`"]

    assert expected == faults("repetitions: 3\n", take_three)


def test_key_without_value() -> None:
    """A key without a value is there, and its value is wrong."""
    said = faults("name:\nrepetitions: ~\n", take_three)

    assert [each.split(": ")[0] for each in said] == ["a.yaml:1:6", "a.yaml:2:14"]


def test_misspelt_key() -> None:
    """A misspelt key is one fault, at its own line, with the right spelling."""
    expected = ["a.yaml:2:1: unknown key 'repetitons': did you mean 'repetitions'?"]

    assert expected == faults("name: x\nrepetitons: 3\n", take_three)


def test_misspelt_key_that_may_be_absent() -> None:
    """A misspelt key that could be left out is not taken for left out."""
    expected = ["a.yaml:3:1: unknown key 'bal': did you mean 'ball'?"]

    assert expected == faults("name: x\nrepetitions: 3\nbal: true\n", take_three)


def test_unlike_key() -> None:
    """A key that is like no other is told which keys there are."""
    expected = ["a.yaml:3:1: unknown key 'skip'; known: name, repetitions, ball"]

    assert expected == faults("name: x\nrepetitions: 3\nskip: 1\n", take_three)


def test_key_in_another_case() -> None:
    """Keys are spelt exactly as they are listed."""
    said = faults("Name: x\nrepetitions: 3\n", take_three)

    assert said == ["a.yaml:1:1: unknown key 'Name': did you mean 'name'?"]


def test_all_faults_at_once() -> None:
    """A record with several faults tells of each of them, each at its place."""
    said = faults("nme: x\nrepetitions: many\nball: yes\nother: 1\n", take_three)

    assert sorted(said) == [
        "a.yaml:1:1: unknown key 'nme': did you mean 'name'?",
        "a.yaml:2:14: write a whole number from 1 to 20",
        "a.yaml:3:7: write true or false",
        "a.yaml:4:1: unknown key 'other'; known: name, repetitions, ball",
    ]


@pytest.mark.parametrize("written", ["- a\n", "word", "30", "[]", "~", "''"])
def test_no_mapping(written: str) -> None:
    """What is no mapping has that one fault, whatever keys are asked for."""
    expected = ["a.yaml:1:1: must be a mapping: lines of `key: value`"]

    assert expected == faults(written, take_three)


# Readers


@pytest.mark.parametrize("written", ["30", "1.5", "true", "~", "", "[x]", "{x: y}"])
def test_not_text(written: str) -> None:
    """Only text is text: a number needs quotes, and nothing is turned into words."""
    assert "write text here" in told(written, text(10))


@pytest.mark.parametrize("written", ["''", "'  '", '"\\n\\t"', "|\n\n"])
def test_blank_text(written: str) -> None:
    """Blank text is refused unless it is allowed."""
    assert told(written, text(10)).endswith("write some text here")
    assert text(10, empty=True)(value(written)) == ""


def test_text_on_several_lines() -> None:
    """Line ends, tabs and spaces within text are one space each."""
    assert text(20)(value('"one\\n  two\\tthree "')) == "one two three"


def test_long_text() -> None:
    """Text as long as allowed passes and a character more does not."""
    assert text(10)(value("é" * 10)) == "é" * 10
    assert told("é" * 11, text(10)).endswith("is too long: 10 characters is the most")
    assert told("x" * 10_000, text(60)).endswith("60 characters is the most")


@pytest.mark.parametrize("written", ["1", "20", "5"])
def test_whole_number(written: str) -> None:
    """Both ends of a range belong to it."""
    assert int(written) == whole(1, 20)(value(written))


@pytest.mark.parametrize(
    "written",
    [
        *("0", "-1", "-5", "21", "1000000", "1000000000", "99999999999999999999"),
        *("1.5", "5.0", "true", "false", "~", "", "'5'", '"5"', "5s", "030", "05"),
        *("1:30", ".nan", ".inf", "1e1", "0x5", "0o5", "1_0", "+5", "٥", "[5]"),
        *("five", "{5: 5}"),
    ],
)
def test_no_whole_number(written: str) -> None:
    """What is not a whole number in its range is refused, true is none."""
    assert told(written, whole(1, 20)).endswith("write a whole number from 1 to 20")


@pytest.mark.parametrize(
    "written", ["yes", "no", "on", "True", "1", "0", "'true'", "~", "[true]", "y"]
)
def test_neither_true_nor_false(written: str) -> None:
    """Only the two words are true and false."""
    assert told(written, boolean).endswith("write true or false")


def test_true_and_false() -> None:
    """The two words are what they say."""
    assert boolean(value("true"))
    assert not boolean(value("false"))


@pytest.mark.parametrize(
    "written",
    [
        *("no", "OK", "Avoid", "'Avoid '", "'avoid '", "' ok'", "ok?", "~", ""),
        *("true", "false", "[avoid]", "{avoid: ok}", "safe", "none", "1", "avoid ok"),
    ],
)
def test_no_word_of_the_set(written: str) -> None:
    """A word counts only exactly as it is spelt, and the words are listed."""
    said = told(written, one_of(PregnancyLevel))

    assert said.endswith("write one of: ok, caution, avoid")


@pytest.mark.parametrize("word", PregnancyLevel)
def test_words_of_the_set(word: PregnancyLevel) -> None:
    """Each word of an enum is read as its member, quoted or not."""
    assert word is one_of(PregnancyLevel)(value(word.value))
    assert word is one_of(PregnancyLevel)(value(f"'{word.value}'"))


def test_lists() -> None:
    """A list is read item by item, in order, and may be empty."""
    assert list_of(text(5))(value("[]")) == ()
    assert list_of(text(5))(value("[b, a, b]")) == ("b", "a", "b")


@pytest.mark.parametrize("written", ["a", "~", "", "{a: b}", "1", "'[]'"])
def test_no_list(written: str) -> None:
    """A single value is no list of one."""
    assert "write a list here" in told(written, list_of(text(5)))


def test_long_list() -> None:
    """A list has at most forty items, or as many as are asked for."""
    assert len(list_of(text(5))(value(f"[{'a, ' * 40}]"))) == 40
    assert told(f"[{'a, ' * 41}]", list_of(text(5))).endswith("40 is the most")
    assert told("[a, b, c]", list_of(text(5), most=2)).endswith("2 is the most")


def test_fault_in_a_list() -> None:
    """What is wrong with an item is said at the item."""
    assert told("[ok, no]", list_of(one_of(PregnancyLevel))).startswith("a.yaml:1:9: ")
