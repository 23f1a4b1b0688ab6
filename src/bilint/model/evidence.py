"""What is learnt of a locale and never hard-coded: small, frozen, mergeable, serialisable."""

from __future__ import annotations

from typing import NamedTuple


class Evidence(NamedTuple):
    """The evidence of one locale.

    `machine_words` holds, for every page whose human share is known, its source words times the
    share that no person translated, sorted: the spread by which `ht-degree-low` ranks a page.
    """

    locale: str
    machine_words: tuple[float, ...] = ()

    def merge(self, other: Evidence) -> Evidence:
        """Both together; associative and commutative."""
        if other.locale != self.locale:
            raise ValueError(f"evidence of {other.locale} cannot be merged into {self.locale}")
        return Evidence(self.locale, tuple(sorted(self.machine_words + other.machine_words)))

    def digest(self) -> str:
        """A stable key for caches."""
        import hashlib
        import json

        data = json.dumps([self.locale, self.machine_words]).encode()
        return hashlib.sha256(data).hexdigest()[:16]
