"""The command line as a contract: what comes back, on which stream, with which code."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import acupress
from acupress import __version__
from acupress.catalogue.bundled import read_reference
from acupress.model import NEVER_PRESSED
from acupress.paths import bundled
from acupress.session.planning import NothingLeftError, plan
from acupress.session.screening import (
    Answers,
    Caution,
    PointChoice,
    PregnancyAnswer,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.text.documents import plan_document
from support.catalogue import POINTS, ROUTINES, SOURCES
from support.command import ANSWERED, PLACE_WORDS, acupress_, complaint
from support.terminal import ACUPRESS, Left, PtyTerminal, needs_unix

EVERY = {**POINTS, **read_reference(bundled(), POINTS, SOURCES)}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["shwo"], 'no command called "shwo"; did you mean show?'),
        (["show", "XX9"], 'no point called "XX9"; see `acupress list`'),
        (["show", "--jsn", "GB21"], "no option called --jsn; did you mean --json?"),
        (["show"], "which point? write its code or its name: `acupress show GB21`"),
        (["find"], "what is to be found? write it: `acupress find stiff neck`"),
        (["GB21"], 'no command called "GB21"; write `acupress show GB21`'),
        (["jian", "jing"], "write `acupress show GB21`"),
        (["B54"], "write `acupress show B54`"),
        (["lower-back", "--rehearse"], "write `acupress session lower-back`"),
        (["head"], "write `acupress list --region head`"),
        (["back"], "`acupress session` asks what you would like to do"),
        (["help", "shwo"], 'no command called "shwo"; did you mean show?'),
        (["show", "LI4", "BL60"], "names 2 points, type one: LI4, BL60"),
        (["session", "LI4", "BL60"], "names 2 points, type one: LI4, BL60"),
        (["show", "sleep"], "sleep is a routine, not a point: write `acupress session"),
        (["session", "lower"], "did you mean lower-back, lower-back-gentle or lower-"),
        (["session", "shoulder"], "did you mean upper-back?"),
        (["session", "my", "stiff", "neck"], "did you mean neck or desk-break?"),
        (["session", "lowerback"], "did you mean lower-back?"),
        (["session", "nosuch"], "the routines are lower-back, lower-back-gentle"),
        (["session"], "which routine? write one of: lower-back, lower-back-gentle"),
        (["plan"], "which routine? write one of: lower-back, lower-back-gentle"),
        (["session", "GB10"], "it is only told of: `acupress show GB10`"),
        (["list", "nonsense"], "write `acupress find nonsense`"),
        (["list", "Neck"], "write `acupress list --region neck`"),
        (["list", "--region", "knee"], "--region: write one of: lower-back, upper"),
        (["list", "--pregnancy", "no"], "--pregnancy: write ok"),
        (["list", "--json=yes"], "--json stands alone: write nothing after it"),
        (["care", "sleep"], '"sleep" is too much for `acupress care`; see'),
        (["plan", "upper-back", "--speed", "3"], "no option called --speed; see"),
        (["session", "upper-back", "--mute"], "did you mean --sound off?"),
        (["plan", "upper-back", "--quiet"], "no option called --quiet; see"),
        (["session", "upper-back", "--json"], "no option called --json; see"),
        (["session", "upper-back", "-v"], "no option called -v; see `acupress session"),
        (["session", "upper-back", "--minutes"], "--minutes needs something after it"),
        (["session", "upper-back", "--speed", "3"], "--speed goes with --rehearse"),
        (["plan", "upper-back", "--preg", "no"], "did you mean --pregnancy?"),
        (
            ["plan", "upper-back", "--pregnancy", "maybe"],
            "--pregnancy: write one of: no, yes, unsure",
        ),
        (
            ["session", "upper-back", "--cautions", "veins,x"],
            '--cautions: "x" is unknown; write none, or any of thinners, ',
        ),
        (["plan", "upper-back", "--without", "CV6"], "its points are KI27, GB21"),
        (
            ["plan", "upper-back", "--pregnancy=yes", "--pregnancy=no"],
            "--pregnancy is given more than once: give one answer",
        ),
        (
            ["session", "upper-back", "--cautions=neck", "--cautions=none"],
            "--cautions is given more than once",
        ),
        (
            ["session", "upper-back", "--warning-signs=urgent", "--warning-signs=none"],
            "--warning-signs is given more than once",
        ),
        (["plan", "upper-back", "--without", "B54"], "B54 names two points"),
        (
            ["plan", "upper-back", "--without", "TE3", "--only", "te 3,KI27"],
            "--only and --without both name TE3: choose one",
        ),
        (["show", "--", "-x"], 'no point called "-x"'),
        (["session", "--", "-x"], 'no routine or point called "-x"'),
        (["show", "x" * 100_000], 'no point called "xxx'),
    ],
)
def test_wrong_use_is_one_line_and_code_2(arguments: list[str], expected: str) -> None:
    """Whatever is typed wrongly is answered by one line that says what to type."""
    assert expected in complaint(*arguments, code=2)


@pytest.mark.parametrize(
    "minutes", ["0", "-1", "nan", "inf", "1e309", "1_0", "３０", "٣٠", "30s", "", "61"]
)
def test_minutes_are_a_whole_number_in_digits(minutes: str) -> None:
    """Anything but digits 0-9 within reason is refused."""
    said = complaint("plan", "upper-back", "--minutes", minutes, code=2)

    assert "write a whole number from 1 to 60" in said


def test_too_few_minutes_say_how_many_would_do() -> None:
    """The shortest that is worth doing is in the message."""
    arguments = ("plan", "lower-back", "--pregnancy", "no", "--minutes", "3")

    assert "4 minutes is the shortest" in complaint(*arguments, code=2)


@pytest.mark.parametrize("name", ["B54", "UB48", "zhongzhu", "L11"])
def test_a_name_of_two_points_tells_both(name: str) -> None:
    """Both candidates are told with their place, and neither is chosen."""
    said = complaint("show", name, code=2)

    assert f"{name} names two points." in said
    assert said.count(" = ") >= 2


@pytest.mark.parametrize(
    "words",
    [
        ["GB21"],
        ["gb", "21"],
        ["jian", "jing"],
        ["肩井"],
        ["Shoulder", "Well"],
        ["ＧＢ２１"],
    ],
)
def test_a_point_has_many_names(words: list[str]) -> None:
    """Code, spacing, pinyin, Chinese, English: all lead to the same page."""
    ran = acupress_("show", *words)

    assert ran.returncode == 0
    assert ran.stdout.startswith("GB21 Shoulder Well\n")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("gb 12", "GB12 Completion Bone"),
        ("完骨", "GB12 Completion Bone"),
        ("Cloud Gate", "LU2 Cloud Gate"),
        ("zhōng fǔ", "LU1 Middle Assembly"),
        ("Zanzhu", "BL2 Gathered Bamboo"),
        ("ex-b8", "EX-B8 Seventeenth Vertebra"),
        ("人中", "GV26 Water Ditch"),
    ],
)
def test_a_reference_point_has_as_many(typed: str, title: str) -> None:
    """Points that are only told of are found by every name, too."""
    ran = acupress_("show", typed)

    assert (0, f"{title}\n") == (ran.returncode, ran.stdout[: len(title) + 1])


def test_the_old_number_of_a_reference_point_is_told() -> None:
    """Whoever types the WHO's number is told what older books mean by it."""
    said = acupress_("show", "BL54").stdout

    assert said.startswith("older books call this point B49; their B54 is BL40")
    assert "\nBL54 Lowermost in Order\n" in said


