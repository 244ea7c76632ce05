"""The whole program by ear: at a real terminal, with programs for a loudspeaker."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from acupress.config import SoundChoice
from acupress.stage.presentation import Presentation
from acupress.stage.sounds import Bell, NullSounds, Player
from acupress.stage.voice import HOW_TO_GET_ONE
from support.command import ANSWERED, acupress_, invoke, without_the_holds
from support.programs import alive, fake_program, lines, until
from support.stage import SOUNDS
from support.terminal import ACUPRESS, Left, PtyTerminal
from support.terminal_sessions import ANSWERS, PtySession

LASTING = "exec /bin/sleep 900"


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a rehearsal of the upper back that is answered."""
    more = (*ANSWERS, "--rehearse", "--speed=1", "--picture=none", *options)
    return (*ACUPRESS, "session", "upper-back", *more)


def only(folder: Path) -> dict[str, str]:
    """Return the environment in which there are no programs but those in *folder*."""
    return {"PATH": str(folder)}


def begin(term: PtyTerminal) -> None:
    """Go from the plan into the session."""
    term.read_plan()
    term.type("\r")
    term.see("FIND IT")


def logging(folder: Path, name: str, then: str = "") -> Path:
    """Put a program into *folder* that logs its process and what it is to play."""
    log = folder / f"{name}.log"
    last = 'for last; do :; done; echo "$$ $last"'
    fake_program(folder, name, f"{last} >> {log}; {then}")
    return log


def hear_words(term: PtyTerminal, log: Path) -> None:
    """
    Wait until the words for a point have begun.

    A busy machine may be too late for them, and then nothing is said: going back to
    the beginning of the point says them again.
    """
    term.type_until("b", lambda: bool(lines(log)), "words", every=5)


def all_ended(log: Path) -> Callable[[], bool]:
    """Return what tells whether all programs of *log* have ended."""
    return lambda: not any(alive(int(each.split()[0])) for each in lines(log))


def test_sounds_and_words_go_through_their_programs(tmp_path: Path) -> None:
    """
    Each sound is a file for the player, and its words follow by the engine.

    ``m`` ends what is being said, and nothing begins from then on.
    """
    played = logging(tmp_path, "paplay")
    said = logging(tmp_path, "espeak-ng", LASTING)
    command = session("--voice", "--get-ready=60", "--only=KI27,TE3")
    with PtySession(command, environment=only(tmp_path)) as term:
        begin(term)
        hear_words(term, said)
        term.type("m")
        term.see("(sound off)")
        until(all_ended(played))
        until(all_ended(said))
        before = lines(played), lines(said)
        term.type("\r")
        term.reach("PRESS")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"\a" not in term.raw

    assert before == (lines(played), lines(said))
    assert {each.partition(" ")[2] for each in before[0]} == {
        str(SOUNDS / "get-ready.wav")
    }
    assert all("KI27" not in each and "Elegant Mansion" in each for each in before[1])


def test_a_voice_of_ones_own_is_what_is_heard(tmp_path: Path) -> None:
    """The command in the configuration speaks in the place of any other."""
    said = logging(tmp_path, "espeak-ng")
    own = fake_program(
        tmp_path, "talk", f"cat >> {tmp_path}/words; echo >> {tmp_path}/words"
    )
    (tmp_path / "acupress").mkdir()
    (tmp_path / "acupress" / "config.toml").write_text(
        f'voice = true\nvoice_command = ["{own}"]\n', "utf-8"
    )
    home = {**only(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    home["PATH"] += ":/usr/bin:/bin"  # for cat
    with PtySession(session("--get-ready=60"), environment=home) as term:
        begin(term)
        hear_words(term, tmp_path / "words")
        term.type("qq")

        assert Left(0) == term.left()
    assert any("Elegant Mansion" in each for each in lines(tmp_path / "words"))
    assert lines(said) == []


def test_stopping_ends_what_is_said(tmp_path: Path) -> None:
    """Ended from outside, the program leaves nobody speaking."""
    said = logging(tmp_path, "espeak-ng", LASTING)
    command = session("--voice", "--get-ready=60")
    with PtySession(command, environment=only(tmp_path)) as term:
        begin(term)
        hear_words(term, said)
        term.send(signal.SIGTERM)

        assert Left(-signal.SIGTERM) == term.left()
    until(all_ended(said))


def test_without_a_player_or_an_engine(tmp_path: Path) -> None:
    """
    A player that fails leaves no session without cues: the bell rings.

    That there is no voice is told once, before it begins, with how to get one.
    """
    fake_program(tmp_path, "paplay", "echo cannot connect >&2; exit 1")
    with PtySession(session("--voice"), (100, 40), only(tmp_path)) as term:
        term.see("Enter begins")
        text = " ".join(term.text.split())
        term.type("\r")
        term.wait(lambda: b"\a" in term.raw, "a bell")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"connect" not in term.raw
        assert b"paplay failed: from then on the terminal's bell rang." in term.raw
    assert text.count(HOW_TO_GET_ONE) == 1


def test_what_is_heard_is_what_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``off`` is silence, and ``bell`` is the bell, whatever else there is."""
    logging(tmp_path, "paplay")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = {
        choice: Presentation(None, None, choice).announcer(lambda: None).sounds
        for choice in SoundChoice
    }
    silent = Presentation(None, None, SoundChoice.BELL).announcer(None).sounds

    assert {choice: type(sounds) for choice, sounds in found.items()} == {
        SoundChoice.AUTO: Player,
        SoundChoice.BELL: Bell,
        SoundChoice.OFF: NullSounds,
    }
    assert isinstance(silent, NullSounds)  # where there is no terminal to ring


def test_in_a_pipe(tmp_path: Path) -> None:
    """Line mode plays and tells the same, and no bell gets into what is piped."""
    hurried = ("--rehearse", "--speed=100", "--only=TE3")
    command = ("session", "upper-back", *ANSWERED, *hurried)
    bare = invoke(*command, "--voice", **only(tmp_path))
    log = logging(tmp_path, "paplay")
    silent = invoke(*command, "--sound=off", **only(tmp_path))
    unplayed = lines(log)
    played = acupress_(*command, **only(tmp_path))  # it leaves a program running

    assert bare.stderr == f"acupress: {HOW_TO_GET_ONE}\n"
    assert silent.stderr == played.stderr == ""
    assert without_the_holds(played.stdout) == without_the_holds(bare.stdout)
    assert "\a" not in bare.stdout
    assert unplayed == []
    until(lambda: str(lines(log)[-1:]).endswith("release-done.wav']"))
