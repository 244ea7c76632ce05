"""The page in a real browser: asked, played, printed; skipped where there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from acupress.session.planning import plan
from acupress.session.screening import (
    Answers,
    Caution,
    PregnancyAnswer,
    screen,
)
from acupress.session.timeline import lay_out
from acupress.text import safety, session_words, speech, words
from acupress.text.layout import Page
from support.browser import Browser, browser
from support.catalogue import REAL
from support.command import invoke

# Ten minutes of a session take no time: the clock and the timers are the test's own.
CLOCK = """
(() => {
  let now = 0; let timers = []; let last = 0;
  performance.now = () => now * 1000;
  window.setTimeout = (action, wait) => {
    last += 1;
    timers.push({ action, at: now + wait / 1000, id: last });
    timers.sort((one, other) => one.at - other.at);
    return last;
  };
  window.clearTimeout = (id) => { timers = timers.filter((each) => each.id !== id); };
  window.pass = (seconds) => {
    const until = now + seconds;
    while (timers.length && timers[0].at <= until) {
      const { action, at } = timers.shift();
      now = at;
      action();
    }
    now = until;
  };
})()
"""
HEARD = """
(() => {
  window.heard = [];
  new MutationObserver((changes) => heard.push(...changes.flatMap(
    ({ addedNodes }) => [...addedNodes].map((each) => each.data),
  ))).observe(document.getElementById('said'), { childList: true });
})()
"""
# A voice of the device, one that sends what it says, and what either was given.
VOICES = """
(() => {
  window.spoken = [];
  window.SpeechSynthesisUtterance = function Words(text) { this.text = text; };
  const voices = [
    { name: 'far', lang: 'en-GB', localService: false },
    { name: 'near', lang: 'en-GB', localService: LOCAL },
  ];
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: () => voices,
    cancel: () => {},
    speak: (words) => spoken.push([words.voice.name, words.text]),
  } });
})()
"""
HIDE = """
((hidden) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
})
"""
ANSWERED = ("no", "no", "none of them")


@pytest.fixture(scope="module")
def tab() -> Iterator[Browser]:
    """Return a browser of the size of a phone."""
    with browser() as found:
        found.size(390, 844)
        yield found


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the page of a routine, as the program saves it."""
    path = tmp_path_factory.mktemp("page") / "session.html"
    ran = invoke("plan", "upper-back", "--save", str(path), "--play")
    assert (ran.returncode, ran.stderr) == (0, "")
    return path


def opened(tab: Browser, file: Path) -> None:
    """Open the page anew, with nothing on the console yet."""
    tab.requests.clear()
    tab.troubles.clear()
    tab.open(file)


def tick(tab: Browser, *texts: str) -> None:
    """Tick boxes by the words beside them."""
    for text in texts:
        assert tab.run(
            "(() => { const label = [...document.querySelectorAll('#ask label')].find("
            f"(each) => each.textContent.startsWith('{text}'));"
            " label.querySelector('input').click(); return true; })()"
        )


def answer(tab: Browser, pregnancy: str, signs: str, *cautions: str) -> None:
    """Answer the three questions, and go on."""
    tab.click(pregnancy)
    if pregnancy != "no":
        tab.click("Go on")
    tab.click(signs)
    tick(tab, *cautions)
    tab.click("Go on")


def begin(tab: Browser, *, waits: bool = False) -> None:
    """Begin the session on a clock of the test's own."""
    tab.run(CLOCK)
    if not waits:
        tick(tab, "Wait")
    tab.run(HEARD)
    tab.click("Begin")


def test_a_whole_session_is_played(tab: Browser, file: Path) -> None:
    """Every segment is announced once; nothing is asked of a network or kept."""
    opened(tab, file)
    answer(tab, *ANSWERED)
    begin(tab)
    tab.run("pass(1000)")
    timeline = lay_out(plan(screen(REAL["upper-back"], Answers(PregnancyAnswer.NO))))
    heard = tab.run("heard")

    assert len(heard) == len(timeline.segments)
    assert heard[1] == session_words.announcement(timeline, timeline.segments[1])[0]
    assert f"Done: {words.duration(timeline.pressing)} of pressing." in tab.text()
    assert f"--pressed {timeline.pressing} --finished" in tab.text()
    assert tab.requests == [file.as_uri()]
    assert tab.troubles == []
    stored = "[document.cookie, localStorage.length, sessionStorage.length]"
    assert tab.run(stored) == ["", 0, 0]


