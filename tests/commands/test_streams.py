"""
How a process of ours ends: its exit code, and what is written where.

Only here, and where there is a terminal or a signal, is the program started as a
process; `test_here_it_is_the_same` holds that it says what it says in ours.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree

import acupress
from acupress.catalogue.compiled import COMPILED
from acupress.paths import bundled
from support.command import ANSWERED, acupress_, invoke, invoke_onto, without_the_holds
from support.factories import OWN_POINT
from support.terminal import ACUPRESS, Left, PtyTerminal, needs_unix

# One command for each way of printing.
SAYING = (
    *("list --all", "list --region neck --picture ascii", "routines", "show GB21"),
    *("show TE3 --picture ascii", "show TE3 --json", "list --json", "find back"),
    *("plan lower-back --pregnancy no", "plan sleep --pregnancy no --json", "--help"),
    *("check --schema", "how", "care", "help session", "list"),
)


def test_here_it_is_the_same(tmp_path: Path) -> None:
    """What tests run in their own process says and ends as a process does."""
    own = tmp_path / "acupress" / "points" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(OWN_POINT, "utf-8")
    hurried = ("--rehearse", "--speed=100", "--sound=off", "--only=TE3")
    commands = {
        ("--version",): {},
        ("list",): {"FORCE_COLOR": "1"},
        ("plan", "upper-back", "--pregnancy", "no", "--json"): {"HOME": "/none"},
        ("session", "upper-back"): {},
        ("session", "upper-back", *ANSWERED, *hurried): {"COLUMNS": "60"},
        ("shwo",): {},
        ("journal",): {"XDG_DATA_HOME": str(tmp_path)},
        ("show", "my own point"): {"XDG_CONFIG_HOME": str(tmp_path)},
        (): {
            "_ACUPRESS_COMPLETE": "complete_bash",
            "COMP_CWORD": "1",
            "COMP_WORDS": "acupress s",
        },
    }
    for arguments, environment in commands.items():
        process = acupress_(*arguments, **environment)
        here = invoke(*arguments, **environment)

        assert (process.returncode, process.stderr) == (here.returncode, here.stderr)
        assert without_the_holds(process.stdout) == without_the_holds(here.stdout)


@contextmanager
def record_of_writes() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Yield two ends of a socket, in which each write comes as one record."""
    needs_unix()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    with ours, theirs:
        yield ours, theirs


def written(ours: socket.socket) -> list[bytes]:
    """Return the writes until the other end is closed."""
    return list(iter(lambda: ours.recv(1 << 20), b""))


def test_all_that_is_said_is_one_write() -> None:
    """No reader can leave between two of them, so each has one way to end."""
    for words in SAYING:
        with record_of_writes() as (ours, theirs):
            code = invoke_onto(theirs.fileno(), *words.split())
            theirs.close()

            assert (words, code, len(written(ours))) == (words, 0, 1)


def test_a_process_makes_one_write_too() -> None:
    """In colour, and where the interpreter is told to hold nothing back."""
    for words, changes in (
        ("routines", {"FORCE_COLOR": "1"}),
        ("list", {"PYTHONUNBUFFERED": "1"}),
    ):
        with record_of_writes() as (ours, theirs):
            environment = {**os.environ, **changes}
            with subprocess.Popen(
                (*ACUPRESS, *words.split()), stdout=theirs.fileno(), env=environment
            ) as program:
                theirs.close()
                sizes = list(map(len, written(ours)))

        assert (words, program.returncode, len(sizes)) == (words, 0, 1)


def test_a_reader_that_leaves_while_it_prints() -> None:
    """
    Having read, it may leave: all that fits into a pipe was written by then.

    Having left before, it ends the program as a signal, also where that was ignored,
    and without a word.
    """
    needs_unix()
    with subprocess.Popen(
        (*ACUPRESS, "find", "back"), stdout=subprocess.PIPE
    ) as program:
        assert program.stdout
        os.read(program.stdout.fileno(), 1)
        program.stdout.close()

    assert program.returncode == 0
    for ignored in (False, True):
        reading, writing = os.pipe()
        os.close(reading)
        ran = subprocess.run(
            (*ACUPRESS, "list"),
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            restore_signals=not ignored,
        )
        os.close(writing)

        assert (ignored, ran.returncode, ran.stderr) == (ignored, -signal.SIGPIPE, b"")