def test_a_near_miss_of_a_reference_point_is_suggested() -> None:
    """Nearest names come from all points there are."""
    assert "did you mean LU2 Yunmen?" in complaint("show", "clod gate", code=2)


@pytest.mark.parametrize("code", sorted(NEVER_PRESSED))
def test_nobody_presses_the_artery_of_the_neck(code: str) -> None:
    """Six points are shown with their warning first and start no session."""
    shown = acupress_("show", code).stdout.splitlines()

    assert shown[3] == "Not to be pressed: the artery of the neck lies here."
    assert json.loads(acupress_("show", code, "--json").stdout)["never_press"] is True
    for command in ("session", "plan"):
        said = complaint(command, code, code=2)
        told = f"it is only told of: `acupress show {code}`"
        assert f"{code} is in no session, {told}" == said


def test_a_reference_point_is_in_no_routine() -> None:
    """A wish about a point that is only told of is answered as any other."""
    said = complaint("plan", "upper-back", "--without", "LU2", code=2)

    assert said == ("not in upper-back: LU2; its points are KI27, GB21, BL10, TE3, LI4")


def test_all_points_come_as_the_meridians_count_them() -> None:
    """With reference points, the list goes from LU1 to the extra points."""
    listed = acupress_("list", "--all").stdout.splitlines()[1:]
    codes = [line.split()[0] for line in listed]

    assert len(EVERY) == len(codes)
    assert codes[:3] == ["LU1", "LU2", "LU3"]
    assert codes.index("BL9") < codes.index("BL10") < codes.index("BL11")
    assert codes[-1].startswith("EX")


def test_what_is_typed_comes_back_harmless() -> None:
    """Control characters in an argument are told escaped."""
    said = complaint("show", "\x1b[31m[/]\n\u202e", code=2)

    assert said.isprintable()


