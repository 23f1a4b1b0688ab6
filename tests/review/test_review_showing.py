"""What both ways of working say of a task."""

from __future__ import annotations

import pytest

from bilint.model.report import QueueItem, Reason
from bilint.review.showing import proposal_lines, reasons
from bilint.review.suggestions import Origin, Proposal
from bilint.review.values import Item


@pytest.mark.parametrize(
    ("whys", "said"),
    [
        ((Reason("notes", 1, "1 note: odd"),), "1 point: 1 note: odd"),
        ((Reason("errors", 70, "4 errors: odd"),), "70 points: 4 errors: odd"),
        (
            (Reason("errors", 70, "4 errors"), Reason("new", 7, "1 new segment")),
            "77 points: 70 for 4 errors; 7 for 1 new segment",
        ),
    ],
)
def test_points_are_told_apart_from_what_they_are_for(whys: tuple[Reason, ...], said: str) -> None:
    score = sum(one.points for one in whys)
    assert reasons(Item("it-IT", "help/a.md", queued(score, whys))) == said


def queued(score: int, whys: tuple[Reason, ...]) -> QueueItem:
    return QueueItem(1, "it-IT", "help/a.md", None, score, whys, None, 1)


def test_only_what_can_be_taken_has_a_number() -> None:
    given = (
        Proposal(Origin.ELSEWHERE, "Di sera.", "help/b.md:3"),
        Proposal(Origin.TERM, "evening: sera", "terms.po", whole=False),
        Proposal(Origin.MEMORY, "La sera.", "old.tmx", 90),
    )
    assert list(proposal_lines(given)) == [
        ("s1", "elsewhere: Di sera. (help/b.md:3)"),
        ("term", "evening: sera (terms.po)"),
        ("s2", "memory 90%: La sera. (old.tmx)"),
    ]
