"""The command line as a contract: what is printed, on which stream, with which code."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress import __version__, cli
from acupress.commands.examples import EXAMPLES
from acupress.commands.inventory import every_command
from acupress.errors import WrongUseError
from acupress.model import NEVER_PRESSED
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
from support.catalogue import EVERY, ROUTINES
from support.command import ANSWERED, PLACE_WORDS, acupress_, complaint, invoke

IN_A_HURRY = ("--rehearse", "--speed=100", "--sound=off")

# What is typed, and what the one line that answers it has to say.
WRONG_USE = {
    "shwo": 'no command called "shwo"; did you mean show?',
    "show XX9": 'no point called "XX9"; see `acupress list`',
    "show --jsn GB21": "no option called --jsn; did you mean --json?",
    "show": "which point? write its code or its name: `acupress show GB21`",
    "find": "what is to be found? write it: `acupress find stiff neck`",
    "GB21": 'no command called "GB21"; write `acupress show GB21`',
    "jian jing": "write `acupress show GB21`",
    "B54": "write `acupress show B54`",
    "lower-back --rehearse": "write `acupress session lower-back`",
    "head": "write `acupress list --region head`",
    "back": "write `acupress find back`",
    "nonsense": "`acupress help` says what else there is",
    "start": "write `acupress session`",
    "History": "write `acupress journal`",
    "points": "write `acupress list`",
    "help headache": "write `acupress find headache`",
    "show headache": "desk-break; write `acupress find headache` or `acupress session"
    " desk-break`",
    "show my stiff neck": "stiff neck`, `acupress session neck` or `acupress session",
    "show period pain": "there is no session for period pain, on purpose",
    "show chest pain": "Call your emergency number (112, 999, 911, 000) now",
    "show Lower leg": "write `acupress list --body lower-leg`",
    "help shwo": 'no command called "shwo"; did you mean show?',
    "show LI4 BL60": "names 2 points, type one: LI4, BL60",
    "session LI4 BL60": "names 2 points, type one: LI4, BL60",
    "show sleep": "sleep is a routine, not a point: write `acupress session",
    "session lower": "did you mean lower-back or lower-back-gentle?",
    "session shoulder": "a point on the shoulder; write `acupress session upper-back`",
    "session headache": "those of desk-break; write `acupress session desk-break`",
    "plan hedache": "those of desk-break; write `acupress plan desk-break`",
    "plan insomnia": "write `acupress plan sleep`",
    "routines stress": "did you mean relaxing or quiet?",
    "session period pain": "there is no session for period pain, on purpose: its",
    "session chest pain": "Call your emergency number (112, 999, 911, 000) now",
    "insomnia": "write `acupress find insomnia`",
    "session my stiff neck": "did you mean neck or desk-break?",
    "session lowerback": "did you mean lower-back or lower-back-gentle?",
    "session nosuch": "the routines are lower-back, lower-back-gentle",
    "session": "which routine? write one of: lower-back, lower-back-gentle",
    "plan": "which routine? write one of: lower-back, lower-back-gentle",
    "session GB10": "it is only told of: `acupress show GB10`",
    "list nonsense": "write `acupress find nonsense`",
    "list routines": "write `acupress routines`",
    "list routine": "write `acupress routines`",
    "list stiff neck": "write `acupress find stiff neck`",
    "list Neck": "write `acupress list --region neck`",
    "list --region knee": "--region: write one of: lower-back, upper",
    "list --pregnancy no": "--pregnancy: write ok",
    "list --json=yes": "--json stands alone: write nothing after it",
    "care sleep": '"sleep" is too much for `acupress care`; see',
    "plan upper-back --speed 3": "no option called --speed; see",
    "session upper-back --mute": "did you mean --sound off?",
    "plan upper-back --quiet": "no option called --quiet; see",
    "session upper-back --json": "no option called --json; see",
    "session upper-back -v": "no option called -v; see `acupress session",
    "session upper-back --minutes": "--minutes needs something after it",
    "session upper-back --speed 3": "--speed goes with --rehearse",
    "session upper-back --get-ready=4": "write a whole number from 5 to 60",
    "session upper-back --change-sides=31": "write a whole number from 3 to 30",
    "session upper-back --pain=11": "write a whole number from 0 to 10",
    "session upper-back --pain=٣": "write a whole number from 0 to 10",
    "plan upper-back --preg no": "did you mean --pregnancy?",
    "plan upper-back --pregnancy maybe": "--pregnancy: write one of: no, yes, unsure",
    "session upper-back --cautions veins,x": (
        '--cautions: "x" is unknown; write none, or any of thinners, '
    ),
    "plan upper-back --without CV6": "its points are KI27, GB21",
    "plan upper-back --without LU2": (
        "not in upper-back: LU2; its points are KI27, GB21, BL10, TE3, LI4"
    ),
    "plan upper-back --pregnancy=yes --pregnancy=no": (
        "--pregnancy is given more than once: give one answer"
    ),
    "session upper-back --cautions=neck --cautions=none": (
        "--cautions is given more than once"
    ),
    "session upper-back --warning-signs=urgent --warning-signs=none": (
        "--warning-signs is given more than once"
    ),
    "plan upper-back --without B54": "B54 names two points",
    "plan lower-back --pregnancy no --minutes 3": "4 minutes is the shortest",
    "show clod gate": "did you mean LU2 Yunmen?",
    "show taiyan": 'no point called "taiyan"; see `acupress list`',
    "show Taiyang": "EX-HN5 Taiyang is an extra point, known here by name and place",
    "show P7": "forearm = LU7 Lieque. Type PC7 or LU7",
    "session P6": "P6 names two points. English charts: ",
    "plan upper-back --without H7": "H7 names two points",
    "show -- -x": 'no point called "-x"',
    "session -- -x": 'no routine or point called "-x"',
    f"show {'x' * 100_000}": 'no point called "xxx',
    "show BL60 --save x.gif": "a name that ends in .svg or .png",
    "plan BL60 --pregnancy no --save x.txt": "ends in .html",
}


# What is looked for, and the sessions or the sentence that is found.
SERVED = {
    "nausea": "acupress session nausea: Wrist set for queasiness, 6 minutes",
    "insomnia": "acupress session sleep: ",
    "insomia": "acupress session sleep: ",
    "stress": "acupress session relaxing: ",
    "sciatica": "acupress session leg-pain: ",
    "headache": "its points are those of desk-break",
    "hed ache": "acupress session desk-break: ",
    "hip": "acupress session hip: ",
    "my sholder hurts": "acupress session upper-back: ",
    "bak pain": "acupress session lower-back: ",
    "period pain": "There is no session for period pain, on purpose",
    "menstrual cramps": "There is no session for period pain, on purpose",
    "chest pain": "Call your emergency number",
    "lower back with partner": "acupress session lower-back-partner: ",
}


def test_find_leads_to_sessions_and_says_why_there_is_none() -> None:
    """An ache is answered with how to begin, or with why nothing is; nothing starts."""
    said = {words: invoke("find", *words.split()) for words in SERVED}

    assert dict.fromkeys(SERVED, 0) == {
        words: result.returncode for words, result in said.items()
    }
    assert {
        words: result.stdout
        for words, result in said.items()
        if SERVED[words] not in " ".join(result.stdout.split())
    } == {}


def test_a_search_for_a_temple_finds_no_wrist() -> None:
    """The name of an extra point is told of, and is no slip for another's."""
    told = "EX-HN5 Taiyang is an extra point, known here by name and place only: the"

    assert invoke("find", "taiyang").stdout == f"{told} temple\n"
    assert json.loads(invoke("find", "taiyang", "--json").stdout) == []


