"""`acupress new`: a routine of one's own, by questions and from options."""

from __future__ import annotations

import signal
import stat
from pathlib import Path

import pytest

from acupress.commands import new
from acupress.dialogue import composing, fields
from acupress.errors import NotStartedError
from acupress.model import Dose, Pattern, Routine
from acupress.text.layout import plain_text
from support.command import complaint, invoke
from support.stage import FakeTerminal
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import PtySession

NEW = (*ACUPRESS, "new")
ASKED = composing.Given()
# Each question, and what a person types: two points, the second by a search.
TALK = (
    ("Which ache is it for?", "3"),
    ("Point: _", "gb20"),
    ("Seconds a hold, 1-120 (Enter: 30)", "20"),
    ("Holds a side, 1-9 (Enter: 2)", "3"),
    ("Sides, 1-3 (Enter: 1)", ""),
    ("1:35 in all", "back of the hand"),
    ("Points for back of the hand", "te3"),
    ("Seconds a hold, 1-120 (Enter: 5)", ""),
    ("Holds a side, 1-20 (Enter: 5)", ""),
    ("Sides, 1-2 (Enter: 2)", ""),
    ("2  TE3", "2 up"),
    ("1  TE3", ""),
    ("Title (Enter: My neck routine)", "My neck"),
    ("Write it? yes / no / back", "yes"),
)
FILE = """\
id: my-neck
title: My neck
region: neck
steps:
- {point: TE3, hold: 5, repetitions: 5, pattern: one-then-other}
- {point: GB20, hold: 20, repetitions: 3, pattern: both}
"""