NOT_WRITTEN = "acupress: the output was not written: "
# What a shell runs, and the exit code and the complaint that it comes to.
IN_A_SHELL = {
    "list > /dev/full": (5, f"{NOT_WRITTEN}No space left on device"),
    "list >/dev/full 2>/dev/full": (5, ""),
    "show XX9 2>/dev/full": (2, ""),
    "session TE3 --pregnancy=no --warning-signs=urgent --cautions=none 2>&-": (3, ""),
    "show GB21 >&-": (5, f"{NOT_WRITTEN}standard output is closed"),
    "show GB21 >&- 2>&-": (5, ""),
    "show GB21 <&- | grep ^GB21 >/dev/null": (0, ""),
}


def test_streams_that_take_nothing() -> None:
    """
    A full disk and a closed stream are told in one line, and never taken for success.

    Where nobody can be told what is wrong, the exit code still tells.
    """
    needs_unix()
    for line, expected in IN_A_SHELL.items():
        ran = subprocess.run(
            ["bash", "-o", "pipefail", "-c", f"{sys.executable} -m acupress {line}"],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

        assert (line, expected) == (line, (ran.returncode, ran.stderr.rstrip("\n")))
        assert (line, ran.stdout) == (line, "")


def test_other_encodings_keep_the_warning() -> None:
    """What can not be written is replaced; the warning always can be."""
    for encoding in ("ascii", "cp1252", "latin-1"):
        ran = acupress_("show", "GB21", PYTHONUTF8="0", PYTHONIOENCODING=encoding)

        assert (encoding, ran.returncode, ran.stderr) == (encoding, 0, "")
        assert "AVOID in pregnancy" in ran.stdout


def test_force_color_0_is_no_colour() -> None:
    """Where others take it for no colour, a terminal gets none, bold aside."""
    for command in (("show", "BL60"), ("list",)):
        argv = (*ACUPRESS, *command)
        with PtyTerminal(
            argv, environment={"FORCE_COLOR": "0", "PAGER": "cat"}
        ) as term:
            assert Left(0) == term.left()
            sent = set(re.findall(rb"\x1b\[([0-9;]+)m", term.raw))

            assert sent
            assert sent <= {b"0", b"1", b"2"}


def test_output_is_as_wide_as_the_terminal() -> None:
    """On a terminal a page is wrapped to its columns, up to a hundred of them."""
    for columns, longest in ((50, 50), (90, 90), (160, 100)):
        with PtyTerminal((*ACUPRESS, "how"), (columns, 60)) as term:
            assert Left(0) == term.left()
            plain = re.sub(r"\x1b\[[0-9;]*m", "", term.raw.decode())
            rows = [row.rstrip() for row in plain.splitlines()]

            assert longest - 20 < max(map(len, rows)) <= longest, columns


def test_a_copy_in_another_place(tmp_path: Path) -> None:
    """
    A copy in a folder of any name is the same program.

    Without a compiled catalogue, a data file that cannot be used is named, with line
    and column.
    """
    package = tmp_path / "mein Rücken" / "acupress"
    copytree(Path(acupress.__file__).parent, package)
    copytree(bundled(), package / "data", dirs_exist_ok=True)
    copy = {"PYTHONPATH": str(package.parent)}
    points = package / "data" / "points"
    same = acupress_("show", "GB21", **copy)
    (package / "data" / COMPILED).unlink(missing_ok=True)
    spoil(points / "reference.yaml", "body: chest", "body: heart")
    of_many = acupress_("show", "TE3", **copy)
    spoil(points / "GB21.yaml", "pregnancy: avoid\n", "")
    of_one = acupress_("show", "TE3", **copy)

    assert same.stdout == invoke("show", "GB21").stdout
    assert (of_many.returncode, of_many.stdout) == (4, "")
    assert "reference.yaml:9:12: write one of: head, face" in of_many.stderr
    assert (of_one.returncode, of_one.stdout) == (4, "")
    assert "GB21.yaml:1:1: the key 'pregnancy' is missing" in of_one.stderr


def spoil(file: Path, old: str, new: str) -> None:
    """Write *new* in place of *old* into *file*."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