def test_a_part_of_the_body_is_no_emergency() -> None:
    """Only who asks for chest pain is told to call; the chest has points."""
    assert "emergency" not in invoke("find", "chest").stdout
    assert "session" not in invoke("find", "pain").stdout


def test_sessions_are_no_part_of_the_list_that_programs_read() -> None:
    """The JSON of a search stays the array of its points, also where there are none."""
    for words in ("nausea", "period pain"):
        document = json.loads(invoke("find", *words.split(), "--json").stdout)

        assert all(point["code"] in EVERY for point in document), words


def test_wrong_use_is_one_line_and_code_2() -> None:
    """Whatever is typed wrongly is answered by one line that says what to type."""
    for typed, expected in WRONG_USE.items():
        said = complaint(*typed.split(), code=2)

        assert expected in said, typed[:80]
    both = complaint("plan", "upper-back", "--without=TE3", "--only=te 3,KI27", code=2)

    assert "--only and --without both name TE3: choose one" in both


def test_minutes_are_a_whole_number_in_digits() -> None:
    """Anything but digits 0-9 within reason is refused."""
    for typed in (
        *("0", "-1", "nan", "inf", "1e309", "1_0", "３０", "٣٠", "30s", "", "61"),
    ):
        said = complaint("plan", "upper-back", "--minutes", typed, code=2)

        assert "write a whole number from 1 to 60" in said, typed


