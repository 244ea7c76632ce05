"""The whole program by ear: at a real terminal, with recorders for a loudspeaker."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from acupress.session.planning import plan
from acupress.session.screening import PointChoice, screen
from acupress.session.timeline import CueSound, lay_out
from acupress.stage.sounds import COUNTED
from acupress.stage.voice import HOW_TO_GET_ONE
from hear import ANSWERS, Clip, recorded, recorder
from support.catalogue import REAL
from support.plans import NO
from support.programs import fake_program, lines, until
from support.stage import SOUNDS
from support.terminal import ACUPRESS, Left, PtyTerminal


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a rehearsal of the upper back that is answered."""
    return (*ACUPRESS, "session", "upper-back", *ANSWERS, "--rehearse", *options)


def only(folder: Path) -> Mapping[str, str]:
    """Return the environment in which there are no programs but those in *folder*."""
    return {"PATH": str(folder)}


def begin(term: PtyTerminal) -> None:
    """Go from the plan into the session."""
    term.read_plan()
    term.type("\r")
    term.see("FIND IT")


def begun(log: Path) -> list[Clip]:
    """Return what was heard until now, of a log that may not be there yet."""
    return recorded(log) if log.exists() else []


def names(heard: list[Clip]) -> list[str]:
    """Return what was heard, as files and phrases."""
    return [each.words[-1].rpartition("/")[2] for each in heard]


def test_sounds_and_words_go_through_their_programs(tmp_path: Path) -> None:
    """Each sound is a file for the player, and its words follow by the engine."""
    log = recorder(tmp_path, "paplay", seconds=900)
    recorder(tmp_path, "espeak-ng", seconds=900)
    options = ("--only=TE3", "--voice", "--speed=1", "--picture=none")
    with PtyTerminal(session(*options), environment=only(tmp_path)) as term:
        begin(term)
        term.wait(lambda: len(begun(log)) == 2, "the first sound and its words")
        term.type("qq")

        assert Left(0) == term.left()

    heard = recorded(log)
    assert {each.program for each in heard} == {"paplay", "espeak-ng"}
    assert [each.words for each in heard if each.program == "paplay"] == [
        (str(SOUNDS / "get-ready.wav"),)
    ]
    assert b"\a" not in term.raw


def test_every_moment_rings_the_bell_once() -> None:
    """The bytes of the bell are as many as the moments that are worth it."""
    wish = PointChoice(only=frozenset({"TE3"}))
    timeline = lay_out(plan(screen(REAL["upper-back"], NO, wish)))
    unrung = COUNTED | {CueSound.LAST_SECONDS}
    moments = {cue.at for cue in timeline.cues if cue.sound not in unrung}
    with PtyTerminal(session("--sound=bell", "--speed=100", "--only=TE3")) as term:
        begin(term)

        assert Left(0) == term.left()
        assert term.raw.count(b"\a") == len(moments)


@pytest.mark.parametrize("option", ["--sound=off", "--sound=bell"])
def test_a_player_is_not_used_where_it_is_not_wanted(
    tmp_path: Path, option: str
) -> None:
    """``off`` is silence, and ``bell`` is the bell, whatever else there is."""
    log = recorder(tmp_path, "paplay")
    with PtyTerminal(session(option, "--speed=1"), environment=only(tmp_path)) as term:
        begin(term)
        term.type("qq")

        assert Left(0) == term.left()
        assert (b"\a" in term.raw) is (option == "--sound=bell")
    assert lines(log) == []


def test_without_a_player_the_bell_rings(tmp_path: Path) -> None:
    """Neither a missing player nor one that fails leaves the session without cues."""
    for script in (None, "echo cannot connect >&2; exit 1"):
        if script:
            fake_program(tmp_path, "paplay", script)
        with PtyTerminal(session("--speed=1"), environment=only(tmp_path)) as term:
            begin(term)
            term.wait(lambda: b"\a" in term.raw, "a bell")
            term.type("qq")

            assert Left(0) == term.left()
            assert b"\a" in term.raw
            assert b"connect" not in term.raw


def test_mute_is_silence(tmp_path: Path) -> None:
    """``m`` ends what is being said, and nothing begins from then on."""
    log = recorder(tmp_path, "paplay", seconds=900)
    recorder(tmp_path, "espeak-ng", seconds=900)
    command = session("--voice", "--speed=1", "--get-ready=60", "--picture=none")
    with PtyTerminal(command, environment=only(tmp_path)) as term:
        begin(term)
        term.wait(lambda: len(begun(log)) == 2, "words")
        term.type("m")
        term.see("(sound off)")
        term.type("\r")
        term.see("PRESS")
        term.type("qq")

        assert Left(0) == term.left()

    assert {each.program for each in recorded(log)} == {"paplay", "espeak-ng"}
    words = [each for each in recorded(log) if each.program == "espeak-ng"]
    assert [each.end for each in words] == [None]


