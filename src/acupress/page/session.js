"use strict";
/*
 * Plays a session in a browser. The file has two halves:
 *
 * 1. Pure functions, without the DOM, a clock or a sound. They do what
 *    session/timeline.py, session/playhead.py and text/speech.py do in Python, and the
 *    tests run them beside these, in a JavaScript engine without a browser.
 * 2. The page: asks, draws, rings and speaks. It starts only where there is a document.
 *
 * Every plan was screened in Python when the page was made. Nothing here decides whether
 * a point is for somebody: an answer is an index into a table of finished plans.
 */

// ---- 1. Pure functions ---------------------------------------------------------------

/** Return [plan, ...blocks] for the answers; plan is -1 where nothing runs. Fails closed. */
function outcomeFor(data, pregnancy, cautions) {
  if (!["no", "yes", "unsure"].includes(pregnancy) || !Array.isArray(cautions)) {
    throw new Error("a question was not answered");
  }
  let index = pregnancy === "no" ? 0 : 1 << data.bearing.length;
  for (const number of cautions) {
    if (!Number.isInteger(number) || number < 1 || number > data.cautions) {
      throw new Error("not an answer to the third question");
    }
    const bit = data.bearing.indexOf(number);
    if (bit >= 0) index |= 1 << bit;
  }
  const outcome = data.outcomes[data.choices[index]];
  if (!outcome) throw new Error("no outcome for these answers");
  return outcome;
}

const COUNT_IN = 3;
const SHORTEST_COUNTED_GAP = 5;
const LONGEST_UNTICKED_HOLD = 10;
const SHORTEST_HALVED_HOLD = 30;
const LAST_TICKS = 3;
const SHORTEST_BREATHING_HOLD = 30;
const LONGEST_SIDE = 180;
const COUNTED = ["three", "two", "one"];
const OPENING = {
  ready: "get ready", press: "press", rest: "release", switch: "change sides",
};

/** Return the timeline of a plan: segments that touch, and the cues on them. */
function layOut(data, plan) {
  const segments = data.plans[plan].steps.flatMap((id, at) => {
    const step = data.timings[data.cards[id][0]];
    return step.segments.map(([phase, seconds, side, round]) => (
      { phase, seconds, side, round, rounds: step.rounds, step, id, number: at + 1 }
    ));
  });
  return timelineOf(segments);
}

function timelineOf(segments) {
  let now = 0;
  for (const segment of segments) {
    segment.start = now;
    now += segment.seconds;
    segment.end = now;
  }
  const steps = segments[segments.length - 1].number;
  return { segments, cues: cuesOf(segments), duration: now, steps };
}

function cuesOf(segments) {
  const cues = [];
  segments.forEach((segment, at) => {
    const before = segments[at - 1];
    if (before && before.phase === "press" && segment.phase !== "rest") {
      cues.push({ at: segment.start, sound: "release" });
    }
    cues.push({ at: segment.start, sound: OPENING[segment.phase] });
    if (segment.phase === "press") {
      const half = halfway(segment);
      if (half !== null) cues.push({ at: half, sound: "halfway" });
      if (segment.seconds > LONGEST_UNTICKED_HOLD) {
        for (let left = LAST_TICKS; left > 0; left -= 1) {
          cues.push({ at: segment.end - left, sound: "last seconds" });
        }
      }
    } else if (countedIn(segment)) {
      COUNTED.forEach((sound, beat) => {
        cues.push({ at: segment.end - COUNT_IN + beat, sound });
      });
    }
  });
  const end = segments[segments.length - 1].end;
  cues.push({ at: end, sound: "release" }, { at: end, sound: "done" });
  return cues;
}

function halfway(segment) {
  const long = segment.phase === "press" && segment.seconds >= SHORTEST_HALVED_HOLD;
  return long ? segment.start + Math.floor(segment.seconds / 2) : null;
}

function countedIn(segment) {
  return segment.phase !== "press" && segment.seconds >= SHORTEST_COUNTED_GAP;
}

function indexAt(timeline, position) {
  const after = timeline.segments.findIndex((segment) => segment.start > position);
  return Math.max(0, (after < 0 ? timeline.segments.length : after) - 1);
}