def test_a_name_of_two_points_tells_both() -> None:
    """Both candidates are told with their place, and neither is chosen."""
    for name in ("B54", "UB48", "zhongzhu", "L11"):
        said = complaint("show", name, code=2)

        assert f"{name} names two points." in said
        assert said.count(" = ") >= 2, said


# What is typed, and the heading of the page that it leads to.
NAMES = {
    "GB21": "GB21 Shoulder Well",
    "gb 21": "GB21 Shoulder Well",
    "jian jing": "GB21 Shoulder Well",
    "肩井": "GB21 Shoulder Well",
    "Shoulder Well": "GB21 Shoulder Well",
    "ＧＢ２１": "GB21 Shoulder Well",
    "gb 12": "GB12 Completion Bone",
    "完骨": "GB12 Completion Bone",
    "Cloud Gate": "LU2 Cloud Gate",
    "zhōng fǔ": "LU1 Middle Assembly",
    "Zanzhu": "BL2 Gathered Bamboo",
    "ex-b8": "EX-B8 Seventeenth Vertebra",
    "人中": "GV26 Water Ditch",
}


def test_a_point_has_many_names() -> None:
    """Code, spacing, pinyin, Chinese, English, also of points that are only told of."""
    shown = {typed: invoke("show", *typed.split()).stdout for typed in NAMES}

    assert {typed: said.split(" · ")[0] for typed, said in shown.items()} == NAMES


def test_the_old_number_of_a_reference_point_is_told() -> None:
    """Whoever types the WHO's number is told what older books mean by it."""
    said = invoke("show", "BL54").stdout

    assert said.startswith("older books call this point B49; their B54 is BL40")
    assert "\nBL54 Lowermost in Order · " in said


def test_nobody_presses_the_artery_of_the_neck() -> None:
    """Six points are shown with their warning first and start no session."""
    assert len(NEVER_PRESSED) == 6
    for code in sorted(NEVER_PRESSED):
        shown = invoke("show", code).stdout.splitlines()
        document = json.loads(invoke("show", code, "--json").stdout)

        heading = [line for line in shown[:6] if "charts" not in line and line]
        warning = "Not to be pressed: the artery of the neck lies here."

        assert heading[1] == warning, code
        assert document["never_press"] is True, code
        for command in ("session", "plan"):
            said = complaint(command, code, code=2)
            told = f"it is only told of: `acupress show {code}`"
            assert f"{code} is in no session, {told}" == said


def test_all_points_come_as_the_meridians_count_them() -> None:
    """With reference points, the list goes from LU1 to the extra points."""
    listed = invoke("list", "--all").stdout.splitlines()[1:]
    codes = [line.split()[0] for line in listed]

    assert len(EVERY) == len(codes)
    assert codes[:3] == ["LU1", "LU2", "LU3"]
    assert codes.index("BL9") < codes.index("BL10") < codes.index("BL11")
    assert codes[-1].startswith("EX")


def test_what_is_typed_comes_back_harmless() -> None:
    """Control characters in an argument are told escaped."""
    said = complaint("show", "\x1b[31m[/]\n\u202e", code=2)

    assert said.isprintable()


def test_without_a_terminal_every_question_needs_its_option() -> None:
    """One answer missing, and nothing starts: the line is the whole command."""
    for routine in ROUTINES:
        for at in (0, 2, 4):
            given = (*ANSWERED[:at], *ANSWERED[at + 2 :])
            typed = ("session", routine.id, "--no-journal", *given)
            said = complaint(*typed, code=3)

            assert f"`acupress {' '.join(typed)} {ANSWERED[at]} ___`" in said


