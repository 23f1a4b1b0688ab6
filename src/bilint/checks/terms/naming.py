"""What a page may know of a name: whether it stays as it is, and where it stands."""

from __future__ import annotations

import re

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.terms.scan import scan
from bilint.learning.names import stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.language import primary_language
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored, plain
from bilint.model.text import Span

_KEPT_SHARE = 0.8
KEPT_TIMES = 3
"""Places in which a name must have been kept to be known as one that is."""

_PAGE_TIMES = 2
_ALONE_SHARE = 0.95
_ALONE_TIMES = 8

# Languages that put case endings on names. Of the others, some add an s or an n.
_INFLECTING = frozenset(
    "az be bg bs cs da el et eu fi hr hu hy is ka kk lt lv mk nb nn no pl ro ru sk sl sq sr sv"  # noqa: SIM905
    " tr uk".split()
)
_ENDINGS = {"de": frozenset(("s", "es", "n", "en", "er", "e"))}
_PLURAL = frozenset(("s", "es"))
_STEM = 4
"""Letters of a name that an inflected form shares with it at least."""

_WRONG = 2
"""Letters in one place that may be wrong."""

_HIDDEN = frozenset((TokenKind.CODE, TokenKind.HTML, TokenKind.ANCHOR, TokenKind.ATTRIBUTES))
_BETWEEN = r"(?:[\s*_~\[\]>]|!\w+\s|&nbsp;|</?\w+>)+?"


class Standing(NamedTuple):
    """How often a name is kept and lost, and whether that was seen on this page alone."""

    kept: int
    lost: int
    page_only: bool = False

    @property
    def share(self) -> float:
        """The part of its uses in which it is kept."""
        return self.kept / max(1, self.kept + self.lost)


class Names:
    """What is known of names: learnt of the locale, or else of the page at hand."""

    def __init__(self, pair: AlignedPair, context: Context) -> None:
        self._pair = pair
        self._learnt = context.evidence.names if context.evidence is not None else None
        self._texts: list[tuple[str, str]] | None = None

    def standing(self, name: str) -> Standing:
        """How a name is treated, in the whole locale where that was learnt."""
        if self._learnt is not None:
            from bilint.model.evidence import Usage

            usage = self._learnt.get(name) or Usage()
            return Standing(usage.kept, usage.lost)
        kept = lost = 0
        for source, target in self._page():
            if name in source and stands_in(name, source):
                if stands_in(name, target):
                    kept += 1
                else:
                    lost += 1
        return Standing(kept, lost, page_only=True)

    def kept(self, name: str) -> Standing | None:
        """The standing of a name that stays as it is; None when it often does not."""
        standing = self.standing(name)
        times = _PAGE_TIMES if standing.page_only else KEPT_TIMES
        return standing if is_kept(name, standing.kept, standing.lost, times) else None

    def common(self, word: str, form: str) -> bool:
        """Whether a page shows a word to be no name: its form, or it where it stands alone.

        `form` in lower case in the translation is a word of the target language; `word` in lower
        case in the source, if given, one that is a name only beside others.
        """
        page = scan(self._pair)
        form, word = form.lower(), word.lower()
        if any(
            stands_in(form, plain(target, code=False))
            for _number, _source, target in page.both(page.targets_holding((form.encode(),)), 0.0)
        ):
            return True
        return bool(word) and any(
            stands_in(word, plain(source, code=False))
            for _number, source, _target in page.both(page.sources_holding((word.encode(),)), 0.0)
        )

    def _page(self) -> list[tuple[str, str]]:
        if self._texts is None:
            self._texts = [
                (plain(source), plain(target)) for source, target, _likeness in changed(self._pair)
            ]
        return self._texts


def is_kept(name: str, kept: int, lost: int, times: int = KEPT_TIMES) -> bool:
    """Whether a name that is kept and lost so often is one that stays as it is.

    A single word must have shown it more often: it may be a common noun with a capital. One of
    the places in which it is lost is the one that is being judged.
    """
    share = _KEPT_SHARE
    if " " not in name and not _tells_by_itself(name):
        times, share = _ALONE_TIMES, _ALONE_SHARE
    return kept >= times and kept >= share * (kept + max(0, lost - 1))


def _tells_by_itself(name: str) -> bool:
    """Whether its letters show that a word is a name: `GraphQL`, `LinkedIn`."""
    return any(char.isupper() for char in name[1:]) and not name.isupper()


def is_near(right: bytes, wrong: bytes) -> bool:
    """Whether two words differ in one place and by few letters; more than half is the same."""
    if not -_WRONG <= len(right) - len(wrong) <= _WRONG:
        return False
    most = min(len(right), len(wrong))
    start = 0
    while start < most and right[start] == wrong[start]:
        start += 1
    end = 0
    while end < most - start and right[-1 - end] == wrong[-1 - end]:
        end += 1
    left = max(len(right), len(wrong)) - start - end
    return left <= _WRONG and 2 * left < start + end


def inflected(name: str, form: str, locale: str) -> bool:
    """Whether a word may be a name with an ending of the target language."""
    shorter, longer = sorted((name.lower(), form.lower()), key=len)
    language = primary_language(locale)
    if longer.startswith(shorter):
        ending = longer[len(shorter) :].lstrip("'’-")
        if ending in _PLURAL or ending in _ENDINGS.get(language, ()):
            return True
    if language not in _INFLECTING:
        return False
    same = 0
    for ours, theirs in zip(shorter, longer, strict=False):
        if ours != theirs:
            break
        same += 1
    return same >= min(_STEM, len(shorter) - 1) and len(longer) - same <= 5


def place(segment: Segment, phrase: str) -> Span:
    """Where words stand in a segment, marks of emphasis and keywords between them allowed.

    The whole segment where they do not, or where its characters cannot be told apart.
    """
    text = segment.text
    if not is_as_stored(segment):
        return segment.span
    words = _BETWEEN.join(map(re.escape, phrase.split()))
    for match in re.finditer(words, text):
        start = segment.start + len(text[: match.start()].encode())
        end = start + len(match[0].encode())
        if not any(
            token.start < end and start < token.end and _hides(token.text, token.kind, match[0])
            for token in segment.tokens
        ):
            return Span(start, end)
    return segment.span


def _hides(text: str, kind: TokenKind, phrase: str) -> bool:
    if kind is TokenKind.LINK:
        return phrase not in text.partition("](")[0]
    return kind in _HIDDEN