function segmentAt(timeline, position) {
  return timeline.segments[indexAt(timeline, position)];
}

/** Return the cues after one position, up to and including another. */
function cuesIn(timeline, before, after) {
  return timeline.cues.filter((cue) => before < cue.at && cue.at <= after);
}

/** Return every sound of one second, such as release and done. */
function momentAt(timeline, at) {
  return timeline.cues.filter((cue) => cue.at === at).map((cue) => cue.sound);
}

/** Return the breath at a position as way, start and seconds; null without a guide. */
function breathAt(timeline, position) {
  const hold = segmentAt(timeline, position);
  if (hold.phase !== "press" || hold.seconds < SHORTEST_BREATHING_HOLD) return null;
  const ways = hold.step.breath === "in" ? [["in", 4], ["out", 6]] : [["out", 6], ["in", 4]];
  let found = null;
  for (let now = hold.start, turn = 0; now < hold.end && now <= position; turn += 1) {
    const [way, seconds] = ways[turn % 2];
    found = { way, start: now, seconds: Math.min(seconds, hold.end - now) };
    now += seconds;
  }
  return found;
}

/** Return the timeline with the segment at a position longer, as far as it may be. */
function lengthen(timeline, position, seconds) {
  const index = indexAt(timeline, position);
  const longer = Math.min(seconds, room(timeline, timeline.segments[index]));
  return timelineOf(timeline.segments.map((segment, at) => (
    { ...segment, seconds: segment.seconds + (at === index ? longer : 0) }
  )));
}

function room(timeline, here) {
  if (here.phase !== "press") return here.step.longest;
  const spent = timeline.segments
    .filter((each) => each.phase === "press" && each.number === here.number
      && each.side === here.side)
    .reduce((sum, each) => sum + each.seconds, 0);
  return Math.max(0, Math.min(here.step.longest - here.seconds, LONGEST_SIDE - spent));
}

const GAP = 2;
const STALE_SECONDS = 3600;
const LONGER = 10;
const BACK_WINDOW = 2;
const NOTE_SECONDS = 2;

/** Return a session at its beginning. It is never changed: each step makes another. */
function begin(timeline, gated) {
  const start = {
    timeline, gated, position: 0, held: timeline.segments.map(() => 0), elapsed: 0,
    done: timeline.segments.map(() => false), pause: null, stood: null, muted: false,
    ending: null, note: null, notedAt: 0,
  };
  return stopAtGate(start);
}

function isOver(session) {
  return session.ending !== null || session.position >= session.timeline.duration;
}

function isFinished(session) {
  return session.timeline.segments.every(
    (segment, at) => segment.phase !== "press" || session.done[at],
  );
}

function pressedSeconds(session) {
  return Math.floor(session.held.reduce((sum, each) => sum + each, 0) + 0.001);
}

function untilNextLook(session) {
  if (session.pause) return Infinity;
  const second = Math.floor(session.position) + 1;
  const end = segmentAt(session.timeline, session.position).end;
  return Math.max(Math.min(second, end) - session.position, 0.001);
}

/** Let real seconds pass. Where they are more than was expected, nobody was there. */
function elapse(session, real, expected) {
  if (session.pause || real <= 0) return session;
  if (real - expected > STALE_SECONDS) return { ...session, ending: "stale" };
  if (real - expected > GAP) return { ...session, pause: "gap" };
  const { timeline, position: before } = session;
  const ahead = [before + real, timeline.duration];
  if (session.gated) ahead.push(...gates(timeline).filter((gate) => before < gate));
  const after = Math.min(...ahead);
  const held = [...session.held];
  const done = [...session.done];
  for (let at = indexAt(timeline, before); at <= indexAt(timeline, after); at += 1) {
    const segment = timeline.segments[at];
    if (segment.phase === "press") {
      held[at] += Math.min(after, segment.end) - Math.max(before, segment.start);
      if (segment.end <= after) done[at] = true;
    }
  }
  const elapsed = session.elapsed + after - before;
  return stopAtGate({ ...session, position: after, held, done, elapsed });
}

