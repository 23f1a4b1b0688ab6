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
    """One committed version of a page: newest first in a history."""

    commit: str
    blob: str
    message_pin: str | None = None
    robot: bool = False


class PastVersion(NamedTuple):
    """An earlier version of a target page, as far as provenance goes."""

    commit: str
    blob: str
    pin: str | None
    ht_degree: float | None
