"""The sounds themselves, and whatever plays them."""

from __future__ import annotations

import subprocess
import sys
import wave
from array import array
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from acupress.session.planning import plan
from acupress.session.screening import screen
from acupress.session.timeline import CueSound, lay_out
from acupress.stage.sounds import (
    PLAYERS,
    RATE,
    Bell,
    NullSounds,
    Player,
    WinsoundPlayer,
    file_name,
    player,
)
from support.catalogue import REAL
from support.plans import NO
from support.programs import alive, fake_program, lines, settle, until
from support.stage import SOUNDS

ROOT = Path(__file__).parents[2]
FILES = sorted(SOUNDS.glob("*.wav"))
RUNG = [CueSound.PRESS, CueSound.RELEASE, CueSound.HALFWAY]


class Rung:
    """Counts how often it is called."""

    def __init__(self) -> None:
        """Begin with nothing rung."""
        self.times = 0

    def __call__(self) -> None:
        """Ring."""
        self.times += 1


def samples(path: Path) -> array[int]:
    """Return what a file holds."""
    with wave.open(str(path), "rb") as opened:
        assert opened.getparams()[:3] == (1, 2, RATE)
        return array("h", opened.readframes(opened.getnframes()))


def played(path: Path, folder: Path = SOUNDS) -> tuple[Player, Rung]:
    """Return the player that is found in *path*, and the bell that it has."""
    rung = Rung()
    found = player(folder, Bell(rung), str(path))
    assert isinstance(found, Player)
    return found, rung


def test_every_moment_has_its_sound() -> None:
    """Whatever a routine rings at one time is one file."""
    for name, some in REAL.items():
        timeline = lay_out(plan(screen(some, NO)))
        wanted = {file_name(timeline.moment(cue.at)) for cue in timeline.cues}

        assert (name, set()) == (name, wanted - {path.name for path in FILES})


def test_the_sounds_are_small_quiet_and_short() -> None:
    """All of them together are smaller than a photograph, and none is loud."""
    assert sum(path.stat().st_size for path in FILES) < 128 * 1024
    for path in FILES:
        loudest = max(map(abs, samples(path))) / 0x8000
        assert 0.05 < loudest < 0.3
        assert len(samples(path)) < 1.5 * RATE


def test_the_sounds_are_distinct() -> None:
    """No two are alike, to the ear either: their notes cross zero otherwise."""
    crossings = {}
    for path in FILES:
        wave_ = samples(path)
        third = len(wave_) // 3
        crossings[path.name] = tuple(
            sum(a < 0 <= b for a, b in pairwise(part))
            for part in (wave_[:third], wave_[third : 2 * third], wave_[2 * third :])
        )

    assert [
        (a, b) for a, b in combinations(crossings, 2) if crossings[a] == crossings[b]
    ] == []


def test_the_sounds_are_those_of_the_script(tmp_path: Path) -> None:
    """What is shipped is what ``tools/tune.py`` makes, to the last bit or so."""
    script = ROOT / "tools" / "tune.py"
    subprocess.run([sys.executable, str(script), str(tmp_path)], check=True)

    assert [path.name for path in FILES] == sorted(p.name for p in tmp_path.iterdir())
    for path in FILES:
        pairs = zip(samples(path), samples(tmp_path / path.name), strict=True)
        assert max(abs(a - b) for a, b in pairs) <= 1


def test_the_bell_rings_once_for_a_moment() -> None:
    """Release and done are one ring, and what comes every second is none."""
    rung = Rung()
    bell = Bell(rung)
    for sound in CueSound:
        bell.play([sound], 0.0)
    bell.play([CueSound.RELEASE, CueSound.DONE], 0.0)

    assert rung.times == 6 + 1


def test_players_are_looked_for_in_order(tmp_path: Path) -> None:
    """The first of those that are there is taken."""
    for program in reversed(PLAYERS):
        fake_program(tmp_path, program.name, "")

        assert program == played(tmp_path)[0].program


def test_without_a_player_it_is_the_bell(tmp_path: Path) -> None:
    """Where nothing can play, nothing is started."""
    bell = Bell(Rung())

    assert bell is player(SOUNDS, bell, str(tmp_path))


