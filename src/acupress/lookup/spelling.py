"""The known words that a misspelt one is spelt most like."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def nearest(word: str, known: Iterable[str], most: int) -> list[str]:
    """
    Return the *known* words that are *word* but for *most* slips, nearest first.

    A slip is a letter that is wrong, missing or extra, or two that are swapped.
    """
    from rapidfuzz import distance, process  # noqa: PLC0415 - for misspelt words only

    slips: Any = distance.OSA.distance  # its stub is narrower than what extract takes
    scored = process.extract(word, known, scorer=slips, score_cutoff=most, limit=None)
    return [each for each, _, _ in scored]
