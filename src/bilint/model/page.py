"""A page where it stands, and what it says of its own origin."""

from __future__ import annotations

from bilint.model.document import Document, FrontMatter
from bilint.model.record import NamedTuple


class Provenance(NamedTuple):
    """What a page's front matter says of its identity and origin.

    `ids` are the identities it bears (several in a comma list, none when missing or null).
    `pin` is the source version it was translated from, as written and not yet trusted.
    `ht_degree` is the share of words that a person translated, in percent; None when it is not
    said or not a number. `word_count` is the source's words by the pipeline's own count.
    """

    ids: tuple[str, ...] = ()
    pin: str | None = None
    workflow: str | None = None
    ht_degree: float | None = None
    word_count: int | None = None


class Header(NamedTuple):
    """A page before its body is parsed: enough to pair it. `blob` is its git blob id."""

    path: str
    blob: str
    front_matter: FrontMatter
    provenance: Provenance


class Page(NamedTuple):
    """A page with its content. `path` is relative to its repository, with forward slashes."""

    path: str
    blob: str
    document: Document
    provenance: Provenance = Provenance()
