"""What is kept of a pair between learning from all pages and checking each of them."""

from __future__ import annotations

from bilint.checks.base import Doubt
from bilint.model.alignment import AlignedPair, Basis, Match, Past
from bilint.model.document import Document, FrontMatter
from bilint.model.page import Page
from bilint.model.record import NamedTuple
from bilint.pipeline.beside import by_numbers, matches_of
from bilint.pipeline.outcome import Outcome

_EMPTY = Document(b"", FrontMatter(), ())


class Judged(NamedTuple):
    """A pair before its checks."""

    outcome: Outcome
    aligned: AlignedPair


class Shrunk(NamedTuple):
    """The same without the content of its pages; segments are known by their numbers."""

    outcome: Outcome
    source: Page | None
    basis: Basis
    matches: tuple[Match, ...]
    source_revision: str | None
    past: Past


class Checked(NamedTuple):
    """A pair after its checks, and the same without all content.

    It was checked too soon if pages teach what one of `doubts` is about.
    """

    outcome: Outcome
    bare: AlignedPair
    doubts: tuple[Doubt, ...]


def shrunk(judged: Judged) -> Shrunk:
    """A pair made small: the pages of a whole corpus are too much for one process."""
    outcome, aligned = judged
    return Shrunk(
        outcome,
        None if aligned.source is None else _empty(aligned.source),
        aligned.basis,
        matches_of(aligned),
        aligned.source_revision,
        aligned.past,
    )


def unshrunk(kept: Shrunk, locale: str, source: Document | None, target: Page) -> Judged:
    """The pair again, with the content of its pages."""
    page = None
    if kept.source is not None and source is not None:
        page = kept.source._replace(document=source)
    return Judged(
        kept.outcome,
        AlignedPair(
            locale,
            target,
            page,
            kept.basis,
            by_numbers(source, target.document, kept.matches),
            kept.source_revision,
            kept.past,
        ),
    )


def bare(aligned: AlignedPair) -> AlignedPair:
    """A pair without all content: who it is, and whether its past is known."""
    return aligned._replace(
        target=_empty(aligned.target),
        source=None if aligned.source is None else _empty(aligned.source),
        segments=(),
        past=Past(known=aligned.past.known),
        now=None,
    )


def _empty(page: Page) -> Page:
    return page._replace(document=_EMPTY)