@pytest.mark.parametrize("routine", [each.id for each in ROUTINES])
@pytest.mark.parametrize("missing", ["--pregnancy", "--warning-signs", "--cautions"])
def test_without_a_terminal_every_question_needs_its_option(
    routine: str, missing: str
) -> None:
    """One answer missing, and nothing starts: the line is the whole command."""
    at = ANSWERED.index(missing)
    typed = ("session", routine, "--no-journal", *ANSWERED[:at], *ANSWERED[at + 2 :])
    said = complaint(*typed, code=3)

    assert f"`acupress {' '.join(typed)} {missing} ___`" in said


@pytest.mark.parametrize("typed", ["no\nno\n0\n\n", "n\n" * 50, "\n" * 9, "y\n", ""])
def test_nothing_piped_in_is_an_answer(typed: str) -> None:
    """A pipe can not say no for anyone."""
    ran = acupress_("session", "lower-back", typed=typed)

    assert (ran.returncode, ran.stdout) == (3, "")
    assert not [word for word in PLACE_WORDS if word in ran.stderr]


@pytest.mark.parametrize(
    "name", ["PREGNANCY", "PREGNANT", "SESSION_PREGNANCY", "CAUTIONS", "TEST", "DEBUG"]
)
def test_no_variable_is_an_answer(name: str) -> None:
    """The environment can not say no for anyone."""
    variable = {f"ACUPRESS_{name}": "no"}
    ran = acupress_("session", "lower-back", *ANSWERED[2:], typed="", **variable)

    assert (ran.returncode, ran.stdout) == (3, "")


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        ("urgent", "Please get medical help now"),
        ("see-someone", "Please speak to a doctor"),
    ],
)
def test_a_warning_sign_starts_nothing(signs: str, expected: str) -> None:
    """A sign that fits ends in its signpost, whatever else was answered."""
    answers = ("--pregnancy", "no", "--warning-signs", signs, "--cautions", "none")
    ran = acupress_("session", "upper-back", *answers)

    assert (ran.returncode, ran.stdout) == (3, "")
    assert expected in ran.stderr


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_lower_back_does_not_run_when_care_is_taken(answer: str) -> None:
    """Nothing of it remains; what does run is named, and the signs are told."""
    answers = ("--pregnancy", answer, "--warning-signs", "none", "--cautions", "none")
    ran = acupress_("session", "lower-back", *answers)

    assert (ran.returncode, ran.stdout) == (3, "")
    assert "upper-back: Upper back and shoulders" in ran.stderr
    assert "Get help now" in ran.stderr
    assert "press for" not in ran.stderr


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_upper_back_runs_without_the_points_left_out(answer: str) -> None:
    """Line mode plays what remains, with the signs above it."""
    answers = ("--pregnancy", answer, "--warning-signs", "none", "--cautions", "none")
    rehearsal = ("--rehearse", "--speed", "100")
    ran = acupress_("session", "upper-back", *answers, *rehearsal, "--sound=off")
    played = ran.stdout.partition("REHEARSAL")[2]

    assert ran.returncode == 0
    assert "1 of 3: KI27 Elegant Mansion, chest, both sides" in played
    assert not [code for code in ("GB21", "LI4") if code in played]
    assert "Done: Upper back and shoulders, 4 minutes 50 seconds" in played
    assert played.endswith("all this was played, not pressed, and nothing is kept.\n")
    assert "\x1b" not in ran.stdout + ran.stderr


def test_cautions_that_leave_nothing_say_which() -> None:
    """An emptied plan is told by what emptied it, without the maternity signs."""
    answers = ("--pregnancy", "no", "--warning-signs", "none", "--cautions", "meal")
    ran = acupress_("session", "lower-back", *answers, "--only", "CV6")

    assert (ran.returncode, ran.stdout) == (3, "")
    assert "left out for: ate within the hour" in ran.stderr
    assert "midwife" not in ran.stderr


def test_a_single_point_can_be_practised() -> None:
    """One point alone has its step from the first routine that has it."""
    ran = acupress_("plan", "B60", "--pregnancy", "no", "--json")
    document = json.loads(ran.stdout)

    assert (
        document["routine"],
        document["total_seconds"],
        document["pressing_seconds"],
    ) == ("BL60", 225, 180)


@pytest.mark.parametrize("code", ["HT7", "ANMIAN"])
def test_a_point_practised_alone_has_no_hold_beyond_our_own_limit(code: str) -> None:
    """What only a routine may do, on the word of a source, a point alone may not."""
    ran = acupress_("plan", code, "--pregnancy", "no", "--json")
    pressed = [e for e in json.loads(ran.stdout)["steps"] if e["phase"] == "press"]

    assert [(each["side"], each["seconds"]) for each in pressed] == [
        ("left", 120),
        ("right", 120),
    ]