function gates(timeline) {
  return timeline.segments.filter((each) => each.phase === "ready").map((each) => each.start);
}

function stopAtGate(session) {
  const there = session.gated && gates(session.timeline).includes(session.position);
  return there ? { ...session, pause: "gate" } : session;
}

/** Return the one cue to ring after a jump. */
function landing(session) {
  const { timeline, position } = session;
  const here = segmentAt(timeline, position);
  if (position >= timeline.duration) return { at: timeline.duration, sound: "done" };
  if (countedIn(here) && position === here.end - COUNT_IN) return { at: position, sound: "three" };
  return { at: here.start, sound: OPENING[here.phase] };
}

/** Apply a key, or "away" and "long away" for a page that nobody could see. */
function react(session, key) {
  if (session.ending) return session;
  if (key === "long away") return { ...session, ending: "stale" };
  if (key === "away") {
    const held = session.pause === "leaving" ? "stood" : "pause";
    return { ...session, [held]: session[held] || "gap" };
  }
  const quiet = { ...session, note: null };
  if (session.pause === "leaving") {
    return key === "quit" ? { ...quiet, ending: "asked" }
      : { ...quiet, pause: session.stood, stood: null };
  }
  const note = noEffect(quiet, key);
  if (note) return { ...quiet, note, notedAt: session.position };
  switch (key) {
    case "enter": return skipToCountIn(quiet);
    case "pause": return togglePause(quiet);
    case "next": return seek(quiet, nextPoint(quiet));
    case "back": return seek(quiet, pointBefore(quiet));
    case "again": return seek(quiet, holdBefore(quiet));
    case "longer": return { ...quiet, timeline: lengthen(quiet.timeline, quiet.position, LONGER) };
    case "mute": return { ...quiet, muted: !quiet.muted };
    case "quit": return { ...quiet, pause: "leaving", stood: quiet.pause };
    default: throw new Error(`no such key: ${key}`);
  }
}

function noEffect(session, key) {
  const { timeline, position } = session;
  if (key === "enter" && segmentAt(timeline, position).phase === "press") return "nothing";
  if (key === "next" && timeline.steps === 1) return "only point";
  const longest = key === "longer"
    && lengthen(timeline, position, LONGER).duration === timeline.duration;
  return longest ? "longest" : null;
}

function visibleNote(session) {
  return session.position < session.notedAt + NOTE_SECONDS ? session.note : null;
}

function skipToCountIn(session) {
  const here = segmentAt(session.timeline, session.position);
  if (here.phase === "press") return session;
  const countIn = here.end - (countedIn(here) ? COUNT_IN : 0);
  return { ...session, position: Math.max(session.position, countIn), pause: null };
}

function togglePause(session) {
  if (!session.pause) return { ...session, pause: "asked" };
  if (session.pause === "gate") return skipToCountIn(session);
  return stopAtGate({ ...session, pause: null });
}

function seek(session, position) {
  const pause = session.pause === "gate" ? null : session.pause;
  const moved = { ...session, position, pause };
  return pause ? moved : stopAtGate(moved);
}

function nextPoint({ timeline, position }) {
  const later = gates(timeline).find((gate) => gate > position);
  return later === undefined ? timeline.duration : later;
}

function pointBefore({ timeline, position }) {
  const passed = gates(timeline).filter((gate) => gate <= position);
  const last = passed[passed.length - 1];
  return passed.length > 1 && position - last < BACK_WINDOW ? passed[passed.length - 2] : last;
}

function holdBefore({ timeline, position }) {
  const holds = timeline.segments.slice(0, indexAt(timeline, position) + 1)
    .filter((each) => each.phase === "press");
  return holds.length ? holds[holds.length - 1].start : 0;
}

// Words. Those of a point come with the data; here are only sentences with numbers.

