"""`acupress add`: somebody else's routine is looked at, and harms nobody."""

from __future__ import annotations

import os
import shlex
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupress.catalogue.contents import MOST_BYTES
from acupress.catalogue.shared import read_shared
from acupress.model import PregnancyLevel, Pressure
from acupress.session.screening import Answers, PregnancyAnswer, level, screen
from support.catalogue import POINTS
from support.command import acupress_, complaint, invoke
from support.factories import OWN_POINT
from support.strategies import SOUP, answers
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import PtySession

TEA = """\
# As it was sent.
id: tea-break
title: Tea break
region: neck
steps:
  - {point: GB20, hold: 60}
  - {point: jian jing, hand: Two fingers.}
"""


def home_of(folder: Path) -> dict[str, str]:
    """Return the variables of somebody whose files are in *folder*."""
    return {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}


def own(folder: Path) -> list[str]:
    """Return the files of one's own below *folder*."""
    return sorted(
        each.relative_to(folder / "acupress").as_posix()
        for each in folder.rglob("acupress/*/*")
    )


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """Return a folder with the file that somebody sent, and a home beside it."""
    (tmp_path / "home").mkdir()
    (tmp_path / "tea.yaml").write_text(TEA, "utf-8")
    return tmp_path


def added(
    folder: Path, data: str | bytes, *options: str
) -> subprocess.CompletedProcess[str]:
    """Add *data* as a file in *folder*, for somebody whose home is beside it."""
    file = folder / "sent.yaml"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return invoke("add", str(file), *options, **home_of(folder / "home"))


def refused(folder: Path, data: str | bytes) -> str:
    """Return the fault that *data* is refused for; nothing is kept of it."""
    for options in ((), ("--yes",)):
        ran = added(folder, data, *options)
        assert ran.returncode == 4, ran.stdout
        assert ran.stderr == "acupress: nothing was written\n"
        assert own(folder / "home") == []
    return ran.stdout.partition("sent.yaml:")[2]


def test_it_is_shown_and_copied_as_it_is(sent: Path) -> None:
    """With --yes all that it presses is printed, and the copy is byte for byte."""
    home = home_of(sent / "home")
    ran = invoke("add", str(sent / "tea.yaml"), "--yes", **home)
    copy = sent / "home" / "acupress" / "routines" / "tea-break.yaml"
    told = " ".join(ran.stdout.split())

    assert (ran.returncode, ran.stderr) == (0, "")
    assert copy.read_text("utf-8") == TEA
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert "GB21 Shoulder Well: shoulder, on both sides AVOID in pregnancy." in told
    assert "The session asks first: a neck injury or dizziness?" in told
    assert "In their words: Two fingers." in told
    assert "Pressed longer at a time than we say for it: 2 holds of 30" in told
    assert "Too little stays, so that it does not run: GB20 Wind Pool." in told
    assert "`acupress session tea-break`" in told
    assert invoke("check", **home).stdout == "1 file, no faults\n"


def test_without_a_terminal_it_takes_an_option(sent: Path) -> None:
    """It is shown, and nothing is written: a pipe that answers is no person."""
    home = home_of(sent / "home")
    for arguments in (("add", str(sent / "tea.yaml")), ("add", "-")):
        ran = acupress_(*arguments, typed=f"{TEA}# yes\n", **home)

        assert ran.returncode == 3
        assert "Shoulder Well" in ran.stdout
        assert ran.stderr.endswith("write the same with --yes\n")
        assert own(sent / "home") == []
    ran = acupress_("add", "-", "--yes", typed=TEA, **home)

    assert ran.returncode == 0
    assert own(sent / "home") == ["routines/tea-break.yaml"]


@pytest.mark.parametrize(
    ("keys", "code"), [("yes\r", 0), ("no\r", 0), ("q\r", 0), ("\x03", -signal.SIGINT)]
)
def test_a_person_reads_it_and_agrees(sent: Path, keys: str, code: int) -> None:
    """Only yes copies it, typed after the whole page was seen."""
    argv = (*ACUPRESS, "add", str(sent / "tea.yaml"))
    with PtySession(argv, environment=home_of(sent / "home")) as term:
        term.see("Somebody else made this.")
        term.read_on("Copy it to your routines? yes / no")
        term.type(keys)
        term.see("tea-break`" if keys == "yes\r" else "acupress: nothing was written")

        assert Left(code) == term.left()
    assert len(own(sent / "home")) == (keys == "yes\r")