def test_nothing_piped_in_is_an_answer() -> None:
    """A pipe can not say no for anyone."""
    for typed in ("no\nno\n0\n\n", "n\n" * 50, "\n" * 9, "y\n", ""):
        ran = invoke("session", "lower-back", typed=typed)

        assert (typed, ran.returncode, ran.stdout) == (typed, 3, "")
        assert not [word for word in PLACE_WORDS if word in ran.stderr]


def test_no_variable_is_an_answer() -> None:
    """The environment can not say no for anyone."""
    for name in (
        *("PREGNANCY", "PREGNANT", "SESSION_PREGNANCY", "CAUTIONS", "TEST", "DEBUG"),
    ):
        ran = invoke(
            "session", "lower-back", *ANSWERED[2:], **{f"ACUPRESS_{name}": "no"}
        )

        assert (name, ran.returncode, ran.stdout) == (name, 3, "")


def test_a_warning_sign_starts_nothing() -> None:
    """A sign that fits ends in its signpost, whatever else was answered."""
    for signs, expected in (
        ("urgent", "Please get medical help now"),
        ("see-someone", "Please speak to a doctor"),
    ):
        answers = ("--pregnancy=no", f"--warning-signs={signs}", "--cautions=none")
        ran = invoke("session", "upper-back", *answers)

        assert (signs, ran.returncode, ran.stdout) == (signs, 3, "")
        assert expected in ran.stderr


def careful(answer: str) -> tuple[str, ...]:
    """Return the options of someone who is pregnant, or may be."""
    return f"--pregnancy={answer}", "--warning-signs=none", "--cautions=none"


def test_lower_back_does_not_run_when_care_is_taken() -> None:
    """Nothing of it remains; what does run is named, and the signs are told."""
    for answer in ("yes", "unsure"):
        ran = invoke("session", "lower-back", *careful(answer))

        assert (answer, ran.returncode, ran.stdout) == (answer, 3, "")
        assert "upper-back: Upper back and shoulders" in ran.stderr
        assert "Get help now" in ran.stderr
        assert "press for" not in ran.stderr


def test_upper_back_runs_without_the_points_left_out() -> None:
    """Line mode plays what remains, with the signs above it; *yes* leaves the same."""
    ran = invoke("session", "upper-back", *careful("unsure"), *IN_A_HURRY)
    played = ran.stdout.partition("REHEARSAL")[2]
    plans = [
        invoke("plan", "upper-back", "--json", *careful(answer)[::2]).stdout
        for answer in ("yes", "unsure")
    ]

    assert ran.returncode == 0
    assert "Get help now" in ran.stdout.partition("REHEARSAL")[0]
    assert "1 of 3: KI27 Elegant Mansion, chest, both sides" in played
    assert not [code for code in ("GB21", "LI4") if code in played]
    assert "Done: Upper back and shoulders, 4 minutes 50 seconds" in played
    assert played.endswith("all this was played, not pressed, and nothing is kept.\n")
    assert plans[0] == plans[1]


def test_cautions_that_leave_nothing_say_which() -> None:
    """An emptied plan is told by what emptied it, without the maternity signs."""
    answers = ("--pregnancy", "no", "--warning-signs", "none", "--cautions", "meal")
    ran = invoke("session", "lower-back", *answers, "--only", "CV6")

    assert (ran.returncode, ran.stdout) == (3, "")
    assert "left out for: ate within the hour" in ran.stderr
    assert "midwife" not in ran.stderr


def test_a_single_point_can_be_practised() -> None:
    """One point alone has its step from the first routine that has it."""
    ran = invoke("plan", "B60", "--pregnancy", "no", "--json")
    document = json.loads(ran.stdout)

    assert (
        document["routine"],
        document["total_seconds"],
        document["pressing_seconds"],
    ) == ("BL60", 225, 180)


def test_a_point_practised_alone_has_no_hold_beyond_our_own_limit() -> None:
    """What only a routine may do, on the word of a source, a point alone may not."""
    for code in ("HT7", "ANMIAN"):
        ran = invoke("plan", code, "--pregnancy", "no", "--json")
        pressed = [e for e in json.loads(ran.stdout)["steps"] if e["phase"] == "press"]

        assert [(code, each["side"], each["seconds"]) for each in pressed] == [
            (code, "left", 120),
            (code, "right", 120),
        ]


