"""Reading one mapping key by key: every fault is noted, nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from acupress.catalogue.nodes import Node
from acupress.catalogue.records import (
    BOOLEAN,
    Field,
    Fields,
    Record,
    list_of,
    one_of,
    optional,
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


def told(written: str, field: Field[Any]) -> str:
    """Return the fault that *field* finds in the value *written*, or nothing."""
    try:
        field.read(value(written))
    except FileError as error:
        return str(error)
    return ""


def unlike(values: Iterable[str], field: Field[Any], expected: str) -> dict[str, str]:
    """Return what *field* says about *values*, unless it ends with *expected*."""
    said = {written: told(written, field) for written in values}
    return {w: each for w, each in said.items() if not each.endswith(expected)}


THREE: Fields = {
    "name": text(10),
    "repetitions": whole(1, 20),
    "ball": optional(BOOLEAN),
}


def faults(written: str) -> list[str]:
    """Return every fault that is noted when THREE are taken of what is *written*."""
    noted: list[FileError] = []
    record = Record(node(written), noted)
    record.take(THREE)
    record.close()
    return [str(fault) for fault in noted]


# Keys


def test_nothing_wrong() -> None:
    """A record whose keys are all there and right has no fault."""
    assert faults("name: x\nrepetitions: 3\nball: true\n") == []


def test_values_are_returned() -> None:
    """A key gives what was read; one that may be absent, and is, gives nothing."""
    values = Record(node("name: x\nrepetitions: 3\n"), []).take(THREE)

    assert values == {"name": "x", "repetitions": 3}


def test_missing_key() -> None:
    """A key that is missing is named, at the beginning of its record."""
    expected = ["a.yaml:1:1: the key 'name' is missing: add a line `name: ...`"]

    assert expected == faults("repetitions: 3\n")


def test_key_without_value() -> None:
    """A key without a value is there, and its value is wrong."""
    said = faults("name:\nrepetitions: ~\n")

    assert [each.split(": ")[0] for each in said] == ["a.yaml:1:6", "a.yaml:2:14"]


def test_misspelt_key() -> None:
    """A misspelt key is one fault, at its own line, with the right spelling."""
    expected = ["a.yaml:2:1: unknown key 'repetitons': did you mean 'repetitions'?"]

    assert expected == faults("name: x\nrepetitons: 3\n")


def test_misspelt_key_that_may_be_absent() -> None:
    """A misspelt key that could be left out is not taken for left out."""
    expected = ["a.yaml:3:1: unknown key 'bal': did you mean 'ball'?"]

    assert expected == faults("name: x\nrepetitions: 3\nbal: true\n")


def test_unlike_key() -> None:
    """About a key that is like no other, all the known keys are listed."""
    expected = ["a.yaml:3:1: unknown key 'skip'; known: name, repetitions, ball"]

    assert expected == faults("name: x\nrepetitions: 3\nskip: 1\n")


def test_key_in_another_case() -> None:
    """Keys are spelt exactly as they are listed."""
    said = faults("Name: x\nrepetitions: 3\n")

    assert said == ["a.yaml:1:1: unknown key 'Name': did you mean 'name'?"]


def test_all_faults_at_once() -> None:
    """Each fault of a record is noted, each at its own place."""
    said = faults("nme: x\nrepetitions: many\nball: yes\nother: 1\n")

    assert sorted(said) == [
        "a.yaml:1:1: unknown key 'nme': did you mean 'name'?",
        "a.yaml:2:14: write a whole number from 1 to 20",
        "a.yaml:3:7: write `ball: true`",
        "a.yaml:4:1: unknown key 'other'; known: name, repetitions, ball",
    ]


def test_no_mapping() -> None:
    """What is no mapping has that one fault, whatever keys are asked for."""
    expected = ["a.yaml:1:1: must be a mapping: lines of `key: value`"]
    texts = ("- a\n", "word", "30", "[]", "~", "''")

    assert dict.fromkeys(texts, expected) == {
        written: faults(written) for written in texts
    }


# Readers


def test_not_text() -> None:
    """Only text is text: a number needs quotes, and nothing is turned into words."""
    values = ("30", "1.5", "true", "~", "", "[x]", "{x: y}")
    expected = "write text here, in quotes if it looks like a number"

    assert unlike(values, text(10), expected) == {}


def test_blank_text() -> None:
    """Blank text is refused."""
    values = ("''", "'  '", '"\\n\\t"', "|\n\n")

    assert unlike(values, text(10), "write some text here") == {}


def test_text_of_a_form() -> None:
    """Text that must have a form has it from its first character to its last."""
    slug = text(9, "[a-z]+", "write a to z")

    assert slug.read(value("abc")) == "abc"
    assert unlike(("abc1", "1abc", "ABC", "a b"), slug, "write a to z") == {}


def test_text_on_several_lines() -> None:
    """Line ends, tabs and spaces within text are one space each."""
    assert text(20).read(value('"one\\n  two\\tthree "')) == "one two three"


def test_long_text() -> None:
    """Text as long as allowed passes and a character more does not."""
    assert text(10).read(value("é" * 10)) == "é" * 10
    assert told("é" * 11, text(10)).endswith("is too long: 10 characters is the most")
    assert told("x" * 10_000, text(60)).endswith("60 characters is the most")


def test_whole_number() -> None:
    """Both ends of a range belong to it."""
    values = ("1", "20", "5")

    assert [whole(1, 20).read(value(written)) for written in values] == [1, 20, 5]


def test_no_whole_number() -> None:
    """What is not a whole number in its range is refused; true is not one either."""
    values = (
        *("0", "-1", "-5", "21", "1000000", "1000000000", "99999999999999999999"),
        *("1.5", "5.0", "true", "false", "~", "", "'5'", '"5"', "5s", "030", "05"),
        *("1:30", ".nan", ".inf", "1e1", "0x5", "0o5", "1_0", "+5", "٥", "[5]"),
        *("five", "{5: 5}"),
    )

    assert unlike(values, whole(1, 20), "write a whole number from 1 to 20") == {}


def test_neither_true_nor_false() -> None:
    """Nothing but the two plain words is true or false."""
    values = ("yes", "no", "on", "True", "1", "0", "'true'", "~", "[true]", "y")

    assert unlike(values, BOOLEAN, "write true or false") == {}


def test_true_and_false() -> None:
    """The two plain words are read as true and false."""
    assert BOOLEAN.read(value("true")) is True
    assert BOOLEAN.read(value("false")) is False


def test_no_word_of_the_set() -> None:
    """A word counts only exactly as it is spelt, and the words are listed."""
    values = (
        *("no", "OK", "Avoid", "'Avoid '", "'avoid '", "' ok'", "ok?", "~", ""),
        *("true", "false", "[avoid]", "{avoid: ok}", "safe", "none", "1", "avoid ok"),
    )
    expected = "write one of: ok, caution, avoid"

    assert unlike(values, one_of(PregnancyLevel), expected) == {}


def test_words_of_the_set() -> None:
    """Each word of an enum is read as its member, quoted or not."""
    read = one_of(PregnancyLevel).read

    assert {word: (word, word) for word in PregnancyLevel} == {
        word: (read(value(word.value)), read(value(f"'{word.value}'")))
        for word in PregnancyLevel
    }


def test_lists() -> None:
    """A list is read item by item, in order, and may be empty."""
    assert list_of(text(5)).read(value("[]")) == ()
    assert list_of(text(5)).read(value("[b, a, b]")) == ("b", "a", "b")


def test_no_list() -> None:
    """A single value is no list of one."""
    values = ("a", "~", "", "{a: b}", "1", "'[]'")
    expected = "write a list here: [one, two] or [] for none"

    assert unlike(values, list_of(text(5)), expected) == {}


def test_long_list() -> None:
    """A list has at most forty items, or as many as are asked for."""
    assert len(list_of(text(5)).read(value(f"[{'a, ' * 40}]"))) == 40
    assert told(f"[{'a, ' * 41}]", list_of(text(5))).endswith("40 is the most")
    assert told("[a, b, c]", list_of(text(5), most=2)).endswith("2 is the most")


def test_fault_in_a_list() -> None:
    """The place of a fault in a list is that of its item."""
    assert told("[ok, no]", list_of(one_of(PregnancyLevel))).startswith("a.yaml:1:9: ")
