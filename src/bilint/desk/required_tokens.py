"""The tokens that a translation ought to have: names, code, placeholders, addresses of links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bilint.desk.page_units import Placed
from bilint.edits import lost_tokens
from bilint.model.document import Token, TokenKind


def missing_tokens(placed: Placed, tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens that a new translation ought to have and lacks.

    Those of the source as it is now; but not those that the translation had in another form
    before, or not at all, as long as there are as many of their kind.
    """
    source, old = placed.source.tokens, placed.target.tokens if placed.target else ()
    lost = list(lost_tokens(source, tokens))
    if placed.target is not None and placed.target is not placed.source:
        known = placed.base.tokens if placed.base is not None else source
        excused = Counter(map(_name, lost_tokens(source, old)))
        excused &= Counter(map(_name, known))
        left = []
        for token in lost:
            if excused[_name(token)]:
                excused[_name(token)] -= 1
            else:
                left.append(token)
        lost = left
        for kind in _COUNTED:
            ours, theirs, now = (
                [token for token in some if token.kind is kind] for some in (old, source, tokens)
            )
            if len(now) < min(len(ours), len(theirs)) and not any(t.kind is kind for t in lost):
                lost += lost_tokens(theirs, tokens)[:1] or lost_tokens(ours, tokens)[:1]
    return tuple(lost)


_COUNTED = tuple(kind for kind in TokenKind if kind is not TokenKind.NUMBER)


def _name(token: Token) -> tuple[TokenKind, str]:
    return token.kind, token.value