def test_enter_alone_is_no_answer(sent: Path) -> None:
    """At the question Enter copies nothing, however often."""
    argv = (*ACUPRESS, "add", str(sent / "tea.yaml"), "--plain")
    with PtySession(argv, (80, 60), home_of(sent / "home")) as term:
        term.see("Copy it to your routines? yes / no:")
        term.type("\r")
        term.see("Please type yes or no.")
        term.type("q\r")

        assert Left(0) == term.left()
    assert own(sent / "home") == []


def test_a_pipe_at_a_terminal_is_asked_about_there(sent: Path) -> None:
    """What is piped in is read to its end, and then the person answers."""
    line = f"{shlex.join((*ACUPRESS, 'add', '-'))} < {shlex.quote(str(sent))}/tea.yaml"
    environment = home_of(sent / "home")
    with PtyTerminal(("sh", "-c", line), environment=environment) as term:
        term.see("Somebody else made this.")
        term.read_on("Copy it to your routines? yes / no")
        term.type("yes\r")
        term.see("tea-break`")

        assert Left(0) == term.left()
    assert own(sent / "home") == ["routines/tea-break.yaml"]


def changed(old: str, new: str) -> str:
    """Return the file that was sent with *new* in the place of *old*."""
    assert old in TEA
    return TEA.replace(old, new)


HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "a title with an escape": (
        changed("Tea break", '"\\e[2J\\e]0;x\\a"'),
        "3:8: the character U+001B cannot be seen: take it out",
    ),
    "a bare escape in a comment": (
        changed("As it", "As \x1b[2J it"),
        "1:6: the character U+001B cannot be seen: take it out",
    ),
    "text that runs backwards": (
        changed("Tea break", "Tea \u202ebreak"),
        "3:12: the character U+202E cannot be seen: take it out",
    ),
    "an id that leads elsewhere": (
        changed("tea-break", "../../evil"),
        "2:5: write lower-case words joined by hyphens",
    ),
    "an absolute id": (
        changed("tea-break", "/etc/passwd"),
        "2:5: write lower-case words joined by hyphens",
    ),
    "an id that is a point": (
        changed("tea-break", "gb-21"),
        "2:5: names a point: write another id",
    ),
    "the id of a bundled routine": (
        changed("tea-break", "lower-back"),
        "2:5: lower-back is taken by another routine, which `acupress",
    ),
    "a level of its own": (
        changed("hold: 60", "hold: 60, pregnancy: ok"),
        "6:29: unknown key 'pregnancy'",
    ),
    "an answer": (
        changed("region: neck", "region: neck\npregnancy: no"),
        "5:1: unknown key 'pregnancy'",
    ),
    "a point that is never pressed": (
        changed("GB20", "ST9"),
        "6:13: ST9 is a reference point and can not be a step",
    ),
    "a point that nobody knows": (changed("GB20", "XX9"), "6:13: no point called"),
    "a light point pressed firmly": (
        changed("hold: 60", "pressure: medium"),
        "6:19: GB20 is only pressed lightly: take it out",
    ),
    "a hold without an end": (
        changed("hold: 60", "hold: 10000"),
        "6:25: write a whole number from 1 to 120",
    ),
    "an anchor": (changed("Tea break", "&a Tea"), "3:8: anchors and aliases"),
    "a tag": (changed("Tea break", "!!python/name:os.system x"), "3:8: tags (!)"),
    "a second document": (TEA + "---\n" + TEA, "8:1: holds a second document"),
    "far too deep": ("[" * 5000, "nest"),
    "a list of a million": ("- a\n" * 200_000, "has too many entries"),
    "too large": (b"#" * (MOST_BYTES + 1), f"is too large: {MOST_BYTES} bytes are"),
    "no text": (b"\x1f\x8b\xff\x00", "is not UTF-8"),
    "nothing": ("", "is empty"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused(sent: Path, what: str) -> None:
    """It is refused with its place, and no byte of it reaches a terminal unseen."""
    data, told = HOSTILE[what]

    assert told in refused(sent, data)


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(TEA)),
        st.one_of(
            st.sampled_from(SOUP), st.sampled_from(("pressure: medium, ", "BL60"))
        ),
    ),
    min_size=1,
    max_size=3,
)


@given(EDITS, answers)
def test_whatever_a_file_holds(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[int, str]],
    given_: Answers,
) -> None:
    """It is refused, or each step is a point of ours that is screened as ever."""
    text = TEA
    for at, more in edits:
        text = text[:at] + more + text[at:]
    file = tmp_path_factory.getbasetemp() / "edited.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    routine = read_shared(file).routine
    if routine is None:
        return

    for step in routine.steps:
        ours = POINTS[step.point.code]
        assert step.point == ours
        assert ours.technique is not None
        assert step.pressure in {Pressure.LIGHT, ours.technique.pressure}
    if given_.pregnancy is not PregnancyAnswer.NO:
        kept = {each.point for each in screen(routine, given_).kept}
        assert {level(each) for each in kept} <= {PregnancyLevel.OK}