def test_a_player_is_given_the_file(tmp_path: Path) -> None:
    """A player is started with the file and nothing else."""
    log = tmp_path / "log"
    fake_program(tmp_path, "paplay", f'echo "$#:$1" >> {log}')
    sounds, rung = played(tmp_path)

    assert sounds.play([CueSound.RELEASE, CueSound.DONE], 0.0) == pytest.approx(
        1.46, abs=0.01
    )
    until(lambda: lines(log) == [f"1:{SOUNDS / 'release-done.wav'}"])
    settle(sounds.channel)
    assert rung.times == 0


class Winsound:
    """Stands for ``winsound.PlaySound``: keeps what it is told, or refuses it."""

    def __init__(self, *, works: bool) -> None:
        """Begin with nothing told."""
        self.works = works
        self.told: list[tuple[str | None, int]] = []

    def __call__(self, sound: str | None, flags: int) -> None:
        """Play, or raise as documented."""
        self.told.append((sound, flags))
        if not self.works:
            raise RuntimeError


def test_windows_plays_by_itself() -> None:
    """A file, without waiting and without a sound instead; then nothing any more."""
    windows, rung = Winsound(works=True), Rung()
    sounds = WinsoundPlayer(windows, SOUNDS, Bell(rung))

    assert sounds.play([CueSound.RELEASE, CueSound.DONE], 0.0) == pytest.approx(
        1.46, abs=0.01
    )
    sounds.stop()
    assert windows.told == [(str(SOUNDS / "release-done.wav"), 0x20003), (None, 0)]
    assert rung.times == 0


def test_what_windows_refuses_is_rung(tmp_path: Path) -> None:
    """One refusal is enough, and so is a file that is missing."""
    for folder, works in ((SOUNDS, False), (tmp_path, True)):
        windows, rung = Winsound(works=works), Rung()
        sounds = WinsoundPlayer(windows, folder, Bell(rung))
        sounds.play([CueSound.PRESS], 0.0)
        sounds.play([CueSound.PRESS], 0.0)
        sounds.stop()

        assert rung.times == 2
        assert len(windows.told) == (1 if works else 2)  # to be silent, at last


def test_a_player_that_fails_is_given_up(tmp_path: Path) -> None:
    """Without a sound device the bell rings what was owed, and all that comes."""
    log = tmp_path / "log"
    fake_program(tmp_path, "paplay", f"echo >> {log}; echo ALSA error >&2; exit 1")
    sounds, rung = played(tmp_path)
    sounds.play([CueSound.PRESS], 0.0)
    until(lambda: sounds.channel.failed)
    sounds.check(0.0)
    sounds.check(0.0)
    after_failing = rung.times
    for sound in RUNG:
        sounds.play([sound], 0.0)

    assert after_failing == 1
    assert 1 + len(RUNG) == rung.times
    assert lines(log) == [""]


def test_a_player_that_is_no_program_is_given_up(tmp_path: Path) -> None:
    """What can not be started at all costs one bell, not one sound."""
    path = tmp_path / "aplay"
    path.write_bytes(b"\x7fELF")
    path.chmod(0o755)
    sounds, rung = played(tmp_path)
    sounds.play([CueSound.PRESS], 0.0)

    assert rung.times == 1


def test_a_missing_file_is_the_bell(tmp_path: Path) -> None:
    """A damaged installation still rings."""
    fake_program(tmp_path, "paplay", "")
    sounds, rung = played(tmp_path, tmp_path)
    sounds.play([CueSound.PRESS], 0.0)

    assert rung.times == 1


def test_a_player_that_hangs_holds_nobody_up(tmp_path: Path) -> None:
    """Each sound ends the one before with all that it started, and waits for none."""
    log = tmp_path / "log"
    fake_program(
        tmp_path, "paplay", f"trap '' TERM; sleep 900 & echo $! >> {log}; wait"
    )
    sounds, rung = played(tmp_path)
    for number, sound in enumerate(RUNG, 1):
        sounds.play([sound], 0.0)
        until(lambda count=number: len(lines(log)) == count)  # type: ignore[misc]
        assert alive(int(lines(log)[-1]))
    sounds.stop()
    until(lambda: not any(alive(int(pid)) for pid in lines(log)))
    settle(sounds.channel)

    assert rung.times == 0


def test_silence_is_silent() -> None:
    """Nothing is played, and it lasts no time."""
    silent = NullSounds()
    silent.check(0.0)
    silent.stop()

    assert silent.play([CueSound.DONE], 0.0) == 0
