"""Preferences: which keys there are, and how each mistake is refused."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from acupress.config import Config, PictureChoice, SoundChoice, read_config
from acupress.paths import config_folder
from acupress.session.screening import Caution
from support.terminal import needs_unix

if sys.platform != "win32":
    import pwd

    AT_HOME = pwd.getpwuid(os.geteuid()).pw_dir
else:
    AT_HOME = ""


def written(tmp_path: Path, text: str) -> Path:
    """Return a configuration file that holds *text*."""
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    """Without a file every preference has its default."""
    assert read_config(tmp_path / "config.toml") == (Config(), [])


def test_every_key_is_read(tmp_path: Path) -> None:
    """A file with every key sets every preference."""
    text = """\
sound = "bell"
voice = true
picture = "ascii"
plain = true
wait = true
journal = false
get_ready = 20
change_sides = 8
cautions = ["veins", "meal"]
"""

    assert (
        Config(
            sound=SoundChoice.BELL,
            voice=True,
            picture=PictureChoice.ASCII,
            plain=True,
            wait=True,
            journal=False,
            get_ready=20,
            change_sides=8,
            cautions=frozenset({Caution.VEINS, Caution.MEAL}),
        )
        == read_config(written(tmp_path, text))[0]
    )


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    """Every mistake is refused, with file, line and what to write."""
    rows = (
        ('\nsond = "off"\n', ":2:1: unknown key 'sond': did you mean 'sound'?"),
        ('pregnancy = "no"\n', ":1:1: unknown key 'pregnancy'; known: sound, "),
        ("[answers]\npregnancy = 1\n", ":1:1: unknown key 'answers'"),
        ('warning_signs = "none"\n', ":1:1: unknown key 'warning_signs'"),
        ('sound = "loud"\n', ":1:9: write one of: auto, bell, off"),
        ('voice = "yes"\n', ":1:9: write true or false"),
        ('wait = true\ncautions = "veins"\n', ":2:12: write a list"),
        ('cautions = ["vains"]\n', ":1:12: write one of: thinners, "),
        ("get_ready = 4\n", ":1:13: write a whole number from 5 to 60"),
        ("get_ready = true\n", ":1:13: write a whole number"),
        ("sound = \n", ":1:9: invalid value"),
        ("sound\n", ":1:6: expected '='"),
        ("voice = true\nvoice = false\n", ":2:14: cannot overwrite a value"),
    )
    for text, expected in rows:
        path = written(tmp_path, text)
        _, (fault,) = read_config(path)

        assert str(fault).startswith(f"{path}{expected}"), text


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Each fault has its line, in the order of the file, and nothing is half read."""
    text = 'voice = 1\nsond = "off"\nget_ready = 2\nplain = true\n'
    config, faults = read_config(written(tmp_path, text))

    assert [(fault.line, fault.message) for fault in faults] == [
        (1, "write true or false"),
        (2, "unknown key 'sond': did you mean 'sound'?"),
        (3, "write a whole number from 5 to 60"),
    ]
    assert config == Config()


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is not guessed at."""
    path = tmp_path / "config.toml"
    path.write_bytes(b'sound = "\xff"')
    _, (fault,) = read_config(path)

    assert fault.message.startswith("is not UTF-8")


def a_pipe(path: Path) -> None:
    """Put a pipe there, which must never be waited for."""
    needs_unix()
    os.mkfifo(path)


def test_a_hostile_file_is_refused_at_once(tmp_path: Path) -> None:
    """It is refused, neither waited for, nor cut short, nor taken for absent."""
    rows: tuple[tuple[Callable[[Path], object], str], ...] = (
        (a_pipe, "is not a regular file"),
        (lambda path: path.symlink_to("/dev/zero"), "is not a regular file"),
        (lambda path: path.symlink_to("nowhere"), "cannot be read: No such file"),
        (lambda path: path.write_text("#" * 100_001), "is too large: 100000 bytes"),
        (lambda path: path.write_text("a = " + "[" * 9_999), "nested too deeply"),
        (lambda path: path.write_text("a = " + "1" * 9_999), "Exceeds the limit"),
    )
    for number, (made, expected) in enumerate(rows):
        path = tmp_path / f"{number}.toml"
        made(path)
        _, (fault,) = read_config(path)

        assert re.search(expected, str(fault), re.IGNORECASE)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in place of the file is refused, and not taken for an absent one."""
    _, (fault,) = read_config(tmp_path)

    assert "is not a regular file" in str(fault)


def test_where_the_folder_is() -> None:
    """The folder follows XDG; a variable that is relative or empty does not count."""
    rows: tuple[tuple[dict[str, str], str], ...] = (
        ({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "/x/acupress"),
        ({"HOME": "/h"}, "/h/.config/acupress"),
        ({"XDG_CONFIG_HOME": "", "HOME": "/h"}, "/h/.config/acupress"),
        ({"XDG_CONFIG_HOME": "x", "HOME": "/h"}, "/h/.config/acupress"),
        ({"XDG_CONFIG_HOME": "~/x", "HOME": "/h"}, "/h/.config/acupress"),
        ({"HOME": "x"}, f"{AT_HOME}/.config/acupress"),
        ({"HOME": "."}, f"{AT_HOME}/.config/acupress"),
        ({"HOME": ""}, f"{AT_HOME}/.config/acupress"),
        ({}, f"{AT_HOME}/.config/acupress"),
    )

    assert [
        (environment, found)
        for environment, expected in rows
        if (found := config_folder(environment)) != Path(expected)
    ] == []
