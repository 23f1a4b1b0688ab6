"""How much two wordings differ, when their small words and endings do not count."""

from __future__ import annotations

from bilint.model.pattern import late

_LETTERS = late(r"[^\W_]+")
_BEGIN = 4
_SMALL = 5
LIKE = 0.8
"""Share of common pairs of characters from which texts without blanks are much the same."""


def folded(text: str) -> str:
    """A text in which only its letters and digits matter."""
    return " ".join(_LETTERS.findall(text.casefold()))


def unlike(left: str, right: str) -> bool:
    """Whether two renderings differ in their words, and not merely in small ones and endings."""
    if left == right:
        return False
    ours, theirs = folded(left), folded(right)
    if ours == theirs:
        return False
    return differing(ours, theirs) > (1 - LIKE if _unblanked(ours, theirs) else 0)


def differing(ours: str, theirs: str) -> float:
    """How much of the words of two folded texts only one has, small ones and endings left out.

    Where words are not parted by blanks, pairs of characters are compared.
    """
    if _unblanked(ours, theirs):
        ours, theirs = ours.replace(" ", ""), theirs.replace(" ", "")
        one, other = ({text[at : at + 2] for at in range(len(text) - 1)} for text in (ours, theirs))
        return 1 - 2 * len(one & other) / max(1, len(one) + len(other))
    one, other = ({_begin(word) for word in text.split()} - {""} for text in (ours, theirs))
    return len(one ^ other) / max(1, len(one | other))


def _unblanked(left: str, right: str) -> bool:
    return max(left, default="") >= "\u3000" or max(right, default="") >= "\u3000"


def _begin(word: str) -> str:
    return word[:_BEGIN] if len(word) > _SMALL else ""
