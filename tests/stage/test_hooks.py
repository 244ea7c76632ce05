"""A person's own programs follow a session, and never hold it up."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from acupress.errors import EndedBySignalError
from acupress.model import Pattern
from acupress.session.player import play
from acupress.session.playhead import Ended, Event, Key, Performance
from acupress.session.screening import Answers, PregnancyAnswer
from acupress.session.timeline import Timeline, lay_out
from acupress.stage.hooks import LAST, LIMIT, Hooks, Moment
from acupress.terminal.keys import Signalled
from support.command import ANSWERED, acupress_
from support.factories import point, routine, step
from support.plans import SHORT, planned, timeline_of
from support.programs import alive, fake_program, lines, settle, until
from support.stage import FakeStage, Script
from support.terminal import ACUPRESS, Left
from support.terminal_sessions import ANSWERS, PtySession, begin

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="hooks are scripts")

HANGING = "exec /bin/sleep 900"
KEYS = ("ACUPRESS_ROUTINE", "ACUPRESS_POINT", "ACUPRESS_PHASE")
FIRST_TWO = ("on_start", "on_point")
"""They run at the same moment, in no order."""

TELL = " ".join(f"${key}" for key in KEYS)


class Followed(FakeStage):
    """A stage that *hooks* follow; *settled* lets each of them end at once."""

    def __init__(
        self, hooks: Hooks, script: Script | None = None, *, settled: bool = True
    ) -> None:
        """Take what is to happen."""
        super().__init__(script)
        self.hooks = hooks
        self.settled = settled

    def wait(self, seconds: float) -> Event | None:
        """Jump as ever, but look at the hooks when they ask for it."""
        until_due = self.clock + seconds
        while True:
            look = self.hooks.check(self.clock)
            left = max(0.0, until_due - self.clock)
            event = super().wait(min(left, look))
            if event is not None or left <= look:
                return event

    def show(self, performance: Performance) -> float:
        """Let the hooks follow what is shown."""
        drawing = super().show(performance)
        self.hooks.follow(performance, self.clock)
        if self.settled:
            for hook in self.hooks.hooks.values():
                settle(hook.channel)
        return drawing


class Waiting:
    """Stands for a keyboard on which waiting takes no time."""

    def __init__(self, *events: Signalled) -> None:
        """Have *events* ready."""
        self.events = list(events)
        self.waited = 0.0

    def read(self, seconds: float) -> Signalled | None:
        """Return the next event, or count the seconds."""
        self.waited += seconds
        return self.events.pop(0) if self.events else None


def hooks_of(folder: Path, **scripts: str) -> Hooks:
    """Return hooks that run *scripts*, each with the name of its key."""
    commands = {
        Moment(key): [str(fake_program(folder, key, script))]
        for key, script in scripts.items()
    }
    return Hooks(commands)


def telling(folder: Path, *, then: str = "") -> dict[str, str]:
    """Return scripts that log what they are told into one file, in order."""
    return {
        each.value: f'echo "{each.value} {TELL}" >> {folder}/log; {then}'
        for each in Moment
    }


def finished(hooks: Hooks) -> list[str]:
    """Return the troubles, once nothing runs any more."""
    for hook in hooks.hooks.values():
        settle(hook.channel)
    return hooks.finish(Waiting().read)


def two_points(hold: int = 30) -> Timeline:
    """Return a session of two points."""
    kinds = {"pattern": Pattern.BOTH, "repetitions": 1}
    return timeline_of(
        routine(
            step(point("TE3"), hold=hold, **kinds),  # type: ignore[arg-type]
            step(point("LI4"), hold=hold, rank=2, **kinds),  # type: ignore[arg-type]
        )
    )


def test_a_session_is_followed_from_point_to_point(tmp_path: Path) -> None:
    """The start once, each point once, the end once; with routine, point and phase."""
    hooks = hooks_of(tmp_path, **telling(tmp_path))
    play(two_points(), Followed(hooks))

    assert finished(hooks) == []
    together, later = lines(tmp_path / "log")[:2], lines(tmp_path / "log")[2:]
    assert {*together} == {f"{key} a-routine TE3 ready" for key in FIRST_TWO}
    assert later == ["on_point a-routine LI4 ready", "on_end a-routine LI4 press"]


@pytest.mark.parametrize("ending", [Key.QUIT, Ended(signal.SIGTERM)])
def test_the_end_comes_however_a_session_ends(
    tmp_path: Path, ending: Key | Ended
) -> None:
    """Stopped by ``q`` or by a signal, there is an end, and only one."""
    hooks = hooks_of(tmp_path, **telling(tmp_path))
    play(SHORT, Followed(hooks, {3.0: ending, 4.0: ending}))
    hooks.end(5.0)

    assert finished(hooks) == []
    *together, last = (each.split()[0] for each in lines(tmp_path / "log"))
    assert sorted(together) == sorted(FIRST_TWO)
    assert last == "on_end"


def test_going_back_is_a_point_again(tmp_path: Path) -> None:
    """Each point that is gone to is told, in whichever direction."""
    hooks = hooks_of(tmp_path, on_point=f'echo "$ACUPRESS_POINT" >> {tmp_path}/log')
    script: Script = {1.0: Key.NEXT, 2.0: Key.BACK, 3.0: Key.QUIT, 4.0: Key.QUIT}
    play(two_points(), Followed(hooks, script))

    assert finished(hooks) == []
    assert lines(tmp_path / "log") == ["TE3", "LI4", "TE3"]


def test_nothing_begins_nothing_ends(tmp_path: Path) -> None:
    """Without a session that began, the end is not run."""
    hooks = hooks_of(tmp_path, **telling(tmp_path))
    hooks.end(0.0)

    assert finished(hooks) == []
    assert lines(tmp_path / "log") == []


def seen(file: Path) -> dict[str, str]:
    """Return the environment that a hook has written to *file*."""
    pairs = file.read_text("utf-8").split("\0")
    return dict(pair.split("=", 1) for pair in pairs if pair)


DUMP = """\
import os, sys
with open(sys.argv[1], "w") as file:
    file.write("\\0".join(f"{key}={value}" for key, value in os.environ.items()))