def test_what_stands_in_for_a_point_can_be_left_out_or_kept() -> None:
    """A replacement is a point of its routine, as far as wishes go."""
    careful = ("plan", "desk-break", "--pregnancy", "yes", "--json")
    without = json.loads(acupress_(*careful, "--without", "PC6").stdout)
    only = json.loads(acupress_(*careful, "--only", "PC6,TE3").stdout)

    assert {each["point"] for each in without["steps"]} == {"GB20", "TE3", "EX-HN3"}
    assert {each["point"] for each in only["steps"]} == {"TE3", "PC6"}


PLAN_KEYS = (
    "routine title total_seconds pressing_seconds steps left_out no_time_for gentle "
    "instead"
)


def test_a_plan_as_json() -> None:
    """The steps are contiguous, add up, and no answer is in the document."""
    ran = acupress_("plan", "upper-back", "--pregnancy", "yes", "--json")
    document = json.loads(ran.stdout)
    steps = document["steps"]

    assert ran.returncode == 0
    assert (document["total_seconds"], document["pressing_seconds"]) == (386, 290)
    assert sum(each["seconds"] for each in steps) == 386
    assert sum(e["seconds"] for e in steps if e["phase"] == "press") == 290
    assert " ".join(document) == PLAN_KEYS
    assert {"KI27", "BL10", "TE3"} == {each["point"] for each in steps}
    assert [each["point"] for each in document["left_out"]] == ["GB21", "LI4"]
    assert document["instead"] == []


def test_a_plan_that_does_not_run_as_json() -> None:
    """No steps, what runs instead, and code 3."""
    ran = acupress_("plan", "lower-back", "--pregnancy", "unsure", "--json")
    document = json.loads(ran.stdout)

    assert " ".join(document) == PLAN_KEYS
    assert (ran.returncode, document["steps"]) == (3, [])
    assert document["instead"] == [
        *("quiet", "nausea", "sleep", "lower-back-gentle"),
        *("upper-back", "upper-back-partner", "neck", "desk-break"),
    ]
    assert len(document["left_out"]) == 5


def test_a_plan_minds_the_cautions() -> None:
    """A point that a caution leaves out is in no plan on paper either."""
    ran = acupress_("plan", "upper-back", "--pregnancy=no", "--cautions=neck", "--json")
    document = json.loads(ran.stdout)

    assert {"KI27", "TE3", "LI4"} == {each["point"] for each in document["steps"]}
    assert [each["point"] for each in document["left_out"]] == ["GB21", "BL10"]


def test_a_plan_minds_the_cautions_of_every_day(tmp_path: Path) -> None:
    """What the preferences say of the body is added to what is said of today."""
    preferences = tmp_path / "acupress" / "config.toml"
    preferences.parent.mkdir()
    preferences.write_text('cautions = ["neck"]\n', "utf-8")
    ran = acupress_(
        *("plan", "neck", "--pregnancy=no", "--cautions=device", "--json"),
        XDG_CONFIG_HOME=str(tmp_path),
    )
    steps = json.loads(ran.stdout)["steps"]

    assert {"LI10", "SI3"} == {each["point"] for each in steps}


def test_line_mode_says_all_that_a_screen_shows() -> None:
    """The stop rule, how to press, and a release at the end of every hold."""
    answers = ("--pregnancy=no", "--warning-signs=none", "--cautions=none")
    ran = acupress_(
        *("session", "upper-back", "--only=BL10", *answers),
        *("--rehearse", "--speed=100", "--sound=off"),
    )
    played = ran.stdout.partition("REHEARSAL")[2]

    assert ran.returncode == 0
    assert "Stop at once if: sharp, shooting" in played
    assert "press: Light. Let the head rest against the thumbs" in played
    assert played.count("press for 1 minute") == 2
    assert played.count("release") == 2


def test_what_runs_instead_minds_the_wish() -> None:
    """Nothing is offered that would run only with a point that was left out."""
    arguments = ("plan", "relaxing", "--pregnancy=yes", "--json")
    every = json.loads(acupress_(*arguments).stdout)["instead"]
    fewer = json.loads(acupress_(*arguments, "--without=HT7").stdout)["instead"]

    assert every == [*fewer[:2], "sleep", *fewer[2:]]


def test_a_plan_without_an_answer_is_refused() -> None:
    """Even on paper, nothing is planned for someone who was not asked."""
    said = complaint("plan", "upper-back", code=3)

    assert "--pregnancy no|yes|unsure" in said


answers = st.builds(
    Answers, st.sampled_from(PregnancyAnswer), st.frozensets(st.sampled_from(Caution))
)


@settings(derandomize=True, max_examples=150)
@given(st.integers(0, len(ROUTINES) - 1), answers)
def test_every_plan_document_adds_up(which: int, given_answers: Answers) -> None:
    """Starts and seconds are whole, contiguous, and add up, whatever is left out."""
    screened = screen(ROUTINES[which], given_answers, PointChoice())
    try:
        made = plan(screened)
    except NothingLeftError:
        return
    document = plan_document(made, lay_out(made))
    now = 0
    for each in document["steps"]:
        assert now == each["start"]
        now += each["seconds"]

    assert now == document["total_seconds"]


