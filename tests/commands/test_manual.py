"""The manual page and the completions say what the program says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from acupress import __version__
from support.command import acupress_, invoke
from support.programs import fake_program
from support.terminal import PtyTerminal

SHARE = Path(sys.prefix) / "share"
FILES = {
    "man": SHARE / "man/man1/acupress.1",
    "bash": SHARE / "bash-completion/completions/acupress",
    "zsh": SHARE / "zsh/site-functions/_acupress",
    "fish": SHARE / "fish/vendor_completions.d/acupress.fish",
}
pytestmark = pytest.mark.skipif(
    not FILES["man"].exists(), reason="an editable install has none"
)
"""Where `man` and the shells look, below the prefix."""

COMMANDS = (
    *("session", "plan", "show", "list", "find", "routines", "how", "care"),
    *("journal", "remind", "new", "add", "check", "help"),
)
JOURNAL = ("journal add", "journal export", "journal erase", "journal set-aside")
WORDS = ("", *COMMANDS, *JOURNAL)


def page() -> str:
    """Return the manual page, with its hyphens as they are typed."""
    return FILES["man"].read_text("utf-8").replace("\\-", "-")


def options(text: str) -> set[str]:
    """Return the options that *text* names."""
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))


def test_the_manual_has_every_option_and_no_other() -> None:
    """Whatever `--help` says, `man acupress` says, too; none of it is over-wide."""
    helps = [invoke(*words.split(), "--help", COLUMNS="80").stdout for words in WORDS]
    lines = [line for told in helps for line in told.splitlines()]

    # -acupressure and the like are words; a name of one letter is only -h.
    assert options("".join(helps)) - {"-acupressure"} == options(page()) - {
        "-acupressure"
    }
    assert [line for line in lines if len(line) > 80] == []


def test_the_manual_has_every_command() -> None:
    """Each command is explained under its name."""
    headings = re.findall(r"^\.SS acupress ([a-z- ]+) \[", page(), re.MULTILINE)

    assert set(filter(None, WORDS)) == set(headings)


def test_the_manual_is_of_this_release() -> None:
    """Its foot names the version that is installed."""
    assert f'"acupress {__version__}"' in page()


@pytest.mark.skipif(not shutil.which("groff"), reason="groff does the setting")
def test_the_manual_can_be_set() -> None:
    """No request of the page is unknown or wrong."""
    set_ = subprocess.run(
        ["groff", "-t", "-man", "-ww", "-Tutf8", str(FILES["man"])],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )

    assert set_.stderr == ""


# What is typed before Tab, and what has to be among what is offered, or what may not.
OFFERED = {
    "acupress sh": {"show"},
    "acupress session up": {"upper-back", "upper-back-partner"},
    "acupress help jour": {"journal"},
    "acupress help journal ": {"add", "export", "erase", "set-aside"},
    "acupress help show ": set(),
    "acupress hel": {"help"},
    "acupress session --cautions vei": {"veins"},
    "acupress session --cautions veins,mea": {"veins,meal"},
    "acupress plan --without GB21,TE3,LI": {"GB21,TE3,LI10", "GB21,TE3,LI4"},
    "acupress plan --only KI2": {"KI27"},
    "acupress journal --routine hi": {"hip"},
    "acupress journal add --routine hi": {"hip"},
    "acupress list --region upp": {"upper-back"},
    "acupress show GB2": {"GB20", "GB21"},
    "acupress session --minutes ": set(),
    "acupress find ": set(),
    "acupress check eve": {"evening.yaml"},
    "acupress plan neck --save eve": {"evening.yaml"},
    "acupress journal export eve": {"evening.yaml"},
}


def bash(typed: str, folder: Path) -> set[str]:
    """Return what Tab offers after *typed* in bash."""
    words = shlex.quote(typed).strip("'") + ("''" if typed.endswith(" ") else "")
    script = (
        f". {FILES['bash']}\n"
        f"COMP_LINE='{typed}' COMP_POINT={len(typed)} COMP_WORDS=({words})\n"
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
        '_acupress acupress; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    return run(["bash", "-c", script], folder)


def fish(typed: str, folder: Path) -> set[str]:
    """Return what Tab offers after *typed* in fish, without the explanations."""
    script = f"source {FILES['fish']}; complete -C '{typed}'"
    return run(["fish", "--no-config", "-c", script], folder)


def run(command: list[str], folder: Path) -> set[str]:
    """Return the first field of each line that *command* prints in *folder*."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(
        command,
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "TERM": "dumb"},
        capture_output=True,
        text=True,
        check=False,
    )
    return {line.split("\t")[0] for line in ran.stdout.splitlines()} - {""}