def test_what_stands_in_for_a_point_can_be_left_out_or_kept() -> None:
    """A replacement is a point of its routine, as far as wishes go."""
    wanted = ("plan", "desk-break", "--pregnancy", "yes", "--json")
    without = json.loads(invoke(*wanted, "--without", "PC6").stdout)
    only = json.loads(invoke(*wanted, "--only", "PC6,TE3").stdout)

    assert {each["point"] for each in without["steps"]} == {"GB20", "TE3", "EX-HN3"}
    assert {each["point"] for each in only["steps"]} == {"TE3", "PC6"}


PLAN_KEYS = (
    "routine title total_seconds pressing_seconds steps left_out no_time_for gentle "
    "instead"
)


def test_a_plan_as_json() -> None:
    """The steps are contiguous, add up, and no answer is in the document."""
    ran = invoke("plan", "upper-back", "--pregnancy", "yes", "--json")
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
    ran = invoke("plan", "lower-back", "--pregnancy", "unsure", "--json")
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
    ran = invoke("plan", "upper-back", "--pregnancy=no", "--cautions=neck", "--json")
    document = json.loads(ran.stdout)

    assert {"KI27", "TE3", "LI4"} == {each["point"] for each in document["steps"]}
    assert [each["point"] for each in document["left_out"]] == ["GB21", "BL10"]


def test_a_plan_minds_the_cautions_of_every_day(tmp_path: Path) -> None:
    """What the preferences say of the body is added to what is said of today."""
    preferences = tmp_path / "acupress" / "config.toml"
    preferences.parent.mkdir()
    preferences.write_text('cautions = ["neck"]\n', "utf-8")
    ran = invoke(
        *("plan", "neck", "--pregnancy=no", "--cautions=device", "--json"),
        XDG_CONFIG_HOME=str(tmp_path),
    )
    steps = json.loads(ran.stdout)["steps"]

    assert {"LI10", "SI3"} == {each["point"] for each in steps}


def test_what_runs_instead_minds_the_wish() -> None:
    """Nothing is offered that would run only with a point that was left out."""
    arguments = ("plan", "relaxing", "--pregnancy=yes", "--json")
    every = json.loads(invoke(*arguments).stdout)["instead"]
    fewer = json.loads(invoke(*arguments, "--without=HT7").stdout)["instead"]

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
    listed = json.loads(invoke("list", "--all", "--json").stdout)
    one = json.loads(invoke("show", "GB10", "--json").stdout)

    assert sorted(EVERY) == sorted(each["code"] for each in listed)
    assert all(" ".join(each) == KEYS for each in [*listed, one])
    assert one["hand"] is one["hold_seconds"] is one["pattern"] is None


def test_routines_as_json() -> None:
    """The routines come in their order."""
    told = json.loads(invoke("routines", "--json").stdout)

    assert [each.id for each in ROUTINES] == [each["id"] for each in told]


FILTERED = {
    "--region lower-back --body ankle": "BL60 KI3",
    "--meridian GV": "GV14 GV20 GV4",
    "--meridian EX": "ANMIAN EX-HN3",
    "--reach partner": "BL23 BL52 BL53 GV14 GV4 SI15",
    "--pregnancy ok": "BL10 EX-HN3 GB20 GV14 GV20 HT7 KI27 PC6 SI3 TE3 TE5",
    "--body thigh": "",
    "--all --meridian GV --body neck": "GV14 GV15 GV16",
    "--all --pregnancy ok --body face": "SI19 EX-HN3",
    "--region Lower-Back --meridian gv": "GV4",
}


def test_filters_combine() -> None:
    """Only points that fit every filter are listed; words for one fit in any case."""
    listed = {
        filters: json.loads(invoke("list", *filters.split(), "--json").stdout)
        for filters in FILTERED
    }

    assert {
        filters: " ".join(each["code"] for each in points)
        for filters, points in listed.items()
    } == FILTERED


def test_a_list_without_points_says_so() -> None:
    """A valid question with no answer is answered by a sentence."""
    ran = invoke("list", "--body", "thigh")

    assert (ran.returncode, ran.stdout) == (0, "No point here fits all of that.\n")


def test_help_begins_with_three_examples() -> None:
    """Help begins with what to type."""
    for arguments in (["help"], ["--help"], ["-h"]):
        ran = invoke(*arguments)

        assert (arguments, ran.returncode) == (arguments, 0)
        assert ran.stdout.count("\n    acupress ") == 3