def test_stopping_ends_what_is_said(tmp_path: Path) -> None:
    """Ended from outside, the program leaves nobody speaking."""
    log = tmp_path / "log"
    fake_program(tmp_path, "espeak-ng", f"echo $$ >> {log}.pids; exec /bin/sleep 900")
    pids = Path(f"{log}.pids")
    command = session("--voice", "--speed=1", "--picture=none")
    with PtyTerminal(command, environment=only(tmp_path)) as term:
        begin(term)
        term.wait(lambda: len(lines(pids)) == 1, "words")
        term.send(signal.SIGTERM)

        assert Left(-signal.SIGTERM) == term.left()
    until(lambda: gone(int(lines(pids)[0])))


def gone(pid: int) -> bool:
    """Tell whether there is no such process; it is not ours to bury."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_without_an_engine_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    """Once, before it begins, and the session goes on with sound."""
    with PtyTerminal(session("--voice"), (100, 40), only(tmp_path)) as term:
        term.see("Enter begins")
        text = " ".join(term.text.split())
        term.type("\r")
        term.see("FIND IT")
        term.type("qq")

        assert Left(0) == term.left()
        assert b"\a" in term.raw
    assert text.count(HOW_TO_GET_ONE) == 1


def piped(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a hurried rehearsal in a pipe, with only the programs in *folder*."""
    return subprocess.run(
        session("--speed=40", "--only=TE3", *options),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, **only(folder)},
    )


def agreed(told: str) -> str:
    """
    Return what is told before and after the holds.

    In a rehearsal as quick as this, a busy machine misses a gap of a twentieth of a
    second, and then tells nothing of it.
    """
    return re.sub(r"(?s)to get there\n.*Done: ", "", told)


def test_in_a_pipe(tmp_path: Path) -> None:
    """Line mode plays and tells the same, and no bell gets into what is piped."""
    bare = piped(tmp_path, "--voice")
    log = recorder(tmp_path, "paplay")
    played = piped(tmp_path)

    assert bare.stderr == f"acupress: {HOW_TO_GET_ONE}\n"
    assert played.stderr == ""
    assert agreed(played.stdout) == agreed(bare.stdout)
    assert "\a" not in bare.stdout
    until(lambda: "release-done.wav" in names(begun(log)))


def test_the_last_words_are_said(tmp_path: Path) -> None:
    """The end waits for the words to begin, and not for them to end."""
    log, go_on = tmp_path / "log", tmp_path / "go on"
    fake_program(
        tmp_path,
        "espeak-ng",
        f'for said; do :; done; echo "$said" >> {log}\n'
        f"while [ ! -e '{go_on}' ]; do /bin/sleep 0.1; done; echo ended >> {log}",
    )
    with PtyTerminal(
        session("--voice", "--only=KI27,TE3", "--speed=1"), (80, 24), only(tmp_path)
    ) as term:
        begin(term)
        term.skip()

        assert Left(0) == term.left()
    until(lambda: lines(log)[-1:] == ["Release. That was the last."])
    go_on.touch()
    until(lambda: lines(log)[-1:] == ["ended"])


def test_control_z_lets_the_screen_go_dark(tmp_path: Path) -> None:
    """Held during the session, let go while it is stopped, held again, let go."""
    log = tmp_path / "log"
    fake_program(
        tmp_path, "systemd-inhibit", f"echo held >> {log}; cat; echo gone >> {log}"
    )
    path = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PS1": "> "}
    shell = ["bash", "--norc", "--noediting", "-i"]
    with PtyTerminal(shell, environment=path) as term:
        term.see(">")
        term.type(" ".join((*session("--sound=off"), "\r")))
        begin(term)
        until(lambda: lines(log) == ["held"])
        term.type("\x1a")
        term.see("Stopped")
        until(lambda: lines(log) == ["held", "gone"])
        term.type("fg\r")
        term.see("paused: space goes on")
        until(lambda: lines(log) == ["held", "gone", "held"])
        term.type("qq")
        term.see("Next: acupress session")
        until(lambda: lines(log) == ["held", "gone", "held", "gone"])
        term.type("exit\r")

        assert Left(0) == term.left()


@pytest.mark.parametrize("option", ["--get-ready=4", "--change-sides=31"])
def test_times_within_reason(option: str) -> None:
    """Five to sixty seconds to get ready, three to thirty to change sides."""
    ran = subprocess.run(
        session(option),
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )

    assert ran.returncode == 2
    assert "write a whole number from" in ran.stderr
