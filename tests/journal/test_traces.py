"""What is left behind: the interpreter itself tells what is written, run or called."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from acupress.journal.store import read_entries
from acupress.session.screening import Caution
from support.command import ANSWERED
from support.programs import fake_program, until
from support.terminal import PtyTerminal
from support.terminal_sessions import QUESTIONS

# Runs the program for each command line, and tells a pipe of all that leaves a trace.
WATCH = """
import json, os, runpy, sys

LEAVING = ("os.", "socket.", "shutil.", "tempfile.", "sqlite3.connect", "subprocess.")
READING = ("os.listdir", "os.scandir", "os.kill", "os.walk")
READING += ("os.putenv", "os.unsetenv")  # its own environment, as Typer 0.29 does
WRITTEN = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def watch(event, arguments):
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, int) or path == os.devnull or not flags & WRITTEN:
            return
    elif not event.startswith(LEAVING) or event.startswith(READING):
        return
    first = arguments[0] if arguments else ""
    if isinstance(first, int) or event.endswith("/handle"):
        return  # it has been told by its name
    os.write(report, json.dumps([event, str(first)]).encode() + b"\\n")

report, *lines = sys.argv[1:]
report = int(report)
sys.addaudithook(watch)
for line in lines:
    sys.argv = ["acupress", *json.loads(line)]
    try:
        runpy.run_module("acupress", run_name="__main__")
    except SystemExit as end:
        if end.code:
            sys.exit(f"{sys.argv} ended with {end.code}")
