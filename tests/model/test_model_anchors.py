"""The fragments that a page offers."""

from __future__ import annotations

import pytest

from bilint.model.anchors import anchors, written_anchors
from bilint.model.config import Limits
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.markdown import read_document


def offered(text: str) -> frozenset[str]:
    return anchors(read_document(text.encode(), EXPERIENCE_LEAGUE, Limits()))


@pytest.mark.parametrize(
    ("heading", "fragment"),
    [
        ("What is new?", "what-is-new"),
        ("Step 1: open the harbor", "step-1-open-the-harbor"),
        ("Read & write", "read--write"),
        ("Read & write", "read-write"),
        ("The [!DNL Beacon] `x_y` *key*", "the-beacon-x_y-key"),
        ("Guida all’uso", "guida-alluso"),
        ("前提条件", "前提条件"),
        ("![yes](y.svg) Be [kind](k.md)", "be-kind"),
        ("Limits {#own}", "own"),
        ("Limits {#own}", "limits"),
    ],
)
def test_a_heading_is_known_by_its_words(heading: str, fragment: str) -> None:
    assert fragment in offered(f"## {heading}\n")


def test_headings_of_the_same_words_are_numbered() -> None:
    assert {"notes", "notes-1", "notes-2"} <= offered("# Notes\n\n## Notes\n\n## Notes\n")


def test_identifiers_are_written_in_several_ways() -> None:
    text = (
        '<a name="One"></a> <div id=\'two\'>x</div>\n\n## A {#Three .x}\n\n`{#four}` {width="5"}\n'
    )
    document = read_document(text.encode(), EXPERIENCE_LEAGUE, Limits())
    assert {"one", "two", "three"} <= written_anchors(document)
