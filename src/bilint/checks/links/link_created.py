"""`link-created`: words in parentheses moved against a bracket and became an address."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.addresses import is_address
from bilint.checks.links.parts import IMAGE, is_inline, label_of
from bilint.checks.links.twins import compared
from bilint.model.alignment import AlignedPair
from bilint.model.document import Token
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.text import Span

# Languages whose particles follow a name directly: there a blank would be wrong.
_NO_BLANKS = frozenset(("ja", "zh", "yue", "ko", "th", "lo", "km", "my"))


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link of the target whose address is a word and that base lacks."""
    for twin in compared(pair, context).twins:
        token = twin.target
        if twin.same or twin.source is not None or token.kind is IMAGE:
            continue
        if not is_inline(token) or is_address(token.value) or not token.value:
            continue
        label = label_of(token)
        if label is None:
            continue
        keyword = label.startswith("!")
        if pair.source is None and not keyword:
            continue
        yield _observation(token, label, pair)


def _observation(token: Token, label: str, pair: AlignedPair) -> Observation:
    bracket, rest = f"[{label}]", token.text[len(label) + 2 :]
    apart = "\\" if primary_language(pair.locale) in _NO_BLANKS else " "
    return Observation(
        f"`{token.text}` became a link that leads nowhere; the source has none here",
        Span(token.start, token.end),
        token.value,
        confidence=Confidence.MEDIUM if pair.source is None else None,
        suggestion=Suggestion(f"{bracket}{apart}{rest}", safe=True),
    )