def home_of(folder: Path) -> dict[str, str]:
    """Return the variables of somebody whose files are in *folder*."""
    return {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def files_in(folder: Path) -> list[Path]:
    """Return every file below *folder*."""
    return [each for each in folder.rglob("*") if each.is_file()]


def talk(term: PtyTerminal, *lines: tuple[str, str]) -> None:
    """Answer each question as soon as it is there."""
    for question, answer in lines:
        term.see(question)
        term.type(f"{answer}\r")


@pytest.mark.parametrize("option", ["--no-plain", "--plain"])
def test_a_routine_is_made_by_questions(tmp_path: Path, option: str) -> None:
    """The file is private and as short as it gets; a session can begin at once."""
    with PtySession((*NEW, option), environment=home_of(tmp_path)) as term:
        # In lines a prompt has no cursor of ours after it.
        plain = option == "--plain"
        talk(term, *((q.replace(": _", ":") if plain else q, a) for q, a in TALK))
        term.see("Begin it with `acupress session my-neck`")

        assert Left(0) == term.left()
    (made,) = files_in(tmp_path)

    assert made == tmp_path / "acupress" / "routines" / "my-neck.yaml"
    assert made.read_text("utf-8") == FILE
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert invoke("check", **home_of(tmp_path)).stdout == "1 file, no faults\n"
    planned = invoke("plan", "my-neck", "--pregnancy=no", **home_of(tmp_path))
    assert planned.returncode == 0


@pytest.mark.parametrize("keys", ["q\r", "\x03", "\x04"])
def test_leaving_writes_nothing(tmp_path: Path, keys: str) -> None:
    """With q, Ctrl-C or the end of input there is one line, and no file."""
    code = {"q\r": 0, "\x03": -signal.SIGINT, "\x04": 3}[keys]
    with PtySession(NEW, environment=home_of(tmp_path)) as term:
        talk(term, *TALK[:2])
        term.see(TALK[2][0])
        term.type(keys)
        term.see("acupress: nothing was written")

        assert Left(code) == term.left()
        assert len(term.text.splitlines()) == 1
    assert files_in(tmp_path) == []


def composed(
    *lines: str, given: composing.Given = ASKED
) -> tuple[Routine, FakeTerminal]:
    """Return the routine that *lines* come to, and the terminal they were typed at."""
    terminal = FakeTerminal(lines)
    return composing.compose(terminal, new.tools(partner=False), given), terminal


def test_every_question_can_be_left() -> None:
    """With q at any question there is no routine, nor at the end of input or at no."""
    lines = [answer for _, answer in TALK]

    for at in range(len(lines)):
        with pytest.raises(fields.LeftError):
            composed(*lines[:at], "q")
        with pytest.raises(NotStartedError, match="nothing was written"):
            composed(*lines[:at])
    with pytest.raises(fields.LeftError):
        composed(*lines[:-1], "no")


def test_tab_goes_on_with_a_point(tmp_path: Path) -> None:
    """Tab completes as far as all names agree, and shows which points these are."""
    with PtySession(NEW, environment=home_of(tmp_path)) as term:
        talk(term, TALK[0])
        term.see("Point: _")
        term.type("gb\t")
        term.see_all("GB20 Wind Pool, GB21 Shoulder Well", "Point: GB_")
        term.type("21\t")
        term.see_all("GB21 Shoulder Well", "Point: GB21_")
        term.type("\x7f" * 9 + "wind\t")
        term.see("Point: Wind Pool_")
        term.type("\x7f" * 9 + "xx\t")
        term.see_all("No point begins so.", "Point: xx_")
        term.type("\x03")

        assert Left(-signal.SIGINT) == term.left()


def test_tab_in_lines_moves_no_cursor(tmp_path: Path) -> None:
    """In lines what fits stands on a line of its own, and the prompt after it again."""
    with PtySession((*NEW, "--plain"), environment=home_of(tmp_path)) as term:
        talk(term, TALK[0])
        term.see("Point:")
        term.type("gb2\t")
        term.see("GB20 Wind Pool, GB21 Shoulder Well\nPoint: GB2")
        term.type("\x03")

        assert Left(-signal.SIGINT) == term.left()


REFUSED = {
    "st9": "Not to be pressed: the artery of the neck lies here.",
    "ST12": "Only told of: do not press here.",
    "GB12": "GB12 Completion Bone is in no routine. It is a reference point",
    "gv4": "`acupress new --partner` makes a routine for two.",
    "B54": "B54 names two points.",
    "BL23, BL60": "names 2 points, type one: BL23, BL60",
    "Taiyang": "known here by name and place only",
    "qqqqq": 'Nothing fits "qqqqq"',
    "GB20": "GB20 is there already.",
    "7": "Type a point, or words to search for, before a number.",
    "7 up": "There is no point 7.",
}


def test_what_can_not_be_pressed_is_refused_with_its_reason() -> None:
    """Each refusal says why, and the next point can be typed."""
    lines = [answer for _, answer in TALK]
    routine, terminal = composed(*lines[:5], *REFUSED, *lines[5:])
    told = terminal.troubles[6 : 6 + len(REFUSED)]

    assert [step.point.code for step in routine.steps] == ["TE3", "GB20"]
    for why, shown in zip(REFUSED.values(), told, strict=True):
        assert why in shown


def test_how_a_point_stands_in_pregnancy_is_shown_before_its_dose() -> None:
    """The page of its dose, the list, and what a search offers all say it in words."""
    lines = ("lower-back", "bl60", "", "", "", "calf", "", "", "", "yes")
    _, terminal = composed(*lines)
    shown = [plain_text(page, 80) for page in terminal.pages]

    assert "AVOID in pregnancy" in shown[2]
    assert "AVOID in pregnancy" in shown[5]
    assert "BL57" in shown[6]
    assert "Not used in pregnancy" in shown[6]
    assert "Nothing of it stays" in shown[-1]


def test_doses_stay_within_their_bounds() -> None:
    """What is out of bounds is asked again: seconds, holds a side, sides."""
    hand = ("te3", "121", "0", "x", "1.5", "120", "2", "1", "3", "1")
    routine, terminal = composed("neck", *hand, "", "", "yes")
    (step,) = routine.steps

    assert step.dose == Dose(Pattern.ALTERNATE, 120, 1)
    assert terminal.troubles.count("Please type a whole number from 1 to 120.") == 4
    assert "Please type a whole number from 1 to 1." in terminal.troubles
    assert "Please type a whole number from 1 to 2." in terminal.troubles


def test_half_an_hour_is_the_most() -> None:
    """A point that would make it longer is left out again, with a line on it."""
    long = ("120", "1", "1")
    points = [
        *("GB20", "BL10", "KI27", "SI15", "BL23", "BL52", "BL40", "BL60", "LR3"),
        *("SP6", "ST36", "KI3", "BL57", "GB21"),
    ]
    lines = [each for code in points for each in (code, *long)]
    routine, terminal = composed("general", *lines, "", "", "yes")
    every = "\n".join(plain_text(page, 80) for page in terminal.pages)

    assert len(routine.steps) < len(points)
    assert "was left out: 30 minutes are the most." in every


def test_back_returns_to_the_points() -> None:
    """From the end one goes back to the points, and the title is not lost."""
    lines = ("neck", "gb20", "", "", "", "", "Mine")
    more = ("back", "te3", "", "", "", "2 up", "1 down", "2 up", "", "")
    routine, _ = composed(*lines, *more, "x", "y")

    assert routine.title == "Mine"
    assert [step.point.code for step in routine.steps] == ["TE3", "GB20"]


def test_a_title_that_can_not_be_seen_is_asked_again() -> None:
    """What a file may not hold is refused where it is typed."""
    lines = ("neck", "gb20", "", "", "", "", "x" * 81, "a\u202eb", "", "yes")
    routine, terminal = composed(*lines)

    assert routine.title == "My neck routine"
    assert "is too long: 80 characters is the most" in terminal.troubles
    assert "the character U+202E cannot be seen: take it out" in terminal.troubles


def test_another_id_is_taken_where_one_is_taken(tmp_path: Path) -> None:
    """No routine, point or file is written over, or called like another."""
    home = home_of(tmp_path)
    for title, name in (
        ("Neck", "my-neck"),
        ("Neck", "my-neck-2"),
        ("GB 21", "my-gb-21"),
        ("LI4 and SP6", "my-li4-and-sp6"),
        ("Für den Rücken!", "fur-den-rucken"),
        ("肩井", "my-routine"),
        ("2 points", "my-2-points"),
        ("x" * 80, "x" * 36),
        ("x" * 80, f"my-{'x' * 33}"),
    ):
        arguments = ("new", "--ache=neck", "--points=GB20,te3", f"--title={title}")
        ran = invoke(*arguments, **home)

        assert (ran.returncode, ran.stderr) == (0, "")
        assert f"`acupress session {name}`\n" in ran.stdout
    assert invoke("check", **home).stdout == "9 files, no faults\n"


def test_options_ask_nothing(tmp_path: Path) -> None:
    """The plan is printed, with what pregnancy leaves of it, and the file written."""
    ran = invoke(
        "new", "--ache=lower-back", "--points=Kunlun,KI27", **home_of(tmp_path)
    )
    (made,) = files_in(tmp_path)

    assert "In pregnancy, or where one is unsure\n  x BL60" in ran.stdout
    assert "x KI27" not in ran.stdout
    assert made.name == "my-lower-back-routine.yaml"


WRONG = {
    ("--points=GB20",): "say what for with --ache",
    ("--ache=neck", "--points=GB20,xx9"): '--points: no point called "xx9"',
    ("--ache=neck", "--points=ST9"): "--points: ST9 Man's Welcome is in no routine",
    ("--ache=neck", "--points=GV4"): "--points: GV4 Life Gate needs somebody else",
    ("--ache=neck", "--points=GB20,gb20"): "--points: GB20 is given twice",
    ("--ache=elbow",): "--ache: write one of: lower-back",
    ("--title=\u200b",): "--title: the character U+200B cannot be seen: take it out",
}


def test_what_is_missing_or_wrong_is_told_in_one_line() -> None:
    """Without a terminal nothing is asked, and nothing is written."""
    for options, told in WRONG.items():
        assert told in complaint("new", *options, code=2)
    for options in ((), ("--ache=neck",), ("--title=Mine",)):
        assert "write `acupress new --ache neck" in complaint("new", *options, code=3)


def test_a_routine_for_two_has_points_for_a_helper(tmp_path: Path) -> None:
    """With --partner a point that needs somebody else is taken."""
    options = ("--partner", "--ache=lower-back", "--points=GV4,BL23")
    ran = invoke("new", *options, **home_of(tmp_path))

    assert ran.returncode == 0
    assert "With a partner." in ran.stdout
    assert "partner: true\n" in files_in(tmp_path)[0].read_text("utf-8")


def test_a_faulty_file_of_ones_own_comes_first(tmp_path: Path) -> None:
    """Nothing is made beside files that can not be used."""
    folder = tmp_path / "acupress" / "routines"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_text("x", "utf-8")
    ran = invoke("new", "--ache=neck", "--points=GB20", **home_of(tmp_path))

    assert (ran.returncode, ran.stdout) == (4, "")
    assert [each.name for each in files_in(tmp_path)] == ["bad.yaml"]


def test_a_folder_that_leads_nowhere(tmp_path: Path) -> None:
    """A link that dangles is not followed; what was made is printed, and not lost."""
    (tmp_path / "acupress").mkdir()
    (tmp_path / "acupress" / "routines").symlink_to(tmp_path / "elsewhere")
    ran = invoke("new", "--ache=neck", "--points=GB20", **home_of(tmp_path))

    assert ran.returncode == 5
    assert "is a link, which is not followed" in ran.stderr
    assert "\nid: my-neck-routine\ntitle: My neck routine\n" in ran.stdout
    assert files_in(tmp_path) == []
