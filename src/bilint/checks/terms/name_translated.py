"""`name-translated`: a name that the locale keeps is not in the translation of its segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bilint.checks.base import Context
from bilint.checks.terms.naming import place
from bilint.checks.terms.scan import Scan, scan
from bilint.learning.names import Run, runs, stands_in
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Segment, Token, TokenKind
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING
from bilint.model.segment_text import plain
from bilint.model.text import Span

if TYPE_CHECKING:
    from bilint.model.evidence import Usage

_TIMES = 10
_SHARE = 0.9
_NEARLY_ALWAYS = 0.95
_FIRST_WORDS = late(rb"[A-Za-z]{3,}")
_WORD = late(r"\w+")
_STEM = 4
_HALF = 0.6
_JOINED = late(rb"[a-z][A-Z][a-z]")
_JOINED_WORD = late(r"(?<![\w/.$<@\\])[A-Za-z]+[a-z][A-Z][a-z][A-Za-z]*(?![\w(=\\]|/\w|\.\w|::)")


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each name that is missing where the locale has it nearly always."""
    if pair.source is None:
        return
    learnt = context.evidence.names if context.evidence is not None else None
    page = scan(pair)
    index = _index(learnt) if learnt else {}
    names = page.sources_with(page.source & index.keys())
    joined = [word for word in page.odd if _JOINED.search(word)]
    made_up = page.targets_holding(joined)
    if not names and not made_up:
        return
    several = [word.decode("utf-8", "replace") for word in joined]
    for number, source, target in page.both(names.keys() | made_up.keys()):
        ours, theirs = source.text, target.text
        for name in [name for word in sorted(names.get(number, ())) for name in index[word]]:
            if name not in theirs and name in ours and f" {name}]" not in ours:
                if _divided(source, target) and _follows(name, target, pair):
                    continue
                found = _missing(name, source, target, (learnt or {})[name], page)
                if found is not None:
                    yield found
        for word in made_up.get(number, ()):
            yield from _identifier(word.decode("utf-8", "replace"), source, target, several)


def _divided(source: Segment, target: Segment) -> bool:
    """Whether a segment is so short that the rest of it may stand in the next one."""
    return len(target.text) < _HALF * len(source.text)


def _follows(name: str, segment: Segment, pair: AlignedPair) -> bool:
    """Whether a name stands in the next segment, which was parted from the one at hand."""
    following = iter(pair.segments)
    any(target is segment for _source, target, _likeness in following)
    source, target, _likeness = next(following, SegmentPair(None, None))
    return source is None and target is not None and name in target.text


def _identifier(
    word: str, source: Segment, target: Segment, made_up: Sequence[str]
) -> Iterator[Observation]:
    """The joined word of the source in whose place stands another joined word."""
    ours, theirs = plain(source, code=False), plain(target, code=False)
    if not stands_in(word, theirs):
        return
    said = set(_JOINED_WORD.findall(theirs))
    lost = [one for one in _JOINED_WORD.findall(ours) if one not in said]
    others = [one for one in said if one in made_up]
    if len(lost) != 1 or len(others) != 1 or lost[0].lower() in theirs.lower():
        return
    # The English plural of a name: `microSites` is `die microSite-Liste`.
    if lost[0].removesuffix("s") == word.removesuffix("s"):
        return
    span = place(target, word)
    exact = span.end - span.start == len(word.encode())
    yield Observation(
        f"`{lost[0]}` became `{word}`",
        span,
        lost[0],
        place(source, lost[0]),
        suggestion=Suggestion(lost[0]) if exact else None,
    )


_Index = Mapping[bytes, tuple[str, ...]]
_recent: list[tuple[Mapping[str, Usage], _Index]] = []


def _index(learnt: Mapping[str, Usage]) -> _Index:
    """The names that a locale keeps, by their first word; made once, not for every page."""
    for known, index in _recent:
        if known is learnt:
            return index
    made: dict[bytes, tuple[str, ...]] = {}
    for name, usage in learnt.items():
        if _is_sure(usage) and not (name.isupper() and " " not in name):
            first = _FIRST_WORDS.match(name.encode())
            if first:
                made[first[0]] = (*made.get(first[0], ()), name)
    _recent.insert(0, (learnt, made))
    del _recent[4:]
    return made


def _is_sure(usage: Usage, share: float = _SHARE) -> bool:
    """Whether a name is kept so often; one of the places where it is not is the one at hand."""
    return usage.kept >= _TIMES and usage.kept >= share * (usage.kept + max(0, usage.lost - 1))


def _missing(
    name: str, source: Segment, target: Segment, usage: Usage, page: Scan
) -> Observation | None:
    ours = plain(source, code=False)
    if not any(_is(name, run, ours, page) for run in runs(ours)):
        return None
    theirs = plain(target, code=False)
    lower = theirs.lower()
    if name.lower() in lower or name.lower().replace(" ", "") in lower.replace(" ", ""):
        return None
    words = _WORD.findall(name)
    there = [word for word in words if word.lower()[: max(_STEM, len(word) - 2)] in lower]
    if len(there) == len(words) or not any(map(str.isalpha, lower)):
        return None
    exact = sum(word in theirs for word in words)
    return Observation(
        f"The name `{name}` is not in the translation",
        _where(name, source, target),
        name,
        place(source, name),
        severity=None
        if 2 * exact <= len(words) and _is_sure(usage, _NEARLY_ALWAYS) and not _is_many(name, page)
        else Severity.INFO,
        evidence={"kept": usage.kept, "lost": usage.lost},
    )


def _is_many(name: str, page: Scan) -> bool:
    """Whether a name is one word in the plural, which the page uses as a common one too."""
    if " " in name or not name.endswith("s") or name.endswith(("ss", "ics")):
        return False
    return _in_lower(name, page)


def _in_lower(name: str, page: Scan) -> bool:
    """Whether a page has a name in small letters, or of one in the plural the singular."""
    lower = name.lower()
    one = lower.removesuffix("s") if len(lower) > _STEM else lower
    return f" {one}".encode() in page.source_data or lower.encode() in page.source_data


def _where(name: str, source: Segment, target: Segment) -> Span:
    """The link that lost the name, if it stood in a link only; else the whole segment."""
    links = [one for one in source.tokens if _says(one, name)]
    if len(links) != 1 or source.text.count(name) != 1:
        return target.span
    leads = _leads(links[0])
    same = [one for one in target.tokens if one.kind is TokenKind.LINK and _leads(one) == leads]
    return Span(same[0].start, same[0].end) if len(same) == 1 and leads else target.span


def _says(token: Token, name: str) -> bool:
    return token.kind is TokenKind.LINK and name in token.text.partition("](")[0]


def _leads(link: Token) -> str:
    """What an address ends with: nothing that tells one locale from another."""
    path = link.value.partition("#")[0].partition("?")[0]
    return path.rpartition("/")[2].removesuffix(".html")


def _is(name: str, run: Run, text: str, page: Scan) -> bool:
    """Whether a run is the name, and not a part of something longer."""
    if run.text != name and not (run.opens and run.text.partition(" ")[2] == name):
        return False
    start = run.start + len(run.text) - len(name)
    if text[start - 1 : start] == "/" or text[start + len(name) :][:1] in ("/", "-"):
        return False
    # A word that opens a sentence has a capital anyway.
    alone = run.opens and " " not in name
    return not (alone and _in_lower(name, page))
