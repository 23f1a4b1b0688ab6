"""What git can tell of a page's past, as values."""

from __future__ import annotations

from enum import StrEnum

from bilint.model.record import NamedTuple


class Unknown(StrEnum):
    """Why a pin does not lead to a base. The value is the `reason` of a page."""

    MALFORMED = "malformed-pin"
    AMBIGUOUS = "ambiguous-pin"
    ABSENT = "absent-commit"
    SHALLOW = "beyond-shallow-boundary"
    NO_PAGE = "no-page-at-pin"
    NO_OBJECT = "missing-object"
    NO_SOURCE = "no-source-repository"


class Base(NamedTuple):
    """The source page at a pin: its full commit id, its path then, and its blob."""

    commit: str
    path: str
    blob: str


class Version(NamedTuple):
    """One committed version of a page: newest first in a history.

    `when` is the time of the commit, in seconds since 1970: for people, never for judging.
    """

    commit: str
    blob: str
    message_pin: str | None = None
    robot: bool = False
    when: int = 0


class PastVersion(NamedTuple):
    """An earlier version of a target page, as far as provenance goes."""

    commit: str
    blob: str
    pin: str | None
    ht_degree: float | None


class Handoff(NamedTuple):
    """A version of a target page that was handed over as a whole, and what it says of itself.

    `human` tells that people translated all of it.
    """

    path: str
    commit: str
    blob: str
    when: int
    pin: str | None
    share: float | None
    human: bool


class PostEdit(NamedTuple):
    """A page handed over twice at one pin: as a machine left it, then as people did.

    Where it is not `by_people`, only the human share rose: nobody says that the rest was read.
    """

    earlier: Handoff
    later: Handoff
    by_people: bool = True
