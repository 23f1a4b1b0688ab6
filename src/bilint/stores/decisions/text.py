"""Decisions as lines of text: sorted, one to a line, made to be merged by git.

The columns are separated by tabs. Decisions on one subject stand together, in the order of their
making. Every line names itself by a digest of all the rest: nothing can be altered, only
superseded. What several branches added is all kept by `merged`, also where it contradicts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from bilint.model.decision import Decision, Place, Verdict
from bilint.model.digests import Digests
from bilint.model.pattern import late

COLUMNS = (
    "fingerprint",
    "at",
    "key",
    "decision",
    "by",
    "locale",
    "check",
    "subject",
    "id",
    "source",
    "target",
    "source digest",
    "target digest",
    "supersedes",
    "to",
    "reason",
)
HEADER = f"# bilint decisions 1: {', '.join(COLUMNS)}"
_NOTHING = "-"
_KEY_BYTES = 10
_FINGERPRINT = late(r"[a-z]?[0-9a-f]{16}")
_KEY = late("[0-9a-f]{20}")
_KEYS = late("[0-9a-f]{20}(?:,[0-9a-f]{20})*")
_DIGEST = late(r"(?:[0-9a-f]{16})?")
_TIME = late(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
_CONTROL = late("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\\\\]")
_ESCAPED = late(r"\\u([0-9a-f]{4})")
_CLIP = 60


def sealed(decision: Decision) -> Decision:
    """The decision with the key that all the rest of it gives."""
    said = line_of(decision._replace(key=""))
    key = hashlib.blake2b(said.encode(), digest_size=_KEY_BYTES).hexdigest()
    return decision._replace(key=key)


def text_of(decisions: Iterable[Decision]) -> str:
    """The text form of decisions: the same for the same ones, in whatever order they come."""
    lines = (line_of(one) for one in sorted_once(decisions))
    return "".join(f"{line}\n" for line in (HEADER, *lines))


def sorted_once(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions in the order of the text form, each of them once."""
    unique = {decision.key: decision for decision in decisions}
    return sorted(unique.values(), key=_order)


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """By time, but nothing before what it supersedes, whatever the clocks said."""
    waiting = sorted(decisions, key=lambda one: (one.at, one.key))
    known = {one.key: one for one in waiting}
    done: dict[str, Decision] = {}
    for one in waiting:
        stack = [one]
        while stack:
            last = stack[-1]
            before = [known[key] for key in last.supersedes if key in known and key not in done]
            # A key is a digest of what it supersedes, so that there can be no circle.
            if before:
                stack += reversed(before)
            else:
                done.setdefault(last.key, last)
                stack.pop()
    return tuple(done.values())


def merged(*versions: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions of several versions: none is ever dropped."""
    return in_order({one.key: one for version in versions for one in version}.values())


def _order(decision: Decision) -> tuple[str, str, str, str]:
    return (decision.fingerprint, decision.place.locale or "", decision.at, decision.key)


def fields_of(decision: Decision) -> tuple[str | None, ...]:
    """The columns of a decision, without any character that upsets lines, terminals or databases.

    None stands for what is not known.
    """
    place, digests = decision.place, decision.digests
    fields = (
        decision.fingerprint,
        decision.at,
        decision.key,
        decision.verdict.value,
        decision.by,
        place.locale,
        decision.check,
        decision.subject,
        place.id,
        place.source_path,
        place.target_path,
        digests.source,
        digests.target,
        ",".join(decision.supersedes),
        decision.to,
        decision.reason,
    )
    return tuple(None if one is None else escaped(one) for one in fields)


def decision_of(fields: Sequence[str | None]) -> Decision:
    """The decision of such columns; raises ValueError for what is none."""
    values = [
        _ESCAPED.sub(_unescape, one) if one is not None and "\\" in one else one for one in fields
    ]
    fingerprint, at, key, verdict, by, locale, check, subject, page, source, target, *rest = values
    before, after, superseded, to, reason = rest
    decision = Decision(
        fingerprint=_text("fingerprint", fingerprint, _FINGERPRINT),
        verdict=_verdict(verdict),
        place=Place(locale, page, source, target),
        digests=Digests(
            _text("source digest", before, _DIGEST), _text("target digest", after, _DIGEST)
        ),
        by=_text("by", by),
        at=_text("at", at, _TIME),
        reason=_text("reason", reason),
        check=check,
        subject=_text("subject", subject),
        to=_text("to", to),
        supersedes=tuple(_text("supersedes", superseded, _KEYS).split(",")) if superseded else (),
        key=_text("key", key, _KEY),
    )
    if decision.on_segment is (check is not None):
        raise ValueError("a finding has a check, and a segment has none")
    return decision


def _text(column: str, value: str | None, pattern: re.Pattern[str] | None = None) -> str:
    if value is None or (pattern is not None and not pattern.fullmatch(value)):
        raise ValueError(f"the column `{column}` cannot be {_clipped(value or '-')!r}")
    return value


def _verdict(value: str | None) -> Verdict:
    try:
        return Verdict(value or "")
    except ValueError:
        raise ValueError(f"no decision is called {_clipped(value or '-')!r}") from None


def escaped(text: str) -> str:
    """A text as it stands in a column."""
    return _CONTROL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def line_of(decision: Decision) -> str:
    """The line of a decision."""
    return "\t".join(
        _NOTHING if one is None else f"\\u{ord(_NOTHING):04x}" if one == _NOTHING else one
        for one in fields_of(decision)
    )


def decision_of_line(line: str) -> Decision:
    """The decision of a line; raises ValueError, with what is wrong with it."""
    raw = line.split("\t")
    if len(raw) != len(COLUMNS):
        raise ValueError(
            f"expected {len(COLUMNS)} columns with tabs between them, found {len(raw)}:"
            f" {_clipped(line)!r}"
        )
    decision = decision_of([None if one == _NOTHING else one for one in raw])
    if sealed(decision).key != decision.key:
        raise ValueError(
            f"was altered after {_clipped(decision.by)} wrote it, so it counts for nothing: put it"
            " back as it was, or take it out and decide anew"
        )
    return decision


def _clipped(text: str) -> str:
    return text if len(text) <= _CLIP else text[:_CLIP] + "…"