def test_no_question_has_a_default(tab: Browser, file: Path) -> None:
    """Nothing is chosen when it opens; going on without an answer asks again."""
    opened(tab, file)
    assert "First: could you be pregnant?" in tab.text()
    tab.click("no")
    tab.click("no")
    assert tab.run("document.querySelectorAll('input:checked').length") == 0
    tab.click("Go on")
    assert "Please tick what fits" in tab.text()
    tick(tab, "none of them", "varicose")
    tab.click("Go on")
    assert "Please tick what fits" in tab.text()


@pytest.mark.parametrize(
    ("list_", "page"), [("1", safety.URGENT), ("2", safety.SEE_SOMEONE)]
)
def test_warning_signs_end_it(tab: Browser, file: Path, list_: str, page: Page) -> None:
    """The same words as in the program, and no way on but to start again."""
    opened(tab, file)
    tab.click("no")
    tab.click(list_)

    assert [line.text for line in page if line.text not in tab.text()] == []
    assert tab.run("[...document.querySelectorAll('#ask button')].length") == 1


@pytest.mark.parametrize("pregnancy", ["no", "yes", "unsure"])
@pytest.mark.parametrize(
    "cautions", [(), (Caution.NECK,), (Caution.DEVICE, Caution.FAINT)]
)
def test_it_shows_the_points_that_the_program_keeps(
    tab: Browser, file: Path, pregnancy: str, cautions: tuple[Caution, ...]
) -> None:
    """On the plan, on paper and while it plays, and no other."""
    answers = Answers(PregnancyAnswer(pregnancy), frozenset(cautions))
    kept = [each.step.point.code for each in screen(REAL["upper-back"], answers).kept]
    opened(tab, file)
    ticked = [safety.CAUTIONS[each] for each in cautions] or ["none of them"]
    screened = screen(REAL["upper-back"], answers)
    answer(tab, pregnancy, "no", *ticked)
    if not screened.runs:
        assert tab.run("document.querySelectorAll('section').length") == 0
        return
    begin(tab)
    shown = (
        "[...document.querySelectorAll('#sheet figure')].map((e) => e.dataset.point)"
    )
    tab.run("pass(2000)")

    assert tab.run(shown) == kept
    every = {step.point.code for step in REAL["upper-back"].steps}
    assert [c for c in every - set(kept) if c in str(tab.run("heard"))] == []
    assert [c for c in kept if c not in str(tab.run("heard"))] == []


def test_time_stands_still_while_nobody_sees_it(tab: Browser, file: Path) -> None:
    """A hidden page pauses and credits nothing; after an hour it starts again."""
    opened(tab, file)
    answer(tab, *ANSWERED)
    begin(tab)
    tab.run("pass(20)")
    left = tab.run("document.getElementById('left').textContent")
    tab.run(f"{HIDE}(true); pass(600); {HIDE}(false)")

    assert "Paused while you were away." in tab.text()
    assert tab.run("document.getElementById('left').textContent") == left
    tab.key(" ")
    tab.run("pass(10)")
    assert "Paused" not in tab.text()
    tab.run(f"{HIDE}(true); Date.now = () => {{ return 1e14; }}; {HIDE}(false)")
    assert "More than an hour went by" in tab.text()


def test_the_keys_of_the_terminal(tab: Browser, file: Path) -> None:
    """They do here what they do there, and the buttons do the same."""
    opened(tab, file)
    answer(tab, *ANSWERED)
    begin(tab, waits=True)
    step = "document.getElementById('step').textContent"
    assert 'Tap "I\'m there"' in tab.text()
    assert "sharp pain, numbness, dizziness: stop" in tab.text()
    tab.key("Enter")
    tab.run("pass(3.5)")
    assert tab.run("document.getElementById('doing').textContent").startswith("press")
    for key, expected in (
        ("n", "step 2 of 5"),
        ("ArrowRight", "step 3 of 5"),
        ("b", "step 2 of 5"),
    ):
        tab.key(key)
        assert tab.run(step) == expected
    tab.key("m")
    assert "Sound on" in tab.text()
    tab.key("q")
    assert "Yes, stop" in tab.text()
    tab.click("Back")  # any other button goes on
    assert "Yes, stop" not in tab.text()
    tab.key("q")
    tab.key("q")
    assert "Stopped after" in tab.text()
    assert safety.EMERGENCY in tab.text()


