"""What a product's own catalogue says of a label of its user interface."""

from __future__ import annotations

from bilint.model.record import NamedTuple


class Label(NamedTuple):
    """A user-interface label in the product's own catalogue, and where it was found.

    `alternatives` are further translations that the catalogue has for the same text in other
    contexts: none of them can be preferred without knowing the context.
    """

    source: str
    translation: str
    catalogue: str
    alternatives: tuple[str, ...] = ()