function clock(seconds) {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function duration(seconds) {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts = minutes ? [count(minutes, "minute")] : [];
  if (rest || !minutes) parts.push(count(rest, "second"));
  return parts.join(" ");
}

/** Return what a screen reader is told when a segment begins. */
function announcement(data, timeline, here) {
  const place = here.step.places[here.side];
  const time = duration(here.seconds);
  switch (here.phase) {
    case "ready": {
      const to = `${here.number} of ${timeline.steps}: ${here.step.name}, ${place}`;
      return `${here.start ? "release; " : ""}${to}; ${time} to get there`;
    }
    case "press": {
      const times = here.rounds > 1 ? ` (${here.round} of ${here.rounds})` : "";
      return `${place}: press for ${time}${times}`;
    }
    case "rest": return `release; press again in ${time}`;
    default: return `release, and change to the ${data.words.sides[here.side]}; ${time} to get there`;
  }
}

/** Return what comes after the segment at a position. */
function coming(data, timeline, position) {
  const next = timeline.segments[indexAt(timeline, position) + 1];
  if (!next) return "then: done";
  switch (next.phase) {
    case "ready": return `then: ${next.step.name}`;
    case "switch": return `then: change to the ${data.words.sides[next.side]}`;
    case "rest": return "then: release, and once more";
    default: return `then: press for ${duration(next.seconds)}`;
  }
}

/** Return what may be said at a cue, the longest first. */
function phrases(data, timeline, cue) {
  const here = segmentAt(timeline, cue.at);
  switch (cue.sound) {
    case "get ready": return arrival(data, timeline, cue, here);
    case "press": return [here.step.light && here.round === 1 ? "Press lightly." : "Press.", "Press."];
    case "halfway": return ["Halfway."];
    case "release": return ["Release."];
    case "done": return ["Release. That was the last.", "Release."];
    case "change sides":
      return [`Release, and change to the ${here.side}.`, `Change to the ${here.side}.`, "Release."];
    default: return [];
  }
}

function arrival(data, timeline, cue, here) {
  const release = momentAt(timeline, cue.at).includes("release") ? "Release. " : "";
  const [place, lies, withHand] = here.step.spoken[here.side];
  const befores = [`${remaining(data, timeline, cue, here)} `, `${here.step.title}. `, ""];
  return [
    ...befores.flatMap((before) => [`${release}${before}${withHand}`, `${release}${before}${lies}`]),
    `${release}${place}`,
    place,
  ];
}

function remaining(data, timeline, cue, here) {
  const number = (whole, noun) => `${data.words.numbers[whole]} ${noun}${whole === 1 ? "" : "s"}`;
  const capital = (words) => words[0].toUpperCase() + words.slice(1);
  const points = timeline.steps - here.number + 1;
  const minutes = number(Math.ceil((timeline.duration - cue.at) / 60), "minute");
  const name = here.step.title;
  if (timeline.steps === 1) return `${capital(minutes)}. ${name}.`;
  if (here.number === 1) return `${capital(number(points, "point"))}, ${minutes}. First, ${name}.`;
  if (points === 1) return `The last point, ${minutes}. ${name}.`;
  return `${capital(number(points, "more point"))}, ${minutes}. Next, ${name}.`;
}

/** Return the longest phrase that ends before the next sound, or "". */
function phraseFor(data, timeline, cue, delay) {
  const later = timeline.cues.filter((each) => each.at > cue.at && !COUNTED.includes(each.sound));
  const space = Math.min(...later.map((each) => each.at)) - cue.at;
  const fits = (phrase) => delay + speakingSeconds(phrase) <= space;
  return phrases(data, timeline, cue).find(fits) || "";
}

function speakingSeconds(phrase) {
  return 0.25 + 0.072 * phrase.length;
}

function fileOf(moment) {
  return moment.map((sound) => (COUNTED.includes(sound) ? "count" : sound))
    .join("-").replaceAll(" ", "-");
}

/** Return the command that puts a session into the journal, or "" for too short a one. */
function journalLine(data, session, at, before, after) {
  const pressed = pressedSeconds(session);
  if (pressed < data.leastPressed) return "";
  return [
    `acupress journal add --routine ${data.routine} --at ${at} --pressed ${pressed}`,
    ...(isFinished(session) ? ["--finished"] : []),
    ...(before === null ? [] : [`--pain ${before}`]),
    ...(after === null ? [] : [`--after ${after}`]),
  ].join(" ");
}

/** Return local time with its offset, such as 2026-11-29T09:30:00+01:00. */
function localTime(date) {
  const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const offset = -date.getTimezoneOffset();
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${day}T${time}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

// ---- 2. The page ---------------------------------------------------------------------

if (typeof document !== "undefined") start();

function start() {
  const find = (id) => document.getElementById(id);
  const data = JSON.parse(find("data").textContent);
  const items = [...find("items").content.children];
  const sheet = find("sheet");
  // Each picture is in the file once: in the sheet for everybody, or in the cards.
  const pictures = {};
  for (const place of [find("pictures").content, sheet]) {
    for (const figure of place.querySelectorAll("figure")) {
      pictures[figure.dataset.point] = figure;
    }
  }
  let session = null;

  // -- Pages of words, and the questions on them

  function blocksOf(ids) {
    return ids.map((id) => {
      const block = document.createElement("div");
      block.className = "block";
      block.append(...data.blocks[id].map((item) => items[item].cloneNode(true)));
      return block;
    });
  }

  /** Show a page with controls below it, and move the focus to its beginning. */
  function show(blocks, ...controls) {
    const page = find("ask");
    page.replaceChildren(...blocksOf(blocks), ...controls);
    document.body.dataset.state = "asking";
    page.hidden = false;
    page.focus();
    window.scrollTo(0, 0);
  }

  function element(name, text, properties = {}) {
    const made = document.createElement(name);
    made.textContent = text;
    return Object.assign(made, properties);
  }

  function buttons(...choices) {
    const row = element("div", "", { className: "choices" });
    row.append(...choices.map(([text, action]) => {
      const button = element("button", text, { type: "button" });
      button.addEventListener("click", action);
      return button;
    }));
    return row;
  }

  function askPregnancy() {
    const answer = (pregnancy) => () => {
      const answered = Date.now();
      if (pregnancy === "no") askSigns({ answered, pregnancy });
      else tellPregnancy({ answered, pregnancy });
    };
    show(data.pages.pregnancy, buttons(
      ["no", answer("no")], ["yes", answer("yes")],
      ["unsure (also when trying, or with a late period)", answer("unsure")],
    ));
  }

  function tellPregnancy(answers) {
    const [plan, ...blocks] = outcomeFor(data, answers.pregnancy, []);
    const told = [...data.pages[answers.pregnancy], ...blocks];
    if (plan < 0) end(told);
    else {
      show(told, buttons(
        ["Go on", () => askSigns(answers)],
        ["Stop", () => end([...data.pages.reminder, ...data.pages[answers.pregnancy]])],
      ));
    }
  }

  function askSigns(answers) {
    show(data.pages.signs, buttons(
      ["no: nothing here fits", () => askCautions(answers)],
      ["1: something of list 1 fits", () => end(data.pages.urgent)],
      ["2: something of list 2 fits", () => end(data.pages["see-someone"])],
    ));
  }

  function askCautions(answers) {
    const list = element("fieldset", "");
    list.append(element("legend", data.words.cautionsPrompt));
    const boxes = data.words.cautions.map((text) => {
      const label = element("label", "");
      const box = element("input", "", { type: "checkbox", autocomplete: "off" });
      label.append(box, element("span", text));
      list.append(label);
      return box;
    });
    const trouble = element("p", "", { className: "warning", tabIndex: -1 });
    const answer = () => {
      const chosen = boxes.flatMap((box, at) => (box.checked ? [at] : []));
      const none = chosen.includes(0); // the first box is "none of them"
      if (!chosen.length || (none && chosen.length > 1)) {
        trouble.textContent = data.words.cautionsAgain;
        trouble.focus(); // so that it is read, too
      } else tellPlan({ ...answers, cautions: none ? [] : chosen });
    };
    show(data.pages.cautions, list, trouble, buttons(["Go on", answer]));
  }

  function tellPlan(answers) {
    const [plan, ...blocks] = outcomeFor(data, answers.pregnancy, answers.cautions);
    const signs = answers.pregnancy === "no" ? [] : data.pages[answers.pregnancy];
    if (plan < 0) {
      end([...signs, ...blocks]);
      return;
    }
    fillSheet(plan);
    const choice = (text, checked) => {
      const label = element("label", "");
      const box = element("input", "", { type: "checkbox", checked, autocomplete: "off" });
      label.append(box, element("span", text));
      return [label, box];
    };
    const [waits, gated] = choice("Wait at each point until I tap “I'm there”", true);
    const [speaks, spoken] = choice("Say aloud what to do, and where", Boolean(voice()));
    const [rings, sounding] = choice("Sounds", true);
    const [painLabel, pain] = painChoice(data.words.pain);
    const options = element("div", "", { className: "options" });
    options.append(waits, rings, ...(voice() ? [speaks] : []), painLabel);
    show([...signs, ...data.plans[plan].told, ...blocks], options, buttons(
      ["Begin", () => {
        if ((Date.now() - answers.answered) / 1000 > STALE_SECONDS) end(data.pages.stale);
        else play(plan, gated.checked, spoken.checked, sounding.checked, painOf(pain));
      }],
      ["Print", () => window.print()],
      ["Stop", () => end(data.pages.stopped)],
    ));
  }

  function painChoice(words) {
    const label = element("label", "", { className: "pain" });
    const select = element("select", "", { autocomplete: "off" });
    select.append(element("option", "not noted", { value: "" }));
    for (let pain = 0; pain <= 10; pain += 1) select.append(element("option", `${pain}`));
    label.append(element("span", words), select);
    return [label, select];
  }

  function painOf(select) {
    return select.value === "" ? null : Number(select.value);
  }

  /** End with a page of words. What was answered is forgotten: to go on, start again. */
  function end(blocks, ...more) {
    session = null;
    show(blocks, ...more, buttons(["Start again", () => window.location.reload()]));
  }

  /** Put the steps of a plan into the sheet, which is printed, and shown one by one. */
  function fillSheet(plan) {
    const { steps, before, after } = data.plans[plan];
    const sections = steps.map((id) => {
      const [timing, lines] = data.cards[id];
      const section = document.createElement("section");
      const told = document.createElement("div");
      told.append(...lines.map((item) => items[item].cloneNode(true)));
      section.append(pictures[data.timings[timing].point], told);
      return section;
    });
    sheet.replaceChildren(...blocksOf(before), ...sections, ...blocksOf(after));
  }

  // -- The running session

  let then = 0; // when the head was last moved
  let expected = Infinity; // how long it was to stand until the next look
  let timer = 0;
  let shown = {}; // what was announced last
  let started = null;
  let painBefore = null;
  let hiddenAt = 0;
  let sounds = null;
  let speaking = false;
  const now = () => performance.now() / 1000;

  function play(plan, gated, speak, ring, pain) {
    session = begin(layOut(data, plan), gated);
    started = new Date();
    painBefore = pain;
    speaking = speak;
    if (!ring) session = react(session, "mute");
    shown = {};
    sounds = openSounds();
    stayAwake();
    find("ask").hidden = true;
    document.body.dataset.state = "playing";
    find("play").hidden = false;
    find("keys").hidden = false;
    find("stop").textContent = data.words.stop;
    find("session").focus();
    then = now();
    cue(landing(session));
    draw();
  }

  /** Move the head to now, ring what it passed, and apply a key, if any. */
  function step(key) {
    if (!session) return;
    const at = now();
    const before = session;
    session = elapse(before, at - then, expected);
    then = at;
    if (session.pause && !before.pause && session.pause !== "gate") silence();
    cuesIn(session.timeline, before.position, session.position).forEach(cue);
    if (key) {
      const moved = session;
      session = react(moved, key);
      if (session.pause || session.muted) silence();
      if (session.position !== moved.position && [null, "gate"].includes(session.pause)) {
        silence();
        cue(landing(session));
      }
    }
    if (isOver(session)) finish();
    else draw();
  }

  function draw() {
    clearTimeout(timer);
    const { timeline, position, pause } = session;
    const here = segmentAt(timeline, position);
    const put = (id, text) => { find(id).textContent = text; };
    const rounds = here.rounds > 1 ? ` · round ${here.round} of ${here.rounds}` : "";
    const breath = breathAt(timeline, position);
    put("name", here.step.name);
    put("step", `step ${here.number} of ${timeline.steps}`);
    put("side", data.words.sides[here.side]);
    put("doing", `${pause && pause !== "gate" ? "paused" : data.words.doing[here.phase]}${rounds}`);
    put("seconds", clock(here.end - position).replace(/^0:0?/, ""));
    put("breath", breath ? `breathe ${breath.way} ${"●".repeat(breathSize(breath, position))}` : "");
    put("left", `${clock(timeline.duration - position)} left`);
    const note = data.words.notes[visibleNote(session)] || "";
    announce(here, pause, note);
    put("status", note || data.words.pauses[pause] || coming(data, timeline, position));
    find("side").dataset.side = here.side;
    find("bar").max = here.seconds;
    find("bar").value = position - here.start;
    for (const button of find("keys").querySelectorAll("button")) nameButton(button, here);
    [...sheet.querySelectorAll("section")].forEach((section, at) => {
      section.classList.toggle("now", at === here.number - 1);
    });
    turnPicture(here);
    expected = untilNextLook(session);
    if (expected < Infinity) timer = setTimeout(step, expected * 1000);
  }

  function breathSize({ way, start: began, seconds }, position) {
    const passed = Math.floor(position - began) + 1;
    return way === "in" ? passed : seconds - passed + 1;
  }

  function nameButton(button, here) {
    const { pause, muted } = session;
    const words = { quit: "Stop", pause: "Pause", mute: muted ? "Sound on" : "Sound off" };
    if (pause && pause !== "gate") words.pause = "Go on";
    if (pause === "leaving") words.quit = "Yes, stop";
    if (button.dataset.key in words) button.textContent = words[button.dataset.key];
    if (button.dataset.key === "enter") button.disabled = here.phase === "press";
    if (button.dataset.key === "pause") button.disabled = pause === "gate";
  }

  /** Tell a screen reader what has changed, once: it is a polite live region. */
  function announce({ start: began, seconds, phase }, pause, note) {
    const before = shown;
    const why = note || (pause && pause !== "gate" ? data.words.pauses[pause] : "");
    shown = { began, seconds, why };
    if (Object.keys(shown).every((key) => shown[key] === before[key])) return;
    let text = announcement(data, session.timeline, segmentAt(session.timeline, began));
    if (pause === "gate") text += `. ${data.words.pauses.gate}`;
    if (before.began === began && before.seconds !== seconds) {
      text = `now ${duration(seconds)} ${phase === "press" ? "hold" : "to get there"}`;
    }
    find("said").textContent = why || text;
  }

  /** Mark the side that is pressed; the picture of a limb is turned for the left one. */
  function turnPicture(here) {
    const figure = pictures[here.step.point];
    figure.dataset.side = here.side;
    if (here.step.captions) {
      const caption = here.step.captions[here.side];
      figure.querySelector("[data-caption]").textContent = caption;
      figure.classList.toggle("turned", here.side === "left");
    }
  }

  function finish() {
    clearTimeout(timer);
    if (session.ending) silence(); // the last sounds of a whole one are not cut
    const done = session;
    const stale = done.ending === "stale";
    find("play").hidden = true;
    find("keys").hidden = true;
    sheet.querySelectorAll("section.now").forEach((section) => section.classList.remove("now"));
    if (lock) lock.release();
    const pressed = duration(pressedSeconds(done));
    const how = isFinished(done) ? "Done"
      : `${done.ending ? "Stopped" : "Skipped to the end"} after ${clock(Math.round(done.elapsed))}`;
    const heading = element("h2", `${how}: ${pressed} of pressing.`);
    const [painLabel, pain] = painChoice(data.words.painAfter);
    const line = element("code", "");
    const written = () => {
      line.textContent = journalLine(data, done, localTime(started), painBefore, painOf(pain));
    };
    pain.addEventListener("change", written);
    written();
    const kept = element("div", "", { className: "journal" });
    kept.append(element("p", data.words.journal), line, buttons(["Copy", (event) => copy(line, event.target)]));
    const asked = line.textContent ? [painLabel, kept] : [element("p", data.words.notKept)];
    const pages = data.pages[isFinished(done) ? "finished" : "stopped"];
    end(stale ? data.pages.stale : [], heading, ...asked, ...blocksOf(pages));
  }

  async function copy(line, button) {
    getSelection().selectAllChildren(line);
    try {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Selected: copy it";
    }
  }

  // -- Sounds, voice, vibration and the screen, each only where the browser has it

  const VIBRATION = {
    "get ready": [80], press: [250], release: [80, 80, 80],
    "change sides": [80, 80, 80, 80, 80], done: [400],
  };
  let spokenUntil = 0; // the position at which the phrase will be over
  let pending = 0;
  let playing = null;

  /** Play a cue; of several at one second, the last plays them all. */
  function cue({ at, sound }) {
    const { timeline, muted } = session;
    const moment = momentAt(timeline, at);
    if (sound !== moment[moment.length - 1]) return;
    if (VIBRATION[sound] && navigator.vibrate) navigator.vibrate(VIBRATION[sound]);
    if (muted) return;
    if (COUNTED.includes(sound) && at < spokenUntil) {
      spokenUntil = at + COUNT_IN; // nor the rest of the count
      return;
    }
    silence();
    const length = sounds ? sounds(fileOf(moment)) : 0;
    const phrase = speaking ? phraseFor(data, timeline, { at, sound }, length + 0.15) : "";
    if (phrase) {
      spokenUntil = at + length + 0.15 + speakingSeconds(phrase);
      pending = setTimeout(() => say(phrase), (length + 0.15) * 1000);
    }
  }

  function silence() {
    clearTimeout(pending);
    spokenUntil = 0;
    if (playing) playing.stop();
    playing = null;
    if (window.speechSynthesis) speechSynthesis.cancel();
  }

  /** Return a function that plays a sound by name and returns its length. */
  function openSounds() {
    const Context = window.AudioContext || window.webkitAudioContext;
    if (!Context) return null;
    const context = new Context();
    const buffers = {};
    for (const [name, wav] of Object.entries(data.sounds)) {
      const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
      context.decodeAudioData(bytes.buffer, (buffer) => { buffers[name] = buffer; }, () => {});
    }
    return (name) => {
      context.resume();
      if (!buffers[name]) return 0;
      playing = context.createBufferSource();
      playing.buffer = buffers[name];
      playing.connect(context.destination);
      playing.start();
      return buffers[name].duration;
    };
  }

  /** Return a voice of this device for the page's language: others send what they say. */
  function voice() {
    const voices = window.speechSynthesis ? speechSynthesis.getVoices() : [];
    const { lang } = document.documentElement;
    return voices.find((each) => each.localService && each.lang.startsWith(lang));
  }

  function say(phrase) {
    const words = new SpeechSynthesisUtterance(phrase);
    words.voice = voice();
    words.lang = words.voice.lang;
    speechSynthesis.speak(words);
  }

  let lock = null;

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock.request("screen");
    } catch {
      lock = null; // not here, or not now: the session plays all the same
    }
  }

  // -- What a person and the browser do

  document.addEventListener("visibilitychange", () => {
    if (!session) return;
    if (document.hidden) {
      hiddenAt = Date.now();
      step("away");
    } else {
      then = now();
      step((Date.now() - hiddenAt) / 1000 > STALE_SECONDS ? "long away" : null);
      if (session) stayAwake();
    }
  });
  // A page that comes back out of the browser's cache asks anew.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  const KEYS = {
    Enter: "enter", " ": "pause", n: "next", ArrowRight: "next", b: "back",
    ArrowLeft: "back", "+": "longer", r: "again", m: "mute", q: "quit",
  };
  find("session").addEventListener("keydown", (event) => {
    const onButton = event.target.closest("button, input, select");
    const native = onButton && ["Enter", " "].includes(event.key);
    const key = Object.hasOwn(KEYS, event.key) ? KEYS[event.key] : null;
    if (!session || !key || native || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) step(key);
  });
  for (const button of find("keys").querySelectorAll("button")) {
    button.addEventListener("click", () => step(button.dataset.key));
  }

  if (window.speechSynthesis) speechSynthesis.getVoices(); // begins to look for them
  sheet.replaceChildren();
  askPregnancy();
}
