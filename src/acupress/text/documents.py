"""
Serialises points, routines and plans as JSON for other programs.

Keys are never removed. No document contains the answer to a question.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from acupress.model import Citation, Point, Routine
from acupress.session.planning import Plan
from acupress.session.screening import LeftOut, Screened, level
from acupress.session.timeline import Segment, Timeline
from acupress.text import routine_pages, words

Document = dict[str, Any]


def written(document: Document | Sequence[Document]) -> str:
    """Return *document* as indented JSON text."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def point_document(point: Point) -> Document:
    """Return *point* as a JSON object, with ``None`` for what it does not have."""
    technique = point.technique
    dose = technique.dose if technique else None
    return {
        "code": point.code,
        "kind": point.kind.value,
        "name": point.name,
        "pinyin": point.pinyin,
        "pinyin_toned": point.pinyin_toned,
        "hanzi": point.hanzi,
        "meridian": point.meridian.value,
        "aliases": list(point.aliases),
        "regions": [region.value for region in point.regions],
        "body": point.body.value,
        "traditional": list(point.traditional),
        "sides": point.sides.value,
        "reach": point.reach.value,
        "pregnancy": level(point).value,
        "pregnancy_note": point.pregnancy_note,
        "never_press": point.never_press,
        "cautions": [tag.value for tag in point.cautions],
        "where": point.where,
        "find": point.find,
        "find_partner": (technique.find_partner or None) if technique else None,
        "hand": technique.hand if technique else None,
        "press": technique.press if technique else None,
        "stop": technique.stop if technique else None,
        "breath": technique.breath.value if technique else None,
        "pressure": technique.pressure.value if technique else None,
        "hold_seconds": dose.hold if dose else None,
        "repetitions": dose.repetitions if dose else None,
        "pattern": dose.pattern.value if dose else None,
        "how_often": technique.how_often if technique else None,
        "notes": list(point.notes),
        "sources": _sources(point.citations),
    }


def routine_document(routine: Routine) -> Document:
    """Return *routine* as a JSON object, with its minutes rounded up."""
    return {
        "id": routine.id,
        "title": routine.title,
        "about": routine.about,
        "region": routine.region.value,
        "minutes": routine_pages.minutes(routine),
        "points": [step.point.code for step in routine.steps],
        "partner": routine.partner,
        "evidence": routine.evidence,
        "how_often": routine.how_often,
        "sources": _sources(routine.citations),
    }


def plan_document(plan: Plan, timeline: Timeline) -> Document:
    """Return *plan* as contiguous segments, in whole seconds."""
    return {
        **_heading(plan.routine),
        "total_seconds": timeline.duration,
        "pressing_seconds": timeline.pressing,
        "steps": [_segment(segment) for segment in timeline.segments],
        "left_out": [_left_out(out) for out in plan.left_out],
        "no_time_for": [point.code for point in plan.dropped],
        "gentle": [step.point.code for step in plan.steps if step.gentle],
        "instead": [],
    }


def nothing_document(screened: Screened, instead: Iterable[Routine]) -> Document:
    """Return the empty plan of a routine that does not run, and those that do."""
    return {
        **_heading(screened.routine),
        "total_seconds": 0,
        "pressing_seconds": 0,
        "steps": [],
        "left_out": [_left_out(out) for out in screened.left_out],
        "no_time_for": [],
        "gentle": [],
        "instead": [routine.id for routine in instead],
    }


def _heading(routine: Routine) -> Document:
    return {"routine": routine.id, "title": routine.title}


def _segment(segment: Segment) -> Document:
    return {
        "point": segment.point.code,
        "name": segment.point.name,
        "side": segment.side.value,
        "phase": segment.phase.value,
        "round": segment.round,
        "rounds": segment.rounds,
        "start": segment.start,
        "seconds": segment.seconds,
    }


def _left_out(out: LeftOut) -> Document:
    return {
        "point": out.point.code,
        "name": out.point.name,
        "reasons": [words.reason(reason) for reason in out.reasons],
    }


def _sources(citations: Sequence[Citation]) -> list[Document]:
    return [
        {
            "id": citation.source.id,
            "title": citation.source.title,
            "url": citation.source.url,
            "says": citation.says,
            "supports": list(citation.supports),
        }
        for citation in citations
    ]