KEYS = (
    "code kind name pinyin pinyin_toned hanzi meridian aliases regions body "
    "traditional sides reach pregnancy pregnancy_note never_press cautions where find "
    "find_partner hand press stop breath pressure hold_seconds repetitions pattern "
    "how_often notes sources"
)


def test_points_as_json() -> None:
    """Every key of the contract is there, for taught and reference points alike."""
    listed = json.loads(acupress_("list", "--all", "--json").stdout)
    one = json.loads(acupress_("show", "GB10", "--json").stdout)

    assert sorted(EVERY) == sorted(each["code"] for each in listed)
    assert all(" ".join(each) == KEYS for each in [*listed, one])
    assert one["hand"] is one["hold_seconds"] is one["pattern"] is None


def test_routines_as_json() -> None:
    """The routines come in their order, however they are asked for."""
    first = acupress_("routines", "--json").stdout
    second = acupress_("list", "routines", "--json").stdout

    assert first == second
    assert [each.id for each in ROUTINES] == [each["id"] for each in json.loads(first)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--region", "lower-back", "--body", "ankle"], ["BL60", "KI3"]),
        (["--meridian", "GV"], ["GV14", "GV20", "GV4"]),
        (["--meridian", "EX"], ["ANMIAN", "EX-HN3"]),
        (["--reach", "partner"], ["BL23", "BL52", "BL53", "GV14", "GV4", "SI15"]),
        (
            ["--pregnancy", "ok"],
            [
                *("BL10", "EX-HN3", "GB20", "GV14", "GV20", "HT7"),
                *("KI27", "PC6", "SI3", "TE3", "TE5"),
            ],
        ),
        (["--body", "thigh"], []),
        (["--all", "--meridian", "GV", "--body", "neck"], ["GV14", "GV15", "GV16"]),
        (["--all", "--pregnancy", "ok", "--body", "face"], ["SI19", "EX-HN3"]),
    ],
)
def test_filters_combine(filters: list[str], expected: list[str]) -> None:
    """Only points that fit every filter are listed."""
    listed = json.loads(acupress_("list", *filters, "--json").stdout)

    assert expected == [each["code"] for each in listed]


def test_a_list_without_points_says_so() -> None:
    """A valid question with no answer is answered by a sentence."""
    ran = acupress_("list", "--body", "thigh")

    assert (ran.returncode, ran.stdout) == (0, "No point here fits all of that.\n")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help_begins_with_three_examples(arguments: list[str]) -> None:
    """Whoever types nothing is shown what to type."""
    ran = acupress_(*arguments)

    assert ran.returncode == 0
    assert ran.stdout.count("\n    acupress ") == 3


@pytest.mark.parametrize(
    "command", ["session", "plan", "show", "list", "routines", "journal"]
)
def test_every_command_has_help_without_pressing_anything(command: str) -> None:
    """Help explains options and never says where to press."""
    ran = acupress_(command, "--help")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert not [word for word in PLACE_WORDS if word in ran.stdout]


@pytest.mark.parametrize("asked", ["--version", "-V", "version"])
def test_version(asked: str) -> None:
    """The version is that of the package, however other programs have it asked."""
    assert f"acupress {__version__}\n" == acupress_(asked).stdout


def test_a_fault_in_a_file_hides_no_advice(tmp_path: Path) -> None:
    """Who forgot a word is told what to type, as far as that can be known."""
    own = tmp_path / "acupress" / "points"
    own.mkdir(parents=True)
    empty = acupress_("check", XDG_CONFIG_HOME=str(tmp_path))
    (own / "a.yaml").write_text("x", "utf-8")
    ran = acupress_("GB21", XDG_CONFIG_HOME=str(tmp_path))

    assert empty.stdout == f"There is nothing to check in {tmp_path / 'acupress'}.\n"
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert 'no command called "GB21"; there are session' in ran.stderr


@pytest.mark.parametrize("words", [[], ["session"], ["journal", "export"]])
def test_help_is_a_word_too(words: list[str]) -> None:
    """`acupress help session` is `acupress session --help`."""
    asked = acupress_("help", *words)

    assert asked.returncode == 0
    assert asked.stdout == acupress_(*words, "--help").stdout


@pytest.mark.parametrize(
    "words",
    ["", "session", "plan", "show", "list", "find", "journal", "journal export"],
)
def test_help_is_for_people(words: str) -> None:
    """No type stands for a value, no brace for a duty, and a number has its range."""
    told = acupress_(*words.split(), "--help").stdout
    numbers = re.findall(r"--[a-z-]+ NUMBER((?:(?!\n  -).)*)", told, re.DOTALL)

    assert not re.search(r"[{}<>]|message and exit|[a-z]\.\.\.$", told, re.MULTILINE)
    assert all(re.search(r"\d+\s+to\s+\d+", each) for each in numbers)