def test_nothing_typed_is_answered_by_what_to_type() -> None:
    """Who has just installed it is told first how to begin, on one screen."""
    ran = invoke(COLUMNS="80")
    lines = ran.stdout.splitlines()
    told = re.findall(r"^  acupress (\w.*?)  +\S", ran.stdout, re.MULTILINE)

    assert ran.returncode == 0
    assert lines[2] == "Type one of these to begin:"
    assert lines[3].startswith("  acupress session ")
    assert len(lines) <= 23
    assert len(told) == 9
    for command in told:
        asked = invoke("help", *command.split()[:1])

        assert (command, asked.returncode) == (command, 0)


COMMANDS = (
    *("", "session", "plan", "show", "list", "find", "routines"),
    *("journal", "journal export"),
)


def test_every_command_has_help_for_people() -> None:
    """
    `acupress help COMMAND` is `acupress COMMAND --help`, and says what can be given.

    No type stands for a value, no brace for a duty, a number has its range, and no
    help says where to press.
    """
    for words in COMMANDS:
        ran = invoke(*words.split(), "--help")
        told = ran.stdout
        numbers = re.findall(r"--[a-z-]+ NUMBER((?:(?!\n  -).)*)", told, re.DOTALL)

        assert (words, ran.returncode, ran.stderr) == (words, 0, "")
        assert (words, told) == (words, invoke("help", *words.split()).stdout)
        assert not [word for word in PLACE_WORDS if word in told], words
        assert not re.search(
            r"[{}<>]|message and exit|[a-z]\.\.\.$", told, re.MULTILINE
        )
        assert all(re.search(r"\d+\s+to\s+\d+", each) for each in numbers), words


