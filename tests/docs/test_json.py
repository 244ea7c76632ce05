"""What is printed with --json, held to docs/json.schema.json."""

from __future__ import annotations

import json
import shutil
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from acupress import model
from acupress.journal.export import ENTRY_KEYS
from acupress.session.screening import PregnancyAnswer
from support.catalogue import ROUTINES
from support.command import invoke

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "json.schema.json").read_text("utf-8")
)


def strict(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Return *schema* without room for a key that it does not name."""
    match schema:
        case {"properties": dict(), **rest}:
            parts = {key: strict(value) for key, value in schema.items()}
            return {**parts, "additionalProperties": False} if "type" in rest else parts
        case dict():
            return {key: strict(value) for key, value in schema.items()}
        case _:
            return schema


STRICT = strict(SCHEMA)


def faults(name: str, document: object) -> list[str]:
    """Return what of *document* is not as the schema's definition *name* has it."""
    validator = Draft202012Validator({**STRICT, "$ref": f"#/$defs/{name}"})
    return [
        f"{error.json_path}: {error.message}"
        for error in validator.iter_errors(document)
    ]


def printed(*arguments: str, **environment: str) -> Any:  # noqa: ANN401
    """Return the document that a command prints."""
    ran = invoke(*arguments, "--json", **environment)
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def test_the_schema_is_one() -> None:
    """The schema is valid, and each key of it says what it is."""
    Draft202012Validator.check_schema(SCHEMA)
    described = [
        (name, key)
        for name, defined in SCHEMA["$defs"].items()
        for key, value in defined.get("properties", {}).items()
        if not value.get("description")
    ]

    assert described == []


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("point/kind", model.PointKind),
        ("point/meridian", model.Meridian),
        ("point/body", model.Body),
        ("point/sides", model.Sides),
        ("point/reach", model.Reach),
        ("point/pregnancy", model.PregnancyLevel),
        ("point/breath", model.BreathDirection),
        ("point/pressure", model.Pressure),
        ("point/pattern", model.Pattern),
        ("point/regions", model.Region),
        ("point/cautions", model.Tag),
        ("routine/region", model.Region),
        ("segment/side", model.Side),
        ("segment/phase", model.Phase),
    ],
)
def test_the_words_of_a_closed_set_are_those_of_the_program(
    place: str, kind: type[Enum]
) -> None:
    """Where a key may be one of a few words, the schema has all of them and no more."""
    name, _, key = place.partition("/")
    value = SCHEMA["$defs"][name]["properties"][key]
    words = value.get("items", value)["enum"]

    assert {word for word in words if word} == {each.value for each in kind}


def test_every_point_is_as_documented() -> None:
    """Each point of the long list, taught or not, has the keys that are documented."""
    points = printed("list", "--all")

    assert len(points) > 300
    assert faults("points", points) == []
    assert faults("point", printed("show", "GB21")) == []
    assert faults("points", printed("find", "neck")) == []


def test_every_routine_is_as_documented() -> None:
    """Each routine has the keys that are documented, in the list and by itself."""
    every = printed("routines")

    assert [each["id"] for each in every] == [routine.id for routine in ROUTINES]
    assert faults("routines", every) == []
    for routine in ROUTINES:
        assert faults("routine", printed("routines", routine.id)) == []


@pytest.mark.parametrize("answer", [each.value for each in PregnancyAnswer])
def test_every_plan_is_as_documented(answer: str) -> None:
    """So has each plan, for each answer, and also where nothing remains."""
    empty = 0
    for routine in ROUTINES:
        ran = invoke("plan", routine.id, "--pregnancy", answer, "--json")
        plan = json.loads(ran.stdout)
        assert faults("plan", plan) == []
        assert ran.returncode == (0 if plan["steps"] else 3)
        empty += not plan["steps"]

    assert (empty > 0) == (answer != "no")


def test_a_plan_with_everything_is_as_documented() -> None:
    """A plan with points left out, gentle and without time has them as documented."""
    arguments = ("--pregnancy=no", "--cautions=bones", "--without=CV6", "--minutes=6")
    plan = printed("plan", "lower-back", *arguments)

    assert plan["left_out"]
    assert plan["no_time_for"]
    assert plan["gentle"]
    assert faults("plan", plan) == []


def test_the_journal_is_as_documented(thirty: Path, tmp_path: Path) -> None:
    """Each session has the keys that are documented, and so has the table."""
    shutil.copytree(thirty.parent, tmp_path / "acupress")
    home = {"XDG_DATA_HOME": str(tmp_path)}
    sessions = printed("journal", **home)

    assert len(sessions) == 30
    assert faults("sessions", sessions) == []
    assert faults("sessions", printed("journal", "export", **home)) == []
    assert list(SCHEMA["$defs"]["session"]["properties"]) == list(ENTRY_KEYS)


def test_a_key_that_is_not_documented_is_noticed() -> None:
    """The tests above would fail for a key that the schema does not have."""
    point = printed("show", "GB21")

    assert faults("point", {**point, "more": 1}) != []
    assert faults("point", {**point, "pressure": "hard"}) != []
    del point["stop"]
    assert faults("point", point) != []