def test_a_word_for_a_list_is_known_in_any_case() -> None:
    """What no safety depends on is read as it was meant."""
    listed = acupress_("list", "--region", "Lower-Back", "--meridian", "gv")

    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["point", "GV4"]


@pytest.mark.parametrize(
    ("arguments", "begun", "expected"),
    [
        (
            "acupress ",
            "1",
            {
                *("session", "plan", "show", "list", "find", "routines"),
                *("how", "care", "journal", "check"),
            },
        ),
        ("acupress show GB", "2", {"GB20", "GB21", "GB30"}),
        ("acupress session upper", "2", {"upper-back", "upper-back-partner"}),
        ("acupress list --region le", "3", {"leg"}),
    ],
)
def test_completion(arguments: str, begun: str, expected: set[str]) -> None:
    """Tab completes commands, point codes, routine ids and regions."""
    ran = acupress_(
        _ACUPRESS_COMPLETE="complete_bash", COMP_WORDS=arguments, COMP_CWORD=begun
    )

    assert expected == set(ran.stdout.split())


@pytest.mark.parametrize(
    "words",
    [
        {"COMP_WORDS": "acupress show GB", "COMP_CWORD": "2"},
        {"COMP_WORDS": "acupress shwo GB", "COMP_CWORD": "2"},
        {"COMP_WORDS": "acupress", "COMP_CWORD": "x"},
        {},
    ],
)
def test_completion_that_fails_is_silent(tmp_path: Path, words: dict[str, str]) -> None:
    """Nothing is printed into a line that somebody is typing, whatever is broken."""
    broken = tmp_path / "acupress" / "points" / "broken.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("x", "utf-8")
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    ran = acupress_(**home, **words, _ACUPRESS_COMPLETE="complete_bash")

    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "")


@pytest.mark.parametrize("asked", ["nonsense", "complete_foo", "foo_bash"])
def test_completion_for_nobody_is_wrong_use(asked: str) -> None:
    """A variable that no shell sets so is told in one line, and nothing is started."""
    ran = acupress_("routines", _ACUPRESS_COMPLETE=asked)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stderr.startswith("acupress: _ACUPRESS_COMPLETE is set by shells: write")


@pytest.mark.parametrize("columns", ["0", "-5", "abc", "99999999", "1"])
def test_odd_widths_lose_nothing(columns: str) -> None:
    """Whatever the environment claims, the page is there."""
    ran = acupress_("show", "GB21", COLUMNS=columns)

    assert ran.returncode == 0
    assert "AVOID in pregnancy" in " ".join(ran.stdout.split())


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_other_encodings_keep_the_warning(encoding: str) -> None:
    """What can not be written is replaced; the warning always can be."""
    ran = acupress_("show", "GB21", PYTHONUTF8="0", PYTHONIOENCODING=encoding)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert "AVOID in pregnancy" in ran.stdout


def test_colour_only_when_it_is_forced() -> None:
    """A pipe gets no escape sequence unless it asks for one."""
    bare, forced = acupress_("list"), acupress_("list", FORCE_COLOR="1")

    assert "\x1b" not in bare.stdout
    assert "\x1b" in forced.stdout


def test_force_color_0_is_no_colour() -> None:
    """Where others take it for no colour, a terminal gets none, bold aside."""
    for command in (("show", "BL60"), ("list",)):
        with PtyTerminal(
            (*ACUPRESS, *command), environment={"FORCE_COLOR": "0"}
        ) as term:
            assert Left(0) == term.left()
            sent = set(re.findall(rb"\x1b\[([0-9;]+)m", term.raw))

            assert sent
            assert sent <= {b"0", b"1", b"2"}


def run_in_shell(line: str) -> subprocess.CompletedProcess[str]:
    """Run *line* in bash with ``$A`` as the program."""
    script = f'A="{sys.executable} -m acupress"; {line}'
    return subprocess.run(
        ["/bin/bash", "-c", script], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("ignored", [False, True])
def test_a_closed_pipe_is_silent(*, ignored: bool) -> None:
    """A reader that has left ends the program as a signal, always, without a word."""
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "acupress", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        restore_signals=not ignored,
    )
    os.close(writing)

    assert (ran.returncode, ran.stderr) == (-signal.SIGPIPE, b"")


SAYING = (
    *("find back", "list --all", "list --region neck --picture ascii", "routines"),
    *("show GB21", "show TE3 --picture ascii", "show TE3 --json", "list --json"),
    *("plan lower-back --pregnancy no", "plan sleep --pregnancy no --json", "--help"),
    *("check --schema", "how", "care", "help session"),
)