def test_every_command_has_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The help of each command ends with examples, and none of them is wrong use."""
    monkeypatch.chdir(tmp_path)
    home = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    added = ("--routine=neck", f"--at={now}", "--pressed=240")
    assert invoke("journal", "add", *added, **home).returncode == 0
    loaded = {each.name for each in every_command(cli.commands())}

    assert loaded - set(EXAMPLES) == {"journal add"}
    for name, examples in EXAMPLES.items():
        _, _, shown = invoke(*name.split(), "--help").stdout.partition("Examples:\n")
        assert len(shown.splitlines()) == len(examples), name
        for words, told in examples:
            assert f"acupress {words}" in shown
            assert told in shown
            ran = invoke(*words.split(), **home)
            assert ran.returncode != WrongUseError.exit_code, ran.stderr


def test_version() -> None:
    """The version is that of the package, however other programs have it asked."""
    said = [invoke(asked).stdout for asked in ("--version", "-V", "version")]

    assert [f"acupress {__version__}\n"] * 3 == said


def test_a_fault_in_a_file_hides_no_advice(tmp_path: Path) -> None:
    """Who forgot a word is told what to type, as far as that can be known."""
    own = tmp_path / "acupress" / "points"
    own.mkdir(parents=True)
    empty = invoke("check", XDG_CONFIG_HOME=str(tmp_path))
    (own / "a.yaml").write_text("x", "utf-8")
    ran = invoke("GB21", XDG_CONFIG_HOME=str(tmp_path))

    assert (
        empty.stdout == f"Nothing of your own is in {tmp_path / 'acupress'} to check.\n"
    )
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert 'no command called "GB21"; `acupress session` asks' in ran.stderr


# What is typed when Tab is pressed, and what is offered.
COMPLETED = {
    "acupress ": (
        "add care check find help how journal list new plan remind routines session "
        "show"
    ),
    "acupress show GB": "GB20 GB21 GB30",
    "acupress show gb": "gb20 gb21 gb30",
    "acupress show Gb2": "Gb20 Gb21",
    "acupress show ex-h": "ex-hn3",
    "acupress show kun": "kunlun",
    "acupress show KUN": "KUNlun",
    "acupress show Kunlun M": "Mountains",
    "acupress session UPPER": "UPPER-back UPPER-back-partner",
    "acupress session kunl": "kunlun",
    "acupress routines Desk": "Desk-break",
    "acupress list --region LE": "leg",
    "acupress session upper": "upper-back upper-back-partner",
    "acupress list --region le": "leg",
}


def test_tab_completes_commands_codes_routines_and_regions() -> None:
    """What Tab prints is names, for every shell, and never where to press."""
    offered = {}
    for typed, names in COMPLETED.items():
        asked = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
        bash = invoke(_ACUPRESS_COMPLETE="complete_bash", **asked)
        zsh = invoke(_ACUPRESS_COMPLETE="complete_zsh", _TYPER_COMPLETE_ARGS=typed)
        offered[typed] = " ".join(sorted(bash.stdout.split()))

        assert (typed, bash.returncode, zsh.returncode) == (typed, 0, 0)
        assert all(name in zsh.stdout for name in names.split())
        for ran in (bash, zsh):
            assert not [word for word in PLACE_WORDS if word in ran.stdout], typed

    assert offered == COMPLETED


def test_a_line_for_a_session_is_one_for_a_plan() -> None:
    """The answers that a session without a terminal needs are taken by plan, too."""
    ran = invoke("plan", "upper-back", *ANSWERED)
    without = invoke("plan", "upper-back", "--pregnancy=no", "--cautions=none")

    assert (ran.returncode, ran.stdout) == (0, without.stdout)


def test_a_plan_with_a_warning_sign_is_none(tmp_path: Path) -> None:
    """Where a session would not start, plan says where to turn, and names no point."""
    saved = tmp_path / "sheet.html"
    for sign in ("urgent", "see-someone"):
        answers = ("--pregnancy=no", f"--warning-signs={sign}", "--cautions=none")
        session = invoke("session", "upper-back", *answers)
        for more in ((), ("--json",), ("--save", str(saved))):
            ran = invoke("plan", "upper-back", *answers, *more)
            said = ran.stderr if more == ("--json",) else ran.stdout

            assert (sign, ran.returncode) == (sign, session.returncode) == (sign, 3)
            assert said == session.stderr
            assert not [word for word in PLACE_WORDS if word in ran.stdout]
    assert not saved.exists()
    twice = invoke("plan", "neck", *ANSWERED, "--warning-signs=urgent")
    assert twice.returncode == 2


def test_a_shell_that_is_named_is_that_shell(tmp_path: Path) -> None:
    """Whichever shell it is typed in, the one that is named is taught or printed."""
    home = {"HOME": str(tmp_path)}
    for shell, place in (
        ("zsh", ".zfunc/_acupress"),
        ("fish", ".config/fish/completions/acupress.fish"),
        ("bash", ".bash_completions/acupress.sh"),
    ):
        ran = acupress_("--install-completion", shell, **home)
        shown = acupress_(f"--show-completion={shell}", **home)

        assert (shell, ran.returncode, ran.stderr) == (shell, 0, "")
        assert ran.stdout.startswith(
            f"{shell} completion installed in {tmp_path / place}\n"
        )
        assert (tmp_path / place).read_text("utf-8").strip() in shown.stdout


def test_a_shell_that_is_unknown_is_told_which_there_are(tmp_path: Path) -> None:
    """Nothing is installed for another shell instead."""
    for typed in (["--install-completion", "tcsh"], ["--show-completion=csh"]):
        ran = acupress_(*typed, HOME=str(tmp_path))

        assert (ran.returncode, ran.stdout) == (2, "")
        assert ran.stderr.endswith("write one of: bash, zsh, fish, powershell, pwsh\n")
    assert list(tmp_path.iterdir()) == []


def test_completion_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    """What stands in the way is named in one line, exit code 5."""
    (tmp_path / ".zfunc").write_text("", "utf-8")
    ran = acupress_("--install-completion", "zsh", HOME=str(tmp_path))

    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr.startswith(f"acupress: {tmp_path / '.zfunc'}")


def test_completion_that_fails_is_silent(tmp_path: Path) -> None:
    """Nothing is printed into a line that somebody is typing, whatever is broken."""
    broken = tmp_path / "acupress" / "points" / "broken.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("x", "utf-8")
    for words in (
        {"COMP_WORDS": "acupress show GB", "COMP_CWORD": "2"},
        {"COMP_WORDS": "acupress shwo GB", "COMP_CWORD": "2"},
        {"COMP_WORDS": "acupress", "COMP_CWORD": "x"},
        {},
    ):
        home = {"XDG_CONFIG_HOME": str(tmp_path), "_ACUPRESS_COMPLETE": "complete_bash"}
        ran = invoke(**home, **words)

        assert (words, ran.returncode, ran.stdout, ran.stderr) == (words, 1, "", "")


def test_completion_for_nobody_is_wrong_use() -> None:
    """A variable that no shell sets so is told in one line, and nothing is started."""
    for asked in ("nonsense", "complete_foo", "foo_bash"):
        ran = invoke("routines", _ACUPRESS_COMPLETE=asked)

        assert (asked, ran.returncode, ran.stdout) == (asked, 2, "")
        assert len(ran.stderr.splitlines()) == 1
        assert ran.stderr.startswith(
            "acupress: _ACUPRESS_COMPLETE is set by shells: write"
        )


def test_odd_widths_lose_nothing() -> None:
    """Whatever the environment claims, the page is there."""
    for columns in ("0", "-5", "abc", "99999999", "1"):
        ran = invoke("show", "GB21", COLUMNS=columns)

        assert (columns, ran.returncode) == (columns, 0)
        assert "AVOID in pregnancy" in " ".join(ran.stdout.split()), columns


def test_colour_only_when_it_is_forced() -> None:
    """A pipe gets no escape sequence unless it asks for one."""
    bare, forced = invoke("list"), invoke("list", FORCE_COLOR="1")

    assert "\x1b" not in bare.stdout
    assert "\x1b" in forced.stdout


def test_a_picture_is_drawn_only_where_it_is_asked_for() -> None:
    """A pipe gets no picture, unless it asks for one in plain characters."""
    bare, drawn = invoke("show", "BL60"), invoke("show", "BL60", "--picture=ascii")

    assert "(X)" not in bare.stdout
    assert "(X)" in drawn.stdout
    assert "ankle bone" in drawn.stdout


def test_a_map_has_the_numbers_of_the_list() -> None:
    """The numbers on the map of a region stand in the list below it."""
    ran = invoke("list", "--region", "lower-back", "--picture", "ascii")
    numbers = [
        line.split()[0] for line in ran.stdout.splitlines() if " lower-back" in line
    ]

    assert [str(number) for number in range(1, 12)] == numbers
    assert "( )" in ran.stdout.partition("no.")[0]


def test_a_picture_is_saved_whole_and_over_nothing(tmp_path: Path) -> None:
    """The file is a picture of its own, and is never written twice."""
    image = tmp_path / "bl60.png"
    invoke("show", "BL60", "--save", str(image))
    path = tmp_path / "bl60.svg"
    first = invoke("show", "BL60", "--save", str(path))
    before = path.read_bytes()
    second = invoke("show", "BL60", "--save", str(path))
    nowhere = complaint("show", "BL60", "--save", "/no/such/x.svg", code=5)

    assert (0, f"saved {path}\n") == (first.returncode, first.stdout)
    assert (5, before) == (second.returncode, path.read_bytes())
    assert second.stderr.endswith("is there already, and nothing is overwritten\n")
    assert "x.svg: No such file" in nowhere
    assert before.startswith(b"<svg")
    assert image.read_bytes().startswith(b"\x89PNG")
    assert {path, image} == set(tmp_path.iterdir())


def test_a_sheet_tells_all_and_betrays_nothing(tmp_path: Path) -> None:
    """A sheet made after *yes* holds what remains, and not what was left out."""
    path = tmp_path / "sheet.html"
    ran = invoke("plan", "upper-back", "--pregnancy", "yes", "--save", str(path))
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
    invoke("plan", "lower-back", "--pregnancy", "no", "--save", str(path))

    assert "Not for anyone who is or could be pregnant." in path.read_text("utf-8")


def test_times_of_ones_own_are_in_the_plan() -> None:
    """`plan` takes the same times as `session`, and its totals agree with them."""
    times = ("--get-ready", "20", "--change-sides", "9")
    ran = invoke("plan", "upper-back", *ANSWERED[:2], *times, "--json")
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
    checked, listed = invoke("check", **home), invoke("list", **home)
    saved = invoke("show", "GB21", "--save", str(tmp_path / "\x1b[31m.svg"))

    assert (checked.returncode, listed.returncode, saved.returncode) == (4, 0, 0)
    for ran in (checked, listed, saved):
        assert "\\x1b" in ran.stdout + ran.stderr
        assert (ran.stdout + ran.stderr).replace("\n", "").isprintable()
