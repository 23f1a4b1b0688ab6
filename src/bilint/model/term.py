"""What a term base says of a term of the source."""

from __future__ import annotations

from bilint.model.record import NamedTuple


class Term(NamedTuple):
    """A term, how it is to be rendered, how it must not be, and where that was found.

    Any of `renderings` will do; without one nothing is demanded. A term that stays as it is has
    itself for its only rendering.
    """

    source: str
    renderings: tuple[str, ...]
    banned: tuple[str, ...]
    catalogue: str