@pytest.mark.parametrize("local", [True, False])
def test_it_speaks_with_a_voice_of_the_device_only(
    tab: Browser, file: Path, *, local: bool
) -> None:
    """It says what the program says; a voice that sends its words is never used."""
    opened(tab, file)
    tab.run(VOICES.replace("LOCAL", str(local).lower()))
    answer(tab, *ANSWERED)
    begin(tab)
    tab.run("pass(1000)")
    timeline = lay_out(plan(screen(REAL["upper-back"], Answers(PregnancyAnswer.NO))))
    sayable = {p for cue in timeline.cues for p in speech.phrases(timeline, cue)}
    spoken = tab.run("spoken")

    assert {name for name, _ in spoken} == ({"near"} if local else set())
    assert {text for _, text in spoken} <= sayable
    assert (["near", "Halfway."] in spoken) == local


@pytest.mark.parametrize("size", [(360, 740), (768, 1024), (1440, 900)])
def test_controls_are_large_and_named(
    tab: Browser, file: Path, size: tuple[int, int]
) -> None:
    """Each can be hit by a thumb, is on the screen, and nothing is wider than it."""
    tab.size(*size)
    opened(tab, file)
    answer(tab, *ANSWERED)
    begin(tab)
    wide, *small = tab.run(
        "[document.documentElement.scrollWidth, ...[...document.querySelectorAll("
        "'#keys button')].filter((each) => { const box = each.getBoundingClientRect();"
        " return box.height < 48 || box.width < 48 || box.bottom > innerHeight"
        " || !each.textContent; }).map((each) => each.textContent)]"
    )
    tab.size(390, 844)

    assert (wide <= size[0], small) == (True, [])


def test_the_side_is_marked_in_the_picture(tab: Browser, file: Path) -> None:
    """LEFT fades the mark of the right, and turns the picture of a limb."""
    opened(tab, file)
    answer(tab, *ANSWERED)
    begin(tab)
    faded = (
        "[...document.querySelectorAll('.now [data-mark]')].map((each) =>"
        " [each.dataset.mark, getComputedStyle(each).opacity])"
    )
    tab.key("n")
    assert tab.run("document.getElementById('side').textContent") == "LEFT"
    assert tab.run(faded) == [["right", "0.2"]] * 2 + [["left", "1"]] * 2
    tab.key("n")
    tab.key("n")
    assert tab.run("Boolean(document.querySelector('.now .turned'))")
    assert "the back of your left hand" in tab.run(
        "document.querySelector('.now svg').textContent"
    )


def test_on_paper_it_is_the_sheet(tab: Browser, file: Path) -> None:
    """What is printed has each step of the plan, and no button or question."""
    opened(tab, file)
    answer(tab, "yes", "no", "none of them")
    tab.send("Emulation.setEmulatedMedia", media="print")
    printed = tab.text()
    tab.send("Emulation.setEmulatedMedia", media="")

    kept = screen(REAL["upper-back"], Answers(PregnancyAnswer.YES)).kept
    names = [words.name_of(each.step.point) for each in kept]
    assert re.findall(r"^[A-Z]{2}\d+ .*$", printed, re.MULTILINE) == names
    assert "Begin" not in printed
    assert "could you be pregnant?" not in printed


def test_without_a_script_it_can_be_read(tab: Browser, file: Path) -> None:
    """The careful sheet is shown, with its pictures and without a control."""
    tab.open(file, script=False)
    tab.send("Emulation.setScriptExecutionDisabled", value=False)
    shown = tab.text()

    assert "needs its script" in shown
    assert "KI27 Elegant Mansion" in shown
    assert "GB21" not in shown
    assert "Pause" not in shown