@pytest.mark.parametrize("shell", [bash, fish])
def test_tab_offers_what_can_be_typed(
    shell: Callable[[str, Path], set[str]], tmp_path: Path
) -> None:
    """Names where names belong, files where files belong, and nothing elsewhere."""
    if not shutil.which(shell.__name__):
        pytest.skip(f"{shell.__name__} does the completing")
    (tmp_path / "evening.yaml").touch()
    (tmp_path / "upper-file").touch()

    assert {typed: shell(typed, tmp_path) for typed in OFFERED} == OFFERED


@pytest.mark.skipif(not shutil.which("zsh"), reason="zsh does the completing")
def test_the_first_tab_in_zsh_completes(tmp_path: Path) -> None:
    """In a new shell the first Tab completes, and so do those that follow."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    found = {"PATH": path, "HOME": str(tmp_path), "PS1": "> "}
    (tmp_path / "evening.yaml").touch()
    with PtyTerminal(("zsh", "-f", "-i"), environment=found) as term:
        term.see(">")
        term.type(f"cd {tmp_path}; fpath=({FILES['zsh'].parent} $fpath)\r")
        term.type("autoload -Uz compinit; compinit -u -D; clear\r")
        term.type("acupress sess\tquiet --cautions vei\t")
        term.see("acupress session quiet --cautions veins")
        term.type("\x15acupress check eve\t")
        term.see("acupress check evening.yaml")
        term.type("\x15acupress find eve\t.")
        term.see("acupress find eve.")
        term.type("\x15exit\r")

        term.left()


SHELLS = {"bash": ("--rcfile", "{home}/.bashrc"), "zsh": (), "fish": ()}
"""How each shell is started so that it reads the file of its user, in `home`."""


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_installed_completes(shell: str, tmp_path: Path) -> None:
    """
    After `--install-completion` a new shell completes by our script.

    Names are offered, and files only where a file is asked for: Typer's own script
    offers files for the words that `find` is given.
    """
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell} here")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    home = {"PATH": path, "HOME": str(tmp_path), "XDG_CONFIG_HOME": ""}
    (tmp_path / "evening.yaml").touch()
    taught = acupress_("--install-completion", shell, **home)
    assert (taught.returncode, taught.stderr) == (0, "")
    options = [each.format(home=tmp_path) for each in SHELLS[shell]]
    with PtyTerminal((shell, *options, "-i"), environment=home) as term:
        term.type(f"cd {tmp_path}; clear; echo rea''dy\r")
        term.see("ready")
        for typed, whole in (
            ("acupress sess\t", "acupress session"),
            ("quie\t", "acupress session quiet"),
            ("--cautions vei\t", "acupress session quiet --cautions veins"),
            ("\x15acupress check eve\t", "acupress check evening.yaml"),
        ):
            term.type(typed)
            term.see(whole)
        term.type("\x15acupress find eve\t.")
        term.see("acupress find eve.")
        term.type("\x15exit\r")

        term.left()


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make here")
def test_installing_says_how_far_it_is(tmp_path: Path) -> None:
    """Whoever types `make session` sees three steps, and not what they are made of."""
    root = Path(__file__).parents[2]
    for name in ("Makefile", "README.md", "pyproject.toml", "hatch_build.py"):
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
