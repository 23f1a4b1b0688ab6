"""Invented decisions for tests."""

from __future__ import annotations

from bilint.model.decision import Decision, Place, Verdict
from bilint.model.digests import Digests
from bilint.model.finding import Confidence, Family, Finding, Severity, Side

PRINT = "a" * 16
SEGMENT = "s" + "b" * 16
OLD = Digests("1" * 16, "2" * 16)
NEW_TARGET = Digests("1" * 16, "3" * 16)
NEW_SOURCE = Digests("4" * 16, "2" * 16)
LAMP = Place("it-IT", "11111111", "help/lamp.md", "help/lampada.md")


def decision(
    verdict: Verdict = Verdict.ACCEPTED,
    by: str = "Ada",
    *,
    fingerprint: str = PRINT,
    at: int = 0,
    after: tuple[str, ...] = (),
    place: Place = LAMP,
    digests: Digests = OLD,
    reason: str = "a name of our own",
    subject: str = "Lantern",
) -> Decision:
    """A decision of the first morning; `at` counts its seconds."""
    return Decision(
        fingerprint=fingerprint,
        verdict=verdict,
        place=place,
        digests=digests,
        by=by,
        at=f"2026-01-01T{9 + at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000000Z",
        reason=reason,
        check=None if fingerprint.startswith("s") else "dnl-altered",
        subject=subject,
        to="Bo" if verdict is Verdict.ASSIGNED else "",
        supersedes=after,
    )


def finding(
    fingerprint: str = PRINT,
    digests: Digests = OLD,
    *,
    path: str = "help/lampada.md",
    check: str = "dnl-altered",
    subject: str = "Lantern",
    line: int = 7,
) -> Finding:
    """What such a decision is about."""
    return Finding(
        check=check,
        family=Family.TOKENS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        side=Side.TARGET,
        locale="it-IT",
        path=path,
        line=line,
        column=1,
        end_line=line,
        end_column=8,
        message="The inside was translated",
        subject=subject,
        source=None,
        text="Lanterna",
        evidence={},
        suggestion=None,
        fingerprint=fingerprint,
        group=f"{check}:it-IT:{path}",
        digests=digests,
    )