def writes(words: str, **changes: str) -> list[int]:
    """Return how many bytes each write of a command has; each is a record here."""
    needs_unix()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    with (
        ours,
        subprocess.Popen(
            [sys.executable, "-m", "acupress", *words.split()],
            stdin=subprocess.DEVNULL,
            stdout=theirs.fileno(),
            env={**os.environ, **changes},
        ) as program,
    ):
        theirs.close()
        sizes = list(iter(lambda: len(ours.recv(1 << 20)), 0))
    assert program.returncode == 0
    return sizes


@pytest.mark.parametrize("words", SAYING)
def test_all_that_is_said_is_one_write(words: str) -> None:
    """No reader can leave between two of them, so each has one way to end."""
    assert len(writes(words)) == 1


@pytest.mark.parametrize("words", ["find back", "list", "routines"])
@pytest.mark.parametrize(
    "changes", [{"FORCE_COLOR": "1"}, {"PYTHONUNBUFFERED": "1"}], ids=str
)
def test_one_write_whoever_makes_it(words: str, changes: dict[str, str]) -> None:
    """In colour, and where the interpreter is told to hold nothing back."""
    assert len(writes(words, **changes)) == 1


def test_a_reader_that_has_seen_enough() -> None:
    """It leaves once it has read: all that fits into a pipe was written by then."""
    needs_unix()
    for _ in range(10):
        with subprocess.Popen(
            [sys.executable, "-m", "acupress", "find", "back"], stdout=subprocess.PIPE
        ) as program:
            assert program.stdout
            os.read(program.stdout.fileno(), 1)
            program.stdout.close()

        assert program.returncode == 0