"""


def environment_in(folder: Path, timeline: Timeline) -> Mapping[str, str]:
    """Return what the last hook of *timeline* has in its environment."""
    file = folder / "environment"
    command = [sys.executable, "-I", "-S", "-c", DUMP, str(file)]
    hooks = Hooks({Moment.END: command})
    play(timeline, Followed(hooks))
    assert finished(hooks) == []
    return seen(file)


def test_a_hook_is_told_three_things_and_no_more(tmp_path: Path) -> None:
    """Beside what was in the environment already; it is the same for every answer."""
    pressed = [
        lay_out(planned("quiet", given_answers=Answers(answer)))
        for answer in PregnancyAnswer
    ]
    told = [environment_in(tmp_path, timeline) for timeline in pressed]
    added = [
        {key: each[key] for key in each if os.environ.get(key) != each[key]}
        for each in told
    ]

    assert {*added[0]} - {"LC_CTYPE"} == {*KEYS}
    assert added[0] == added[1] == added[2]


def test_a_point_that_is_left_out_is_never_told(tmp_path: Path) -> None:
    """A hook sees the points that are pressed, and no other."""
    timeline = lay_out(
        planned("upper-back", given_answers=Answers(PregnancyAnswer.YES))
    )
    hooks = hooks_of(tmp_path, on_point=f'echo "$ACUPRESS_POINT" >> {tmp_path}/log')
    play(timeline, Followed(hooks))

    assert finished(hooks) == []
    assert lines(tmp_path / "log") == [
        each.step.point.code for each in timeline.plan.steps
    ]
    assert "GB21" not in lines(tmp_path / "log")


def test_a_hook_that_hangs_is_killed_with_all_it_started(tmp_path: Path) -> None:
    """After its time, by the stage's clock; no second of the session is lost."""
    pids = tmp_path / "pids"
    script = f"/bin/sleep 900 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; wait"
    hooks = hooks_of(tmp_path, on_point=script)
    alone = FakeStage()
    play(two_points(), alone)
    stage = Followed(hooks, settled=False)
    begun = False

    def show(performance: Performance) -> float:
        nonlocal begun
        drawing = Followed.show(stage, performance)
        if not begun:
            until(pids.exists)
            begun = True
        return drawing

    stage.show = show  # type: ignore[method-assign]
    performance = play(two_points(), stage)
    ids = [int(each) for each in pids.read_text("utf-8").split()]
    until(lambda: not any(map(alive, ids)))

    assert performance.finished
    assert stage.clock == alone.clock
    (told,) = finished(hooks)
    assert told.startswith("on_point: ")
    assert told.endswith(" did not end in time and was stopped. It was not run again.")


def _short(path: Path) -> str:
    name = str(path)
    return name if len(name) <= 40 else f"{name[:37]}..."


