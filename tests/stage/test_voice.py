"""A voice: engines that stand in, and the real one speaking into a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from acupress.session.planning import plan
from acupress.session.screening import screen
from acupress.session.timeline import lay_out
from acupress.stage.voice import (
    ENGINES,
    HOW_TO_GET_ONE,
    Voice,
    found_voice,
    speaking_seconds,
    voice,
)
from acupress.text.speech import phrases
from hear import recorded, recorder
from support.catalogue import REAL
from support.plans import NO
from support.programs import fake_program, lines, settle, until

EVERY = sorted(
    {
        phrase
        for routine in REAL.values()
        for timeline in [lay_out(plan(screen(routine, NO)))]
        for cue in timeline.cues
        for phrase in phrases(timeline, cue)[::3]  # the fullest, and some others
    }
)
ESPEAK = shutil.which("espeak-ng")
NASTY = '-w x.wav; $(touch here) `id` "Press" \' <speak>\n%s'


def spoken(path: Path) -> Voice:
    """Return the voice that is found in *path*."""
    found = voice(str(path))
    assert found
    return found


def test_engines_are_looked_for_in_order(tmp_path: Path) -> None:
    """The first of those that are there is taken."""
    for engine in reversed(ENGINES):
        fake_program(tmp_path, engine.name, "")

        assert engine == spoken(tmp_path).engine


def test_without_an_engine_there_is_no_voice(tmp_path: Path) -> None:
    """That there is none can be told."""
    assert voice(str(tmp_path)) is None


@pytest.mark.parametrize("engine", [e.name for e in ENGINES if not e.reads])
def test_words_are_one_argument(tmp_path: Path, engine: str) -> None:
    """Whatever is in the words, they are the last argument, after ``--``."""
    log = tmp_path / "log"
    script = 'for word; do last="$before"; before="$word"; done; '
    script += f'printf "%s|%s" "$last" "$before" > {log}.new; mv {log}.new {log}'
    fake_program(tmp_path, engine, script)
    speaking = spoken(tmp_path)
    speaking.say(NASTY, 0.0)

    until(log.exists)
    settle(speaking.channel)
    assert f"--|{NASTY}" == log.read_text("utf-8")


@pytest.mark.parametrize("engine", [e.name for e in ENGINES if e.reads])
def test_words_are_read_where_there_is_no_such_argument(
    tmp_path: Path, engine: str
) -> None:
    """On macOS and Windows they are input as UTF-8, and never an argument."""
    log = tmp_path / "log"
    fake_program(tmp_path, engine, f'(cat; echo "$@") > {log}.new; mv {log}.new {log}')
    speaking = spoken(tmp_path)
    speaking.say(f"{NASTY}é", 0.0)

    until(log.exists)
    settle(speaking.channel)
    argument = " ".join(speaking.engine.before)
    assert log.read_text("utf-8") == f"{NASTY}é{argument}\n"


def test_a_command_of_ones_own_reads_the_words(tmp_path: Path) -> None:
    """Its arguments are its own, and the words come on its standard input."""
    log = tmp_path / "log"
    own = fake_program(
        tmp_path, "talk", f'(cat; echo "|$@") > {log}.new; mv {log}.new {log}'
    )
    speaking, note = found_voice((str(own), "-s", "150"))
    assert speaking
    speaking.say(NASTY, 0.0)

    until(log.exists)
    settle(speaking.channel)
    assert (note, log.read_text("utf-8")) == ("", f"{NASTY}|-s 150\n")


def test_a_command_of_ones_own_may_have_the_words_in_a_place(tmp_path: Path) -> None:
    """A word that is only braces stands for them; nothing else is replaced."""
    log = tmp_path / "log"
    script = f'printf "%s|" "$@" > {log}.new; cat >> {log}.new; mv {log}.new {log}'
    own = fake_program(tmp_path, "talk", script)
    speaking, _ = found_voice((str(own), "x{}", "--", "{}", "end"))
    assert speaking
    speaking.say(NASTY, 0.0)

    until(log.exists)
    settle(speaking.channel)
    assert log.read_text("utf-8") == f"x{{}}|--|{NASTY}|end|"


def test_a_command_of_ones_own_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told, and no other engine speaks in its place."""
    fake_program(tmp_path, "espeak-ng", "")
    monkeypatch.setenv("PATH", str(tmp_path))

    assert found_voice(()) != (None, HOW_TO_GET_ONE)
    assert found_voice(("talk", "-s")) == (
        None,
        "voice_command: talk was not found; going on with sounds",
    )


def test_a_slow_command_of_ones_own_is_not_given_up(tmp_path: Path) -> None:
    """It may take twice as long as ours; one that hangs is given up all the same."""
    own = fake_program(tmp_path, "talk", "exec /bin/sleep 900")
    speaking, _ = found_voice((str(own),))
    assert speaking
    speaking.say("Press.", 0.0)
    late = 2 * speaking_seconds("Press.") + 5.0
    said = [speaking.given_up(at / 2) for at in range(int(late * 2) + 2)]

    assert {*said[:-1]} == {""}
    assert said[-1] == "talk did not end its words: from then on nothing was spoken."
    speaking.stop()
    settle(speaking.channel)


def test_the_latest_phrase_wins(tmp_path: Path) -> None:
    """A phrase ends the one before; neither is waited for."""
    log = recorder(tmp_path, "espeak-ng", seconds=60)
    speaking = spoken(tmp_path)
    for number, phrase in enumerate(("Release.", "Press."), 1):
        speaking.say(phrase, 0.0)
        until(lambda count=number: len(lines(log)) == count)  # type: ignore[misc]
    speaking.stop()
    heard = recorded(log)

    assert [each.words[-1] for each in heard] == ["Release.", "Press."]
    assert [each.end for each in heard] == [None, None]
    settle(speaking.channel)


def test_an_engine_behind_a_server_is_told_to_stop(tmp_path: Path) -> None:
    """Where the command's end is not the end of the words, it is told so, once."""
    log = tmp_path / "log"
    fake_program(tmp_path, "spd-say", f'echo "$@" >> {log}')
    speaking = spoken(tmp_path)
    speaking.stop()
    speaking.say("Press.", 0.0)
    until(lambda: len(lines(log)) == 1)
    speaking.stop()
    speaking.stop()

    until(lambda: lines(log) == ["-S -l en -- Press.", "-S"])
    settle(speaking.channel)


def test_an_engine_that_can_not_be_started_is_silence(tmp_path: Path) -> None:
    """Nothing is raised, and the session goes on."""
    path = tmp_path / "espeak-ng"
    path.write_bytes(b"\x7fELF")
    path.chmod(0o755)
    speaking = spoken(tmp_path)
    speaking.say("Press.", 0.0)

    assert speaking.channel.running is None


@pytest.mark.skipif(ESPEAK is None, reason="needs espeak-ng to listen to")
def test_no_phrase_takes_longer_than_was_thought(tmp_path: Path) -> None:
    """Spoken into a file, everything that we say ends in time, and in its order."""
    heard = {}
    for phrase in EVERY:
        file = tmp_path / "said.wav"
        options = ENGINES[0].arguments(phrase)
        subprocess.run([str(ESPEAK), "-w", str(file), *options], check=True)
        heard[phrase] = (file.stat().st_size - 44) / 2 / 22050
    late = {
        p: (speaking_seconds(p), took)
        for p, took in heard.items()
        if took > speaking_seconds(p)
    }

    assert late == {}
    assert heard["Press."] < heard["Press lightly."] < heard[max(EVERY, key=len)]
    assert all(took > 0.3 for took in heard.values())
