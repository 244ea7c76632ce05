"""Pages and tables of points: all that is known of one, or a line for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from acupress.model import ONLY_TOLD_OF, Citation, Point, PregnancyLevel, Technique
from acupress.session.screening import level
from acupress.text import safety, words
from acupress.text.layout import Line, Page, Tone

_LABEL, _SHORT_LABEL = 11, 7


def point_heading(point: Point, remark: str | None = None) -> Page:
    """Return the names of *point* and its level in pregnancy, after any *remark*."""
    return (*_names(point, remark), *_warnings(point, point.pregnancy_note), Line())


def short_heading(point: Point, remark: str | None = None) -> Page:
    """Return the names and the level in pregnancy, in a few rows."""
    sentence, stop, _ = point.pregnancy_note.partition(". ")
    names = f"{point.pinyin_toned} {point.hanzi}"
    title = " · ".join((words.name_of(point), names, words.channel(point)))
    return (
        *((Line(remark, Tone.QUIET),) if remark else ()),
        Line(title, Tone.TITLE),
        *_warnings(point, sentence + stop.strip()),
        Line(),
    )


def _names(point: Point, remark: str | None) -> Page:
    before = (Line(remark, Tone.QUIET), Line()) if remark else ()
    names = (point.pinyin, point.pinyin_toned, point.hanzi)
    return (
        *before,
        Line(words.name_of(point), Tone.TITLE),
        Line(" · ".join((*names, words.channel(point))), Tone.QUIET),
        Line(),
    )


def _warnings(point: Point, note: str) -> Iterator[Line]:
    yield from _press_warning(point)
    tone = Tone.PLAIN if level(point) is PregnancyLevel.OK else Tone.WARNING
    yield Line(f"{words.mark(point)}. {note}", tone)


def _press_warning(point: Point) -> Iterator[Line]:
    if point.never_press:
        yield Line(safety.NEVER_PRESS, Tone.WARNING)
    elif what := ONLY_TOLD_OF.get(point.code):
        yield Line(safety.not_here(what), Tone.WARNING)


def point_body(point: Point) -> Page:
    """Return where *point* is, how to press it, and where that comes from."""
    return tuple(_point_lines(point))


def short_body(point: Point) -> Page:
    """Return what it takes to press *point*, on one screen, and what more there is."""
    return (*_short_lines(point), Line(), Line(_more(point), Tone.QUIET))


def _short_lines(point: Point) -> Iterator[Line]:
    yield _short("where", point.where)
    technique = point.technique
    if technique is None:
        for line in _reference_lines(point):
            yield line._replace(indent=_SHORT_LABEL)
        return
    yield _short("find", point.find)
    yield _short("press", technique.press)
    dose = f"{words.dose(technique.dose)}; {words.PRESSURES[technique.pressure]}"
    yield _short("hold", dose)
    yield _short("stop", technique.stop.removeprefix("Stop "), Tone.WARNING)
    if point.cautions:
        yield _short("care", f"asked first: {words.concerns(point.cautions)}")


def _short(label: str, text: str, tone: Tone = Tone.PLAIN) -> Line:
    return Line(text, tone, label=label, indent=_SHORT_LABEL)


def _more(point: Point) -> str:
    """Return what the page leaves out, and how to see it."""
    parts = [words.count(len(point.citations), "source")]
    if point.notes:
        parts.append(words.count(len(point.notes), "note"))
    return f"{', '.join(parts)}: acupress show {point.code} --all"


def _point_lines(point: Point) -> Iterator[Line]:
    yield labelled("lies on", words.lies(point))
    yield labelled("where", point.where)
    if point.find == point.where:  # a reference point has no more
        yield from _reference_lines(point)
    else:
        yield labelled("find it", point.find)
    if point.technique:
        yield from _technique_lines(point, point.technique)
        yield labelled("how sure", safety.EVIDENCE)
    elif point.cautions:
        tags = ", ".join(tag.value.replace("-", " ") for tag in point.cautions)
        yield labelled("lies over", tags)
    if point.regions:
        yield labelled("used for", ", ".join(r.value for r in point.regions))
    if point.traditional:
        traditional = ", ".join(point.traditional)
        yield labelled("tradition", f"{traditional} (what tradition says; no claim)")
    for note in point.notes:
        yield labelled("note", note)
    yield Line()
    yield from sources(point.citations)


def sources(citations: Iterable[Citation]) -> Iterator[Line]:
    """Yield the heading and a line for each of *citations*."""
    yield Line("sources", Tone.HEADING)
    for citation in citations:
        text = f"{citation.source.title}: {citation.says}"
        yield Line(text, Tone.QUIET, label="  - ", indent=4)
        if citation.source.url:
            yield Line(citation.source.url, Tone.QUIET, label="    ", indent=4)


def _reference_lines(point: Point) -> Iterator[Line]:
    if " cun" in point.where:
        yield labelled("a cun", safety.CUN)
    yield labelled("here", "a reference point: not taught, in no session, no dose")


def _technique_lines(point: Point, technique: Technique) -> Iterator[Line]:
    if technique.find_partner:
        yield labelled("a helper", technique.find_partner)
    yield labelled("hand", technique.hand)
    yield labelled("press", technique.press)
    yield labelled("stop", technique.stop, Tone.WARNING)
    dose = f"{words.dose(technique.dose)}; {words.PRESSURES[technique.pressure]}"
    yield labelled("how long", dose)
    yield labelled("how often", technique.how_often)
    if point.cautions:
        asked = f"{words.concerns(point.cautions)}? The session asks first."
        yield labelled("take care", asked)
    yield from how_to_press()


def how_to_press() -> Iterator[Line]:
    """Yield what applies to every point: how firmly, when not, when to stop."""
    yield labelled("pressure", safety.PRESSURE)
    yield labelled("skin", safety.SKIN)
    yield labelled("reach", safety.REACH)
    yield labelled("always", safety.STOP, Tone.WARNING)


def labelled(label: str, text: str, tone: Tone = Tone.PLAIN) -> Line:
    """Return *text* beside *label*, in the column of labels."""
    return Line(text, tone, label=label, indent=_LABEL)
