"""`tab-name-translated`: a tab or badge that is a name was translated like a common word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bilint.checks.base import Context
from bilint.checks.tokens.tab_label import as_word, label_pairs, prose_pairs
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late

_NAME = late(r"[A-Za-z][A-Za-z0-9.+-]{2,}")
_MOST = 100
"""Labels of a page that are looked at."""

_LEAST = 2
"""How often the page must say a name for its habit to be known."""

_KEPT = 0.8
"""Share of these in which the translation keeps it."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each label of one word that the page keeps everywhere else."""
    if pair.source is None:
        return
    prose: list[tuple[str, str]] | None = None
    for source, target in label_pairs(pair)[:_MOST]:
        name = source.text.strip()
        if not _NAME.fullmatch(name) or as_word(name).search(target.text):
            continue
        if prose is None:
            prose = list(prose_pairs(pair))
        said, kept = _habit(prose, name)
        if said >= _LEAST and kept >= _KEPT * said:
            yield Observation(
                f"`{name}` stays `{name}` in the text of this page; "
                f"the label says `{target.text.strip()}`",
                target.span,
                name,
                source.span,
                suggestion=Suggestion(name),
            )


def _habit(prose: Sequence[tuple[str, str]], name: str) -> tuple[int, int]:
    """How many segments of the source say a name, and how many of their translations."""
    word = as_word(name)
    said = kept = 0
    for source, target in prose:
        if name in source and word.search(source):
            said += 1
            kept += word.search(target) is not None
    return said, kept