def test_every_fault_is_told_at_once(sent: Path) -> None:
    """As `check` does, each with its line."""
    text = changed("hold: 60", "hold: 0").replace("region: neck", "region: nek")

    assert len(added(sent, text).stdout.splitlines()) == 2


def test_a_point_of_somebody_else_is_refused(sent: Path) -> None:
    """A file that says where to press and how is not taken over."""
    assert "is a point: only routines are copied" in refused(sent, OWN_POINT)


def test_it_can_not_mean_a_point_of_ones_own(sent: Path) -> None:
    """A name is the bundled point's that was shown, or the file is refused."""
    folder = sent / "home" / "acupress" / "points"
    folder.mkdir(parents=True)
    mine = OWN_POINT.replace("Wodexue", "Jianjing").replace("wǒdexué", "jiānjǐng")
    for point, text, told in (
        (OWN_POINT, changed("GB20", "MYPT"), 'no point called "MYPT"'),
        (mine, TEA, "7:13: jian jing names two points"),
        (
            OWN_POINT.replace("code: MYPT", "code: W3"),
            changed("GB20", "W3"),
            "6:6: has a name that is one of your own points'",
        ),
    ):
        (folder / "mine.yaml").write_text(point, "utf-8")
        ran = added(sent, text, "--yes")

        assert ran.returncode == 4
        assert told in ran.stdout
        assert own(sent / "home") == ["points/mine.yaml"]


def test_what_it_claims_changes_nothing(sent: Path) -> None:
    """Whatever it says of itself is printed as it stands, and screened as ever."""
    claim = "[bold]GB21 is fine in pregnancy[/bold] [/]"
    text = changed("title: Tea break", f'title: "{claim}"\nabout: "{claim}"')
    ran = added(sent, text, "--yes")
    careful = invoke("plan", "tea-break", "--pregnancy=yes", **home_of(sent / "home"))

    assert ran.stdout.count(claim) == 2
    assert "Its title and whatever it says of itself" in ran.stdout
    assert "AVOID in pregnancy" in ran.stdout
    assert careful.returncode == 3


def test_nothing_is_written_over(sent: Path) -> None:
    """What is there stays: a routine of this id, a file of this name, a link."""
    assert added(sent, TEA, "--yes").returncode == 0
    again = refused_again(sent)
    assert "tea-break is taken by another routine, which `acupress routines" in again

    file = sent / "home" / "acupress" / "routines" / "tea-break.yaml"
    other = changed("id: tea-break", "id: other")
    file.write_text(other, "utf-8")
    ran = added(sent, TEA, "--yes")
    assert (ran.returncode, file.read_text("utf-8")) == (5, other)
    assert "is there already, and nothing is overwritten" in ran.stderr

    file.unlink()
    file.with_suffix("").symlink_to(sent / "target")
    file.symlink_to(sent / "target")
    ran = added(sent, TEA, "--yes")
    assert ran.returncode in {4, 5}
    assert not (sent / "target").exists()


def refused_again(folder: Path) -> str:
    """Return why the same file is not added a second time."""
    ran = added(folder, TEA, "--yes")
    assert ran.returncode == 4
    return ran.stdout


def test_a_file_has_to_be_named() -> None:
    """Without one there is a line that says what to write."""
    assert "write its file, or - for a pipe" in complaint("add", code=2)


def test_what_is_no_file_is_refused_at_once(sent: Path) -> None:
    """A folder, a pipe with nobody at its end, a device, and nothing at all."""
    os.mkfifo(sent / "pipe")
    for name in (".", "pipe", "/dev/zero", "nothing.yaml"):
        ran = invoke("add", str(sent / name), **home_of(sent / "home"))

        assert (name, ran.returncode) == (name, 4)
        assert own(sent / "home") == []


def test_a_pipe_without_an_end_is_cut(sent: Path) -> None:
    """What never ends is read as far as a file may be long."""
    line = f"yes | {shlex.join((*ACUPRESS, 'add', '-'))}"
    with PtyTerminal(("sh", "-c", line), environment=home_of(sent / "home")) as term:
        term.see("-:1:1: is too large")
        term.see("acupress: nothing was written")

        assert Left(4) == term.left()


def test_the_name_of_the_file_is_harmless(sent: Path) -> None:
    """A name with an escape in it is printed escaped."""
    ran = invoke("add", str(sent / "\x1b[2Jx.yaml"), **home_of(sent / "home"))

    assert ran.returncode == 4
    assert "\\x1b[2Jx.yaml:1:1" in ran.stdout
