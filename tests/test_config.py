"""Preferences: which keys there are, and how each mistake is refused."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from acupress.catalogue.records import BOOLEAN, Fields, list_of, one_of, optional
from acupress.catalogue.toml import parse_toml
from acupress.config import Config, PictureChoice, SoundChoice, read_config, usual
from acupress.errors import FileError
from acupress.paths import config_folder
from acupress.session.screening import Caution
from support.terminal import needs_unix

if sys.platform != "win32":
    import pwd

    AT_HOME = pwd.getpwuid(os.geteuid()).pw_dir
else:
    AT_HOME = ""


FIELDS: Fields = {
    "sound": optional(one_of(SoundChoice)),
    "voice": optional(BOOLEAN),
    "cautions": optional(list_of(one_of(Caution))),
}


def written(tmp_path: Path, text: str) -> Path:
    """Return a configuration file that holds *text*."""
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_without_a_file_everything_is_as_it_comes(tmp_path: Path) -> None:
    """Without a file every preference has its default."""
    assert read_config(tmp_path / "config.toml") == (Config(), [])


def test_accessible_is_plain_lines_without_pictures(tmp_path: Path) -> None:
    """The variable for screen readers asks for both, unless a file says not."""
    wanted = Config(plain=True, picture=PictureChoice.NONE)
    for value, expected in (("1", wanted), ("yes", wanted), ("0", Config())):
        environment = {"ACCESSIBLE": value}

        assert usual(environment) == expected
        assert read_config(tmp_path / "no.toml", usual(environment)) == (expected, [])
    path = written(tmp_path, "plain = false\n")

    assert read_config(path, wanted)[0] == wanted._replace(plain=False)
    assert Config() == usual({}) == usual({"ACCESSIBLE": ""})


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
voice_command = ["spd-say", "-w", "--", "{}"]
on_start = ["playerctl", "pause"]
on_point = ["sh", "-c", "echo  two  spaces"]
on_end = ["~/bin/end", "~", ""]
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
            voice_command=("spd-say", "-w", "--", "{}"),
            on_start=("playerctl", "pause"),
            on_point=("sh", "-c", "echo  two  spaces"),
            on_end=(str(Path("~/bin/end").expanduser()), "~", ""),
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
        ('voice = "loudly"\n', ":1:9: write true or false"),
        ("wait = true\ncautions = 1\n", ":2:12: write a list"),
        ('cautions = ["vains"]\n', ":1:12: write one of: thinners, "),
        ("get_ready = 4\n", ":1:13: write a whole number from 5 to 60"),
        ("get_ready = true\n", ":1:13: write a whole number"),
        ("sound = \n", ":1:9: write one of: auto, bell, off"),
        ("sound\n", ":1:6: write one of: auto, bell, off"),
        ("voice = true\nvoice = false\n", ":2:1: voice is given twice (first on"),
        ("hello world\n", ":1:1: unknown key 'hello'; known: sound, "),
        ("; louder\nvoice = true\n", ":1:1: write # before a comment"),
        ("{voice: true}\n", ":1:1: invalid statement: write lines of `key = value`"),
        (
            '[mine]\nsound = "bell"\n',
            ":1:1: take out the line [mine]: keys stand under",
        ),
    )
    for text, expected in rows:
        path = written(tmp_path, text)
        _, (fault,) = read_config(path)

        assert str(fault).startswith(f"{path}{expected}"), text


def test_a_command_is_a_list_of_words(tmp_path: Path) -> None:
    """Each mistake is told, and no command is guessed: nobody is to run a guess."""
    wanted = 'write a list of words: ["program", "argument"]'
    whole = "write a program's name, or its whole path"
    rows = {
        "on_end = playerctl play": wanted,
        'on_end = "playerctl play"': wanted,
        "on_end = [playerctl, play]": wanted,
        "on_end = []": wanted,
        "on_end = true": wanted,
        "on_end =": wanted,
        'on_end = ["sleep", 5]': "write this word in quotes",
        'on_end = ["sleep", ["5"]]': "write this word in quotes",
        'on_end = [""]': whole,
        'on_end = [" "]': whole,
        'on_end = ["./end.sh"]': whole,
        'on_end = ["bin/end.sh"]': whole,
        'on_end = ["/bin/"]': whole,
        'on_end = ["a", "\\u0000"]': "a word has at most 1000 letters, no NUL",
        f'on_end = ["a", "{"x" * 1001}"]': "a word has at most 1000 letters, no NUL",
        f"on_end = {['a'] * 41}": "has too many words: 40 is the most",
        "on_ends = ['a']": "unknown key 'on_ends': did you mean 'on_end'?",
        "voice_command = espeak-ng": wanted,
    }
    for text, expected in rows.items():
        config, faults = read_config(written(tmp_path, text))

        assert (text, [each.message for each in faults]) == (text, [expected])
        assert config == Config()


HABITS = {
    "sound = bell": 'sound = "bell"',
    "sound: bell": 'sound = "bell"',
    "sound bell": 'sound = "bell"',
    "sound": "",
    "--sound bell": 'sound = "bell"',
    "sound=bell  # at night": 'sound = "bell"',
    "sound = Bell": 'sound = "bell"',
    'sound = "BELL"': 'sound = "bell"',
    "sound = 'bell\"": 'sound = "bell"',
    'sound = "bell': 'sound = "bell"',
    'sound = "bell";': 'sound = "bell"',
    "sound = \u201cbell\u201d": 'sound = "bell"',
    "sound\u00a0= bell": 'sound = "bell"',
    "sond = bell": 'sound = "bell"',
    "picture = `none`": 'picture = "none"',
    "voice = yes": "voice = true",
    "voice = On": "voice = true",
    "voice = 1": "voice = true",
    "wait = True": "wait = true",
    'wait = "false"': "wait = false",
    "journal = no": "journal = false",
    "get_ready = 20s": "get_ready = 20",
    "get_ready = 20 seconds": "get_ready = 20",
    'get_ready = "20"': "get_ready = 20",
    "get_ready = 20.0": "get_ready = 20",
    "change_sides = 08": "change_sides = 8",
    "cautions = veins": 'cautions = ["veins"]',
    'cautions = "veins"': 'cautions = ["veins"]',
    "cautions = veins, meal": 'cautions = ["veins", "meal"]',
    "cautions = [veins, Meal]": 'cautions = ["veins", "meal"]',
    'cautions = ["veins"': 'cautions = ["veins"]',
    "cautions = [\n  veins,\n  meal,\n]": 'cautions = ["veins", "meal"]',
    "cautions = none": "cautions = []",
}
"""What people write, and what they are told to write instead."""


def test_habits_are_answered_by_what_to_write(tmp_path: Path) -> None:
    """Each is one line that says what to write, and what it says is read."""
    for text, instead in HABITS.items():
        _, faults = read_config(written(tmp_path, f"{text}\nplain = true\n"))
        wanted = f"write `{instead}`" if instead else "write one of: auto, bell, off"

        assert [text, 1] == [text, len(faults)]
        assert faults[0].message.removesuffix(", with straight quotes") == wanted, text
        assert faults[0].line == 1
        config, none = read_config(written(tmp_path, f"{instead}\nplain = true\n"))
        assert (config.plain, none) == (True, [])


def test_a_guess_is_never_read(tmp_path: Path) -> None:
    """A file with a fault has no effect, however plain it is what was meant."""
    for text in HABITS:
        config, _ = read_config(written(tmp_path, f"plain = true\n{text}\n"))

        assert config == Config(), text


def test_a_word_that_means_nothing_is_not_guessed(tmp_path: Path) -> None:
    """Where nothing is close, the rule is told, and no value is put into a mouth."""
    rows = {
        "sound = loud": "write one of: auto, bell, off",
        "voice = maybe": "write true or false",
        "get_ready = 99s": "write a whole number from 5 to 60",
        "get_ready = soon": "write a whole number from 5 to 60",
        "cautions =": "write a list here: [one, two] or [] for none",
    }
    for text, expected in rows.items():
        _, (fault,) = read_config(written(tmp_path, text))

        assert fault.message == expected, text


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Each fault has its line, in the order of the file, and nothing is half read."""
    text = "voice = 1\nsond = 'off'\nget_ready = 2\nplain = true\nwait = no\nsound=x\n"
    config, faults = read_config(written(tmp_path, text))

    assert [(fault.line, fault.message) for fault in faults] == [
        (1, "write `voice = true`"),
        (2, "unknown key 'sond': did you mean 'sound'?"),
        (3, "write a whole number from 5 to 60"),
        (5, "write `wait = false`"),
        (6, "write one of: auto, bell, off"),
    ]
    assert config == Config()


def test_a_byte_order_mark_changes_nothing(tmp_path: Path) -> None:
    """What an editor of Windows puts first is passed over, with its line ends, too."""
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbfsound = "bell"\r\nvoice = true\r\n')

    assert read_config(path) == (Config(sound=SoundChoice.BELL, voice=True), [])


def test_places_are_right_after_a_byte_order_mark(tmp_path: Path) -> None:
    """The mark is no column."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbfsound = bell\r\nvoice = yes\r\n")
    _, faults = read_config(path)

    assert [(each.line, each.column) for each in faults] == [(1, 9), (2, 9)]


TOKENS = (
    *("sound", "voice", "cautions", "a", " ", "=", ":", '"', "'", "[", "]", "\n"),
    *(",", "#", "true", "20s", '"""', "\t", "\r", "\u201c", "{", "}", ".", "\ufeff"),
)


@given(st.lists(st.sampled_from(TOKENS)).map("".join))
def test_any_tokens(text: str) -> None:
    """Whatever is written, each fault is at a line that is there."""
    faults: list[FileError] = []
    parse_toml(text.encode(), "a.toml", FIELDS, faults)

    assert all(1 <= each.line <= text.count("\n") + 1 for each in faults)
    assert all(each.column >= 1 for each in faults)


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
