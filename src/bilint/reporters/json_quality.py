"""The machine contract `bilint-quality/1`: one JSON object, a locale to a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bilint import __version__
from bilint.model.quality import Figures, Group, LocaleQuality, Quality, Score
from bilint.reporters.json_text import json_text

SCHEMA = "bilint-quality/1"

_DIGITS = 4


def render_quality_json(quality: Quality) -> Iterator[bytes]:
    """The figures in UTF-8; the same figures give the same bytes."""
    head = {
        "schema": SCHEMA,
        "tool": {"name": "bilint", "version": __version__},
        "reference": quality.reference,
        "since": quality.since,
        "everything": quality.everything,
        "partial": quality.partial,
        "enough": quality.enough,
        "resamples": quality.resamples,
    }
    lines = ",\n".join(json_text(locale_object(one)) for one in quality.locales)
    yield f'{json_text(head)[:-1]},\n"locales":[\n{lines}\n]}}\n'.encode()


def locale_object(one: LocaleQuality) -> dict[str, Any]:
    """All that is known of a locale."""
    return {
        "locale": one.locale,
        "note": one.note,
        "found": one.found,
        "signatures": dict(one.signatures),
        "figures": _figures(one.figures),
        "groups": [_group(group) for group in one.groups],
        "replaced": [found._asdict() for found in one.replaced],
        "edited": [found._asdict() for found in one.edited],
        "left_out": one.left_out._asdict(),
    }


def _group(group: Group) -> dict[str, Any]:
    return {"by": group.by, "name": group.name, "figures": _figures(group.figures)}


def _figures(figures: Figures) -> dict[str, Any]:
    scores = figures.scores
    return {
        **figures._asdict(),
        "claimed": _rounded(figures.claimed),
        "scores": None if scores is None else {one.name: _score(one) for one in scores},
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": _rounded(score.value),
        "mean": _rounded(score.mean),
        "half": _rounded(score.half),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)
