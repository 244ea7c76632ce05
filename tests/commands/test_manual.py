"""The manual page and the completions say what the program says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer._completion_shared import get_completion_script

from acupress import __version__
from support.command import invoke
from support.programs import fake_program

SHELL = Path(__file__).parents[2] / "shell"
SHARE = Path(sys.prefix) / "share"
PAGE = (SHELL / "acupress.1").read_text("utf-8").replace("\\-", "-")
COMMANDS = (
    *("session", "plan", "show", "list", "find", "routines", "how", "care"),
    *("journal", "check"),
)
WORDS = ("", *COMMANDS, "journal export", "journal erase", "journal set-aside")


def options(text: str) -> set[str]:
    """Return the options that *text* names."""
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


def test_the_manual_has_every_option_and_no_other() -> None:
    """Whatever `--help` says, `man acupress` says, too; none of it is over-wide."""
    helps = [invoke(*words.split(), "--help", COLUMNS="80").stdout for words in WORDS]
    lines = [line for told in helps for line in told.splitlines()]

    # -acupressure and the like are words; a name of one letter is only -h.
    assert options("".join(helps)) - {"-acupressure"} == options(PAGE) - {
        "-acupressure"
    }
    assert [line for line in lines if len(line) > 80] == []


def test_the_manual_has_every_command() -> None:
    """Each command is explained under its name."""
    commands = PAGE.partition(".SH COMMANDS")[2].partition(".SH OPTIONS")[0]

    assert set(COMMANDS) == set(re.findall(r"\.TP\n\.B (\w+)\n", commands))


def test_the_manual_is_of_this_release() -> None:
    """Its foot names the version that is installed."""
    assert f'"acupress {__version__}"' in PAGE


@pytest.mark.skipif(not shutil.which("groff"), reason="groff does the setting")
def test_the_manual_can_be_set() -> None:
    """No request of the page is unknown or wrong."""
    set_ = subprocess.run(
        ["groff", "-t", "-man", "-ww", "-Tutf8", str(SHELL / "acupress.1")],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )

    assert set_.stderr == ""


def test_the_completions_are_those_that_typer_writes() -> None:
    """What the wheel installs is what `--show-completion` would print."""
    for shell, name in (
        ("bash", "acupress.bash"),
        ("zsh", "_acupress"),
        ("fish", "acupress.fish"),
    ):
        written = get_completion_script(
            prog_name="acupress", complete_var="_ACUPRESS_COMPLETE", shell=shell
        )

        assert (name, f"{written}\n") == (name, (SHELL / name).read_text("utf-8"))


@pytest.mark.skipif(not shutil.which("bash"), reason="bash does the completing")
def test_bash_completes() -> None:
    """What the file for bash defines offers the names as they are."""
    for typed, offered in (
        ("sh", {"show"}),
        ("session up", {"upper-back", "upper-back-partner"}),
    ):
        program = Path(sys.executable).with_name("acupress")
        script = (
            f". {SHELL / 'acupress.bash'}\n"
            f"COMP_WORDS=(acupress {typed}); COMP_CWORD={len(typed.split())}\n"
            f"_acupress_completion {program}\n"
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        ran = subprocess.run(
            ["bash", "-c", script],  # noqa: S607
            capture_output=True,
            text=True,
            check=True,
        )

        assert (typed, offered) == (typed, set(ran.stdout.split()))


@pytest.mark.skipif(not shutil.which("fish"), reason="fish does the completing")
def test_fish_completes(tmp_path: Path) -> None:
    """What the file for fish defines offers a name whatever its case."""
    folder = str(Path(sys.executable).parent)
    for typed, offered in (
        ("show gb", ["gb20", "gb21", "gb30"]),
        ("routines UP", ["UPper-back", "UPper-back-partner"]),
    ):
        script = f"source {SHELL / 'acupress.fish'}; complete -C 'acupress {typed}'"
        ran = subprocess.run(
            ["fish", "--no-config", "-c", script],  # noqa: S607
            env={"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        names = [line.split("\t")[0] for line in ran.stdout.splitlines()]

        assert (typed, offered) == (typed, list(filter(None, names)))


@pytest.mark.skipif(
    not (SHARE / "man/man1/acupress.1").exists(), reason="an editable install has none"
)
def test_the_wheel_puts_each_where_it_is_looked_for() -> None:
    """They lie below the prefix, where `man` and the shells look."""
    for source, place in (
        ("acupress.1", "man/man1/acupress.1"),
        ("acupress.bash", "bash-completion/completions/acupress"),
        ("_acupress", "zsh/site-functions/_acupress"),
        ("acupress.fish", "fish/vendor_completions.d/acupress.fish"),
    ):
        installed = (SHARE / place).read_bytes()

        assert (source, installed) == (source, (SHELL / source).read_bytes())


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_installing_says_how_far_it_is(tmp_path: Path) -> None:
    """Whoever types `make session` sees three steps, and not what they are made of."""
    root = SHELL.parent
    for name in ("Makefile", "pyproject.toml", "hatch_build.py"):
        shutil.copy(root / name, tmp_path)
    for name in ("requirements", "src", "data", "shell", ".venv/bin"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "requirements" / "run.txt").touch()
    fake_program(tmp_path / ".venv" / "bin", "python", "")
    ran = subprocess.run(
        ["make", "--no-print-directory", ".venv/installed"],  # noqa: S607
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},  # not the flags of a make that runs us
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.splitlines() == [
        "Installing acupress into .venv: this takes a minute.",
        "1/3 environment",
        "2/3 libraries",
        "3/3 acupress",
    ]
