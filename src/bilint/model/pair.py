"""How a translated page and its source are found to belong together."""

from __future__ import annotations

from enum import StrEnum

from bilint.model.finding import Confidence
from bilint.model.page import Header
from bilint.model.record import NamedTuple


class PairedBy(StrEnum):
    """The first that answered."""

    ID = "id"
    PATH = "path"
    RENAME = "rename"
    REDIRECT = "redirect"
    LIKENESS = "likeness"


class Pair(NamedTuple):
    """A target page and the source page it translates.

    `source` is the source page at head, None when the source has gone since (an orphan, unless
    its pin is unknown). `moved` says that the paths below the roots differ. `rivals` are the
    other target pages of the locale that bear the same id, at most twenty of them.
    """

    locale: str
    target: Header
    source: Header | None
    paired_by: PairedBy | None
    confidence: Confidence = Confidence.HIGH
    moved: bool = False
    ids_differ: bool = False
    rivals: tuple[str, ...] = ()
    evidence: str = ""


class Clash(NamedTuple):
    """Target pages that bear one id, where neither path nor history decides."""

    locale: str
    identity: str
    targets: tuple[Header, ...]
    source: Header | None


class Untranslated(NamedTuple):
    """A source page without a target in a locale."""

    locale: str
    source: Header


class Pairing(NamedTuple):
    """All pages of one locale, each in exactly one of the three."""

    locale: str
    pairs: tuple[Pair, ...]
    clashes: tuple[Clash, ...]
    untranslated: tuple[Untranslated, ...]