def test_a_hook_that_hangs_has_its_time() -> None:
    """It is not killed a second before, and not a second after."""
    hooks = Hooks({Moment.START: ["/bin/sleep", "900"]})
    hook = hooks.hooks[Moment.START]
    hook.run({"ACUPRESS_POINT": "TE3"}, 0.0)
    running = [at for at in range(1, 20) if hook.check(at) and hook.channel.busy]

    assert running == list(range(1, int(LIMIT)))
    settle(hook.channel)


def test_failures_are_a_line_each(tmp_path: Path) -> None:
    """An exit code, a program that is not there, one that can not be started."""
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"\x7fELF")
    garbage.chmod(0o755)
    runs = tmp_path / "runs"
    failing = fake_program(tmp_path, "f", f"echo >> {runs}; exit 3")
    hooks = Hooks(
        {
            Moment.START: ["no-such-program-here", "x"],
            Moment.POINT: [str(failing)],
            Moment.END: [str(garbage)],
        }
    )
    performance = play(two_points(), Followed(hooks))

    assert performance.finished
    assert finished(hooks) == [
        "on_start: no-such-program-here was not found.",
        f"on_point: {_short(failing)} failed. It was not run again.",
        f"on_end: {_short(garbage)} could not be started.",
    ]
    assert lines(runs) == [""]


