"""Checks of code, of placeholders, and of names that programs know."""

from __future__ import annotations

from bilint.checks.base import TEXT_LOST, Check, Late, Need
from bilint.model.finding import Confidence, Family, Severity

CHECKS: tuple[Check, ...] = (
    Check(
        id="code-altered",
        family=Family.CODE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="Inline code of the source was changed, dropped or added",
        observe=Late("code.code_altered"),
        needs=frozenset((Need.BASE,)),
        marks=(b"`",),
        yields_to=TEXT_LOST,
    ),
    Check(
        id="code-block-altered",
        family=Family.CODE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A line of a code block is not the one of the source",
        observe=Late("code.code_block_altered"),
        needs=frozenset((Need.BASE,)),
        yields_to=frozenset(("fence-altered",)),
        marks=(b"```", b"~~~", b"    ", b"\t", b"<pre", b"<PRE"),
    ),
    Check(
        id="identifier-altered",
        family=Family.CODE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A name that programs know, outside of code, is another in the translation",
        observe=Late("code.identifier_altered"),
        needs=frozenset((Need.BASE,)),
        yields_to=TEXT_LOST,
    ),
    Check(
        id="placeholder-altered",
        family=Family.CODE,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        summary="A placeholder of the source is another in the translation, or is gone",
        observe=Late("code.placeholder_altered"),
        needs=frozenset((Need.BASE,)),
        marks=(b"{", b"%"),
    ),
)