"""
RESUMABLE = ("session", "upper-back", "--sound=off", "--picture=none")
REHEARSED = ("--rehearse", "--speed=100")
CAREFUL = ("--pregnancy=yes", "--warning-signs=none", "--cautions=veins")


def watched(
    home: Path, *commands: tuple[str, ...], ended_at: str = ""
) -> tuple[list[tuple[str, str]], str]:
    """
    Run *commands*; return their traces, and what they say.

    Where that is *ended_at*, they are ended by a signal.
    """
    reading, writing = os.pipe()
    argv = [
        sys.executable,
        "-B",
        "-c",
        WATCH,
        str(writing),
        *map(json.dumps, commands),
    ]
    environment = {"HOME": str(home), "PATH": "", "PYTHONUTF8": "1"}
    with subprocess.Popen(
        argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=[writing],
        env=environment,
    ) as program:
        os.close(writing)
        assert program.stdout
        assert program.stderr
        said = ""
        for line in program.stdout:
            said += line.decode()
            if ended_at and ended_at in line.decode():
                program.terminate()
        assert program.stderr.read() == b""
    assert program.returncode == (-signal.SIGTERM if ended_at else 0)
    with open(reading, encoding="utf-8") as told:  # noqa: PTH123 - a pipe
        return [(event, path) for event, path in map(json.loads, told)], said


def test_what_only_tells_leaves_no_trace(tmp_path: Path) -> None:
    """No file is written, no program started, nothing sent; least of all an answer."""
    traces, _ = watched(
        tmp_path,
        ("show", "GB21"),
        ("show", "LI4", "--json"),
        ("list",),
        ("list", "--all", "--json"),
        ("find", "calf"),
        ("routines",),
        ("check",),
        ("journal",),
        ("journal", "export", "--csv"),
        ("journal", "erase"),
        ("plan", "upper-back", "--pregnancy", "no"),
        ("remind", "quiet", "--at=11:00", "--save=-"),
        ("remind", "quiet", "--at=11:00", "--cron"),
        ("session", "upper-back", "--only=KI27", *CAREFUL, *REHEARSED),
    )

    assert traces == []
    assert list(tmp_path.iterdir()) == []


def test_a_session_writes_its_journal_and_nothing_else(tmp_path: Path) -> None:
    """
    All that is made, opened, linked or removed is the journal and its folder.

    Where points were chosen there is no resume file, in which they would have to be.
    Without a terminal the pain comes by its option, and nothing is asked.
    """
    # The first point is soon pressed for long enough, and minutes are still to come.
    options = ("--without=KI27", "--get-ready=5", "--pain=5")
    command = ("session", "upper-back", *ANSWERED, *options)
    traces, said = watched(tmp_path, command, ended_at="(3 of 5)")
    folder = tmp_path / ".local" / "share" / "acupress"
    above = {("os.mkdir", str(each)) for each in (folder, *folder.parents)}
    other = [each for each in traces if f"{folder}/journal.db" not in each[1]]
    (kept,) = read_entries(folder / "journal.db")
    assert not [path for _, path in traces if "resume" in path]

    assert {event for event, _ in traces} & {"sqlite3.connect", "os.link"}
    assert set(other) <= {*above, *(("os.chmod", path) for _, path in above)}
    assert [each.name for each in folder.iterdir()] == ["journal.db"]
    assert "First this week" in said
    assert (kept.routine, kept.finished, kept.before, kept.after) == (
        *("upper-back", False, 5, None),
    )


def test_a_routine_that_is_made_or_copied_is_a_file(tmp_path: Path) -> None:
    """`new` and `add` write the routine and nothing else."""
    sent = tmp_path / "sent.yaml"
    sent.write_text(
        "id: sent\ntitle: Sent\nregion: neck\nsteps:\n- {point: KI27}\n", "utf-8"
    )
    made = ("new", "--ache=neck", "--points=GB20,LI4")
    traces, _ = watched(tmp_path, made, ("add", str(sent), "--yes"))
    folder = tmp_path / ".config" / "acupress" / "routines"
    above = {*folder.parents, folder}
    other = [path for _, path in traces if Path(path) not in above]

    assert {Path(path).parent for path in other} == {folder}
    assert sorted(each.name for each in folder.iterdir()) == [
        *("my-neck-routine.yaml", "sent.yaml"),
    ]


def told_to_a_hook(home: Path, *answers: str) -> tuple[set[tuple[str, str]], str]:
    """Stop a session with *answers*; return what was started, and what it was told."""
    told = home / "told"
    script = f"PATH=/usr/bin:/bin; env > {told}.new; mv {told}.new {told}"
    own = home / ".config" / "acupress"
    own.mkdir(parents=True, exist_ok=True)
    hook = fake_program(home, "hook", script)
    text = f'on_start = ["{hook}", "word"]\n'
    (own / "config.toml").write_text(text, "utf-8")
    command = ("session", "upper-back", "--only=KI27", "--no-journal", *answers)
    traces, _ = watched(home, command, ended_at="1 of 1:")
    until(told.exists)
    return set(traces), told.read_text("utf-8")


def test_a_hook_is_all_that_is_started_and_knows_no_answer(tmp_path: Path) -> None:
    """Nothing else leaves a trace, and what it is told is the same for every answer."""
    careful, told = told_to_a_hook(tmp_path, *CAREFUL)
    (tmp_path / "told").unlink()
    ordinary, the_same = told_to_a_hook(tmp_path, *ANSWERED)

    assert careful == ordinary == {("subprocess.Popen", str(tmp_path / "hook"))}
    assert told == the_same
    assert "ACUPRESS_POINT=KI27" in told.splitlines()
    assert not re.search("yes|pregnan|veins|caution|avoid|unsure", told.lower())


def test_a_session_that_can_be_resumed_leaves_one_point(tmp_path: Path) -> None:
    """
    At its second point it writes one file besides, and in that there is no answer.

    Whoever answered differently has the same file, but for the point and the time.
    """
    texts = set()
    for answers in (("no", "no", "0"), ("no", "no", "1 8"), ("unsure", "no", "3")):
        home = tmp_path / answers[0] / answers[2]
        traces, content = killed_at_its_second_point(home, answers)
        folder = home / "acupress"
        others = [path for _, path in traces if f"{folder}/resume.json" not in path]
        written = json.loads(content)

        assert {Path(path) for path in others} <= {folder, *folder.parents}
        assert [each.name for each in folder.iterdir()] == ["resume.json"]
        assert written["point"] in {"GB21", "BL10", "TE3", "LI4"}
        point, when = f'"{written["point"]}"', written["written"]
        texts.add(content.replace(point, "POINT").replace(when, "WHEN"))

    (text,) = texts
    words = {"yes", "unsure", "pregnan", "caution", *(each.value for each in Caution)}
    assert not [word for word in words if word in text]


def killed_at_its_second_point(
    home: Path, answers: tuple[str, ...]
) -> tuple[list[tuple[str, str]], str]:
    """Return the traces of a session at a terminal, and the resume file it leaves."""
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)  # noqa: FBT003
    command = (
        *(sys.executable, "-B", "-c", WATCH, str(writing)),
        json.dumps(RESUMABLE),
    )
    environment = {"XDG_DATA_HOME": str(home), "PATH": "", "PYTHONUTF8": "1"}
    file = home / "acupress" / "resume.json"
    with PtyTerminal(command, (80, 60), environment) as term:
        os.close(writing)
        for question, answer in zip(QUESTIONS, answers, strict=True):
            term.see(question)
            term.type(f"{answer}\r")
            if answer == "unsure":
                term.see("Enter goes on")
                term.type("\r")
        term.see("Enter begins")
        term.type("\r")
        term.see("FIND IT")
        term.type("n")
        term.wait(file.exists, "the resume file")
        term.send(signal.SIGKILL)
        term.wait(term.ended, "its end")
    with open(reading, encoding="utf-8") as told:  # noqa: PTH123 - a pipe
        traces = [(event, path) for event, path in map(json.loads, told)]
    return traces, file.read_text("utf-8")