def test_a_flood_of_output_goes_nowhere(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Megabytes on both streams are no trouble, and nothing of them is seen."""
    flood = "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; cat"
    hooks = hooks_of(tmp_path, on_start=flood)
    play(two_points(), Followed(hooks))

    assert finished(hooks) == []
    assert capfd.readouterr() == ("", "")


def test_what_a_hook_leaves_behind_is_not_waited_for(tmp_path: Path) -> None:
    """A hook that has ended has ended, whatever it started goes on."""
    pid = tmp_path / "pid"
    hooks = hooks_of(tmp_path, on_start=f"/bin/sleep 900 & echo $! > {pid}")
    play(two_points(), Followed(hooks))
    left = int(pid.read_text("utf-8"))
    keyboard = Waiting()

    assert hooks.finish(keyboard.read) == []
    assert keyboard.waited == 0
    assert alive(left)
    os.kill(left, signal.SIGKILL)


def test_one_at_a_time_and_the_last_is_told(tmp_path: Path) -> None:
    """While one runs, the next waits, and of several only the last is run."""
    log, gate = tmp_path / "log", tmp_path / "gate"
    os.mkfifo(gate)
    script = f'echo "$ACUPRESS_POINT" >> {log}; read x < {gate}'
    hook = hooks_of(tmp_path, on_point=script).hooks[Moment.POINT]
    for at, code in enumerate(("TE3", "LI4", "GB20")):
        hook.run({"ACUPRESS_POINT": code}, at)
    until(lambda: lines(log) == ["TE3"])
    gate.write_text("\n")
    settle(hook.channel)
    hook.check(3.0)
    until(lambda: len(lines(log)) == 2)
    gate.write_text("\n")
    settle(hook.channel)
    hook.check(4.0)

    assert lines(log) == ["TE3", "GB20"]
    assert (hook.channel.busy, hook.trouble) == (False, "")


def test_the_end_is_waited_for_but_not_for_long(tmp_path: Path) -> None:
    """What hangs at the end is killed after a few seconds, and said."""
    hooks = hooks_of(tmp_path, on_end=HANGING)
    stage = Followed(hooks, settled=False)
    play(two_points(), stage)
    keyboard = Waiting()
    channel = hooks.hooks[Moment.END].channel
    running = channel.running
    told = hooks.finish(keyboard.read)

    assert keyboard.waited == pytest.approx(LAST)
    assert [each.rpartition(" did")[2] for each in told] == [
        " not end in time and was stopped."
    ]
    assert running
    until(lambda: running.poll() is not None)


def test_a_signal_ends_the_waiting(tmp_path: Path) -> None:
    """Ctrl-C while the last hook is waited for ends it, and the program."""
    hooks = hooks_of(tmp_path, on_end=HANGING)
    play(two_points(), Followed(hooks, settled=False))
    running = hooks.hooks[Moment.END].channel.running
    keyboard = Waiting(Signalled(signal.SIGINT))
    with pytest.raises(EndedBySignalError):
        hooks.finish(keyboard.read)

    assert running
    until(lambda: running.poll() is not None)


def configured(folder: Path, text: str) -> dict[str, str]:
    """Write *text* as the configuration, and return where that is found."""
    (folder / "acupress").mkdir()
    (folder / "acupress" / "config.toml").write_text(text, "utf-8")
    return {"XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}


def configured_to_tell(folder: Path) -> dict[str, str]:
    """Configure every hook to log what it is told."""
    rows = [
        f'{key} = ["/bin/sh", "-c", \'echo "{key} $0 {TELL}" >> {folder}/log\', "a b"]'
        for key in ("on_start", "on_point", "on_end")
    ]
    return configured(folder, "\n".join(rows))


def session(*options: str) -> tuple[str, ...]:
    """Return the command for a session of which nothing is kept."""
    quick = ("--sound=off", "--picture=none", "--no-journal", "--no-wait")
    return (*ACUPRESS, "session", "upper-back", *ANSWERS, *quick, *options)


FIRST = planned("upper-back").steps[0].step.point.code


@pytest.mark.parametrize("plain", ["--plain", "--no-plain"])
def test_at_a_terminal(tmp_path: Path, plain: str) -> None:
    """Words of the configuration are arguments as they stand, and ``q`` is an end."""
    home = configured_to_tell(tmp_path)
    with PtySession(session(plain), environment=home) as term:
        term.read_plan()
        term.type("\r")
        until(lambda: len(lines(tmp_path / "log")) >= 2)
        term.type("qq")

        assert Left(0) == term.left()
    told = f"a b upper-back {FIRST} ready"
    assert sorted(lines(tmp_path / "log")) == [
        f"on_end {told}",
        f"on_point {told}",
        f"on_start {told}",
    ]


def test_a_signal_is_an_end_as_well(tmp_path: Path) -> None:
    """Ended from outside, the program runs the last hook, and dies of the signal."""
    home = configured_to_tell(tmp_path)
    with PtySession(session(), environment=home) as term:
        term.read_plan()
        term.type("\r")
        until(lambda: len(lines(tmp_path / "log")) >= 2)
        term.send(signal.SIGTERM)

        assert Left(-signal.SIGTERM) == term.left()
    assert [each for each in lines(tmp_path / "log") if each.startswith("on_end")]


def test_a_closed_window_is_an_end_and_leaves_nobody_behind(tmp_path: Path) -> None:
    """Where nobody can read the last page any more, what hangs is killed as well."""
    pids = tmp_path / "pids"
    hang = f'["/bin/sh", "-c", "echo $$ >> {pids}; exec /bin/sleep 900"]'
    home = configured(tmp_path, f"on_start = {hang}\non_end = {hang}\n")
    with PtySession(session(), environment=home) as term:
        begin(term)
        term.vanish()
        until(lambda: len(lines(pids)) == 2)
        until(lambda: not any(alive(int(each)) for each in lines(pids)))


def test_a_hook_that_hangs_holds_up_no_key(tmp_path: Path) -> None:
    """Keys count, the last page comes, and Ctrl-C ends even the waiting after it."""
    pids = tmp_path / "pids"
    script = f"echo $$ >> {pids}; exec /bin/sleep 900"
    rows = [f'{key} = ["/bin/sh", "-c", "{script}"]' for key in ("on_point", "on_end")]
    home = configured(tmp_path, "\n".join(rows))
    with PtySession(session(), environment=home) as term:
        begin(term)
        term.type("n")
        term.see("2 of ")
        term.type("qq")
        until(lambda: len(lines(pids)) == 2)
        term.see("How often")
        term.send(signal.SIGINT)

        assert Left(-signal.SIGINT) == term.left()
    until(lambda: not any(alive(int(each)) for each in lines(pids)))


def test_a_rehearsal_runs_nothing(tmp_path: Path) -> None:
    """A rehearsal leaves nothing behind, and so it runs no hook."""
    home = configured_to_tell(tmp_path)
    quick = ("--rehearse", "--speed=100", "--sound=off")
    ran = acupress_("session", "quiet", *ANSWERED, *quick, **home)

    assert ran.returncode == 0
    assert lines(tmp_path / "log") == []


def test_a_file_that_others_can_write_runs_nothing(tmp_path: Path) -> None:
    """What a stranger may have written is refused before anything begins."""
    home = configured_to_tell(tmp_path)
    (tmp_path / "acupress" / "config.toml").chmod(0o666)
    ran = acupress_("session", "quiet", *ANSWERED, **home)

    assert ran.returncode == 4
    assert "can be written by other users" in ran.stderr
    assert lines(tmp_path / "log") == []
