"""`reference-lost`: a link by name has lost its name, or the definition that it names."""

from __future__ import annotations

from bilint.checks.base import Check, Need
from bilint.checks.links.link_lost import observe_references
from bilint.model.finding import Confidence, Family, Severity

CHECK = Check(
    id="reference-lost",
    family=Family.LINKS,
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    summary="A link by name is no link any more",
    observe=observe_references,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(("link-broken", "link-created")),
)