def test_output_that_can_not_be_written_is_code_5() -> None:
    """A full disk is told in one line and never taken for success."""
    ran = run_in_shell("$A list > /dev/full")

    assert ran.returncode == 5
    assert len(ran.stderr.splitlines()) == 1
    assert ran.stderr.startswith("acupress: the output was not written")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ("show XX9 2>/dev/full", 2),
        ("show XX9 2>&-", 2),
        ("list >/dev/full 2>/dev/full", 5),
        ("session upper-back 2>/dev/full", 3),
        ("session TE3 --pregnancy=no --warning-signs=urgent --cautions=none 2>&-", 3),
    ],
)
def test_complaints_that_can_not_be_written(arguments: str, code: int) -> None:
    """Where nobody can be told what is wrong, the exit code still tells."""
    ran = run_in_shell(f"$A {arguments} </dev/null")

    assert (code, "", "") == (ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize(
    ("closed", "code", "said"),
    [
        (">&-", 5, "acupress: the output was not written: standard output is closed\n"),
        (">&- 2>&-", 5, ""),
        ("<&-", 0, ""),
    ],
)
def test_closed_streams_end_without_a_traceback(
    closed: str, code: int, said: str
) -> None:
    """Whatever stream is missing, there is a sensible code and no traceback."""
    ran = run_in_shell(f"$A show GB21 {closed}")

    assert (code, said) == (ran.returncode, ran.stderr)
    assert ran.stdout.startswith("GB21") is (code == 0)


def test_a_damaged_installation_says_so(tmp_path: Path) -> None:
    """A data file that can not be used is named, with line and column."""
    package = tmp_path / "acupress"
    copytree(Path(acupress.__file__).parent, package)
    copytree(bundled(), package / "data", dirs_exist_ok=True)
    data = package / "data" / "points" / "GB21.yaml"
    data.write_text(data.read_text("utf-8").replace("pregnancy: avoid\n", ""), "utf-8")
    ran = run_copy(tmp_path, "show", "TE3")

    assert (ran.returncode, ran.stdout) == (4, "")
    assert "GB21.yaml:1:1: the key 'pregnancy' is missing" in ran.stderr


def test_a_damaged_long_list_stops_only_those_who_need_it(tmp_path: Path) -> None:
    """A fault among the reference points is told when one of them is asked for."""
    package = tmp_path / "acupress"
    copytree(Path(acupress.__file__).parent, package)
    copytree(bundled(), package / "data", dirs_exist_ok=True)
    data = package / "data" / "points" / "reference.yaml"
    data.write_text(
        data.read_text("utf-8").replace("body: chest", "body: heart"), "utf-8"
    )
    spared, stopped = (run_copy(tmp_path, "show", code) for code in ("TE3", "LU1"))

    assert (spared.returncode, spared.stderr) == (0, "")
    assert (stopped.returncode, stopped.stdout) == (4, "")
    assert "reference.yaml:9:12: write one of: head, face" in stopped.stderr


def run_copy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copy of the package that lies in *folder*."""
    return subprocess.run(
        [sys.executable, "-m", "acupress", *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )


def test_a_picture_is_drawn_only_where_it_is_asked_for() -> None:
    """A pipe gets no picture, unless it asks for one in plain characters."""
    bare, drawn = (
        acupress_("show", "BL60"),
        acupress_("show", "BL60", "--picture", "ascii"),
    )

    assert "(X)" not in bare.stdout
    assert "(X)" in drawn.stdout
    assert "ankle bone" in drawn.stdout
    assert "\x1b" not in drawn.stdout


def test_a_map_has_the_numbers_of_the_list() -> None:
    """The numbers on the map of a region stand in the list below it."""
    ran = acupress_("list", "--region", "lower-back", "--picture", "ascii")
    numbers = [
        line.split()[0] for line in ran.stdout.splitlines() if " lower-back" in line
    ]

    assert [str(number) for number in range(1, 12)] == numbers
    assert "( )" in ran.stdout.partition("no.")[0]


def test_a_picture_is_saved_whole_and_over_nothing(tmp_path: Path) -> None:
    """The file is a picture of its own, and is never written twice."""
    path = tmp_path / "bl60.svg"
    first = acupress_("show", "BL60", "--save", str(path))
    before = path.read_bytes()
    second = acupress_("show", "BL60", "--save", str(path))

    assert (0, f"saved {path}\n") == (first.returncode, first.stdout)
    assert (5, before) == (second.returncode, path.read_bytes())
    assert second.stderr.endswith("is there already, and nothing is overwritten\n")
    assert before.startswith(b"<svg")
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["show", "BL60", "--save", "x.png"], 2, "a name that ends in .svg"),
        (["plan", "BL60", "--pregnancy", "no", "--save", "x.txt"], 2, "ends in .html"),
        (["show", "BL60", "--save", "/no/such/x.svg"], 5, "x.svg: No such file"),
    ],
)
def test_a_file_that_can_not_be_saved(
    arguments: list[str], code: int, expected: str
) -> None:
    """What is wrong with the name of a file is told in one line."""
    assert expected in complaint(*arguments, code=code)


def test_a_sheet_tells_all_and_betrays_nothing(tmp_path: Path) -> None:
    """A sheet made after *yes* holds what remains, and not what was left out."""
    path = tmp_path / "sheet.html"
    ran = acupress_("plan", "upper-back", "--pregnancy", "yes", "--save", str(path))
    text = path.read_text("utf-8")

    assert ran.returncode == 0
    assert text.count("<svg") == 3
    assert not [code for code in ("GB21", "LI4", "midwife") if code in text]
    assert "Stop at once if" in text
    assert "Not for anyone" not in text
    assert {"http://www.w3.org/2000/svg"} == set(
        re.findall(r"https?://[^\"\s<]+", text)
    )


def test_a_sheet_of_other_points_warns(tmp_path: Path) -> None:
    """Whoever prints it, a sheet with a point that is not ok says so."""
    path = tmp_path / "sheet.html"
    acupress_("plan", "lower-back", "--pregnancy", "no", "--save", str(path))

    assert "Not for anyone who is or could be pregnant." in path.read_text("utf-8")


def test_times_of_ones_own_are_in_the_plan() -> None:
    """`plan` takes the same times as `session`, and its totals agree with them."""
    times = ("--get-ready", "20", "--change-sides", "9")
    ran = acupress_("plan", "upper-back", *ANSWERED[:2], *times, "--json")
    document = json.loads(ran.stdout)
    lengths = {
        phase: {each["seconds"] for each in document["steps"] if each["phase"] == phase}
        for phase in ("ready", "switch")
    }

    assert lengths == {"ready": {20}, "switch": {9}}
    assert document["total_seconds"] == 560 + 5 * 5 + 3 * 4


def test_the_name_of_a_file_is_told_harmless(tmp_path: Path) -> None:
    """No name of a file steers a terminal, whoever tells it."""
    own = tmp_path / "acupress" / "points"
    own.mkdir(parents=True)
    for name in ("\x1b[31ma.yaml", "\x1b]0;b\x07.txt", "c\u202e.yaml"):
        (own / name).write_text("x", "utf-8")
    home = {"XDG_CONFIG_HOME": str(tmp_path)}
    checked = acupress_("check", **home)
    listed = acupress_("list", **home)
    picture = tmp_path / "\x1b[31m.svg"
    saved = acupress_("show", "GB21", "--save", str(picture))

    assert (checked.returncode, listed.returncode, saved.returncode) == (4, 4, 0)
    for ran in (checked, listed, saved):
        assert "\\x1b" in ran.stdout + ran.stderr
        assert (ran.stdout + ran.stderr).replace("\n", "").isprintable()


def test_a_place_with_spaces_and_umlauts(tmp_path: Path) -> None:
    """A copy in a folder of any name is the same program."""
    package = tmp_path / "mein Rücken" / "acupress"
    copytree(Path(acupress.__file__).parent, package)
    copytree(bundled(), package / "data", dirs_exist_ok=True)
    ran = acupress_("show", "GB21", PYTHONPATH=str(package.parent))

    assert ran.stdout == acupress_("show", "GB21").stdout
