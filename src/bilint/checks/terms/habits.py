"""Where a page renders a recurring term otherwise than its locale does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.language.prose import Reading, read, without_emphasis, without_quotations
from bilint.checks.terms.index import Index, Same, Term, Way, index_of, stands_in_source
from bilint.checks.terms.renderings import any_used, uses
from bilint.checks.terms.scan import Both, Scan, scan
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import FUNCTION_WORDS, VERB, Word, lemma, likely_verb, placed_words
from bilint.model.finding import EvidenceValue
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.stems import Unit
from bilint.model.text import Span

LONGEST = 2_000
"""Characters of a segment above which it is a heap, in which nothing stands in place of a term."""


_UNSEEN = late(r"\]\([^()\s]*\)|`[^`]*`|\[![A-Z]+ [^\[\]]*\]")
_OPENING = ("'", '"', "‘", "“", "`", "*", "_", "[", ">", "&#39;", "&quot;", "&lt;")
_CLOSING = ("'", '"', "’", "”", "`", "*", "_", "]", "<", "&#39;", "&quot;", "&gt;")
_MARKED = frozenset("_`%$@#")
_IN_CODE = frozenset("_`%$@#/-=")
_CODE = frozenset(
    (
        "command",
        "class",
        "method",
        "function",
        "field",
        "parameter",
        "argument",
        "option",
        "value",
        "mode",
        "table",
        "column",
        "attribute",
        "property",
        "file",
        "directory",
        "folder",
        "module",
        "object",
        "type",
        "endpoint",
        "flag",
        "key",
        "tag",
        "id",
    )
)
_OPERATORS = frozenset("<>=%/\\+")


class Odd(NamedTuple):
    """The first place of a page where a term is rendered unlike its habit.

    `at` is the character of its `source` where the term stands.
    `way` is None where the word of the source was left standing. `clear` says that it stands in
    a sense that is known and among translated words. `times` says how often the page does so,
    `usual` how often it keeps to the habit, where something else than the word of the source
    stands in place of the term. `loan` says that the word beside it was left standing too: whole
    phrases such as `open source` are kept on purpose.
    """

    term: Term
    way: Way | None
    span: Span
    text: str
    source_span: Span
    source: Segment
    at: int
    clear: bool = True
    times: int = 1
    loan: bool = False
    usual: int | None = None


def odd_renderings(pair: AlignedPair, context: Context) -> tuple[Odd, ...]:
    """Where terms are rendered otherwise than they habitually are; of each kind one a page."""
    index = index_of(pair, context)
    if index is None:
        return ()
    found = _odd_renderings(Same(pair), Same(index))
    return tuple(odd for odd in found if not demanded(odd.source, odd.at, context)) if found else ()


def demanded(source: Segment, at: int, context: Context) -> bool:
    """Whether the term base says how to render the word of a source that stands at a character.

    Then it is heard, and no habit: `term-demanded` tells where its rendering is not there.
    """
    terms = context.terms
    if not terms or not any_used(source.text, terms):
        return False
    return any(use.start <= at < use.end and use.term.renderings for use in uses(source, terms))


@lru_cache(maxsize=2)
def _odd_renderings(pair: Same[AlignedPair], terms: Same[Index]) -> tuple[Odd, ...]:
    index, page = terms.value, scan(pair.value)
    words = index.look(page).odd
    found: dict[tuple[str, str], Odd] = {}
    places = index.odd_places(page) if words else {}
    for number, source, target in comparable(page, places):
        raw, read_by = source.text, target.text
        names = {
            name
            for word in places[number]
            if _in_prose(word.decode("utf-8", "ignore"), read_by)
            for name in words[word]
            if stands_in_source(name, raw)
        }
        if not names:
            continue
        said, text = seen(raw), seen(read_by).lower()
        names = {
            name
            for name in names
            if (said is raw or stands_in_source(name, said))
            and not index.renders(index.terms[name].stems, text)
        }
        for odd in _in_segment(source, target, names, index) if names else ():
            key = (odd.term.name, odd.way.form if odd.way else "")
            first = found.get(key)
            found[key] = first._replace(times=first.times + 1) if first else odd
    # Of a word that was left standing nobody asks it.
    names = {odd.term.name for odd in found.values() if odd.way is not None}
    usual = {name: _usual(index.terms[name], page, index) for name in names}
    return tuple(odd._replace(usual=usual.get(odd.term.name)) for odd in found.values())


def _usual(term: Term, page: Scan, index: Index) -> int:
    """How many segments of a page keep to the habit."""
    name = term.name[:-1]
    places = page.sources_with(index.look(page).words_of(term.name))
    texts = [
        target.text.lower()
        for _number, source, target in comparable(page, places)
        if name in source.text.lower()
    ]
    return sum(any(index.units.has(stem, text) for stem in term.habit.stems) for text in texts)


def comparable(page: Scan, numbers: Collection[int]) -> Iterator[Both]:
    """Of some pairs of segments those that can be compared."""
    for both in page.both(numbers):
        if len(both[2].text) <= LONGEST:
            yield both


def seen(text: str) -> str:
    """A text without code, tokens and the addresses of its links."""
    return _UNSEEN.sub("]", text) if "](" in text or "`" in text or "[!" in text else text


def _in_prose(word: str, text: str) -> bool:
    """Whether a word stands in a text otherwise than within an address or code."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if text[at - 1 : at] not in _IN_CODE and text[end : end + 1] not in _IN_CODE:
            return True
        at = text.find(word, end)
    return False


def _in_segment(
    source: Segment, target: Segment, names: Collection[str], index: Index
) -> Iterator[Odd]:
    ours = read(source)
    words = placed_words(ours.text)
    found_here = [one for one in matched(words, index) if one[0].name in names]
    if not found_here:
        return
    theirs = without_emphasis(without_quotations(read(target)))
    placed = index.units.placed(theirs.text)
    for term, word, clear in found_here:
        if index.units.any_speaks(placed, term.stems):
            continue
        found = _in_its_place(term, words, placed, index)
        if found is None:
            continue
        way, unit = found
        single = way is not None and " " not in term.name
        if single and likely_verb(ours.text, word.start, word.end):
            continue
        text = theirs.text[unit.start : unit.end]
        loan = False
        if way is None:
            if _as_code(unit, theirs) or not _left_standing(unit, text, words, placed, index):
                continue
            loan = _in_company(unit, words, placed)
            clear = text.islower() and not loan and not _names_code(word, words)
        yield Odd(
            term,
            way,
            theirs.span(unit.start, unit.end),
            text,
            ours.span(word.start, words[words.index(word) + term.name.count(" ")].end),
            source,
            word.start,
            clear,
            loan=loan,
        )


def _as_code(unit: Unit, reading: Reading) -> bool:
    """Whether a word looks like an identifier: quoted, marked, alone in a link, first in a line."""
    raw = reading.segment.text if reading.mapped else reading.text
    before, after = raw[: unit.start], raw[unit.end :]
    if before[-1:] in _MARKED or after[:1] in _MARKED:
        return True
    if before.endswith(_OPENING) and after.startswith(_CLOSING):
        return True
    if not before.strip(" *-#>|") and reading.text[unit.start : unit.end].islower():
        return True
    return after.lstrip()[:1] in _OPERATORS or before.rstrip()[-1:] in _OPERATORS


def _left_standing(
    unit: Unit, text: str, words: list[Word], placed: list[Unit], index: Index
) -> bool:
    """Whether a word of the source stands among words that were translated, and is no name."""
    single = lemma(unit.text)
    if unit.text in index.loans or single in index.loans or text[1:].isupper():
        return False
    if any(word.lemma == single.capitalize() for word in words):
        return False
    lemmas = {word.lemma.lower() for word in words}
    kept = sum(one.text.isascii() and lemma(one.text) in lemmas for one in placed)
    return kept * 3 <= len(placed) + 2


def _names_code(word: Word, words: list[Word]) -> bool:
    """Whether the next word says that this one is an identifier: `the list command`."""
    after = words.index(word) + 1
    return after < len(words) and words[after].lemma in _CODE


def _in_company(unit: Unit, words: list[Word], placed: list[Unit]) -> bool:
    """Whether the word beside it was left standing as well: some phrases are loans."""
    lemmas = {word.lemma.lower() for word in words if len(word.lemma) > 3}
    at = placed.index(unit)
    return any(
        one.text.isascii() and lemma(one.text) in lemmas
        for one in placed[max(at - 1, 0) : at + 2]
        if one is not unit
    )


def matched(words: list[Word], index: Index) -> Iterator[tuple[Term, Word, bool]]:
    """The terms of a segment, each once; a word in a phrase that is a term is none by itself.

    The sense of a phrase is clear, and that of a word which no other content word stands beside.
    """
    seen: set[str] = set()
    lemmas = ["", *(word.lemma for word in words), ""]
    for number, word in enumerate(words):
        own = word.lemma
        phrase = None
        if own in index.in_phrases:
            before, _own, after = lemmas[number : number + 3]
            phrase = index.terms.get(f"{own} {after}") or index.terms.get(f"{before} {own}")
        term = phrase or index.terms.get(own)
        if term is not None and term.name not in seen:
            # A phrase with a function word is an idiom: known so that it is left alone.
            seen.add(term.name)
            if " " not in term.name or FUNCTION_WORDS.isdisjoint(term.name.split()):
                beside = lemmas[number : number + 3 : 2]
                yield term, word, phrase is not None or not any(map(_content, beside))


def _content(lemma: str) -> bool:
    return lemma.islower() and lemma not in FUNCTION_WORDS and not lemma.endswith(VERB)


def _in_its_place(
    term: Term, words: list[Word], placed: list[Unit], index: Index
) -> tuple[Way | None, Unit] | None:
    for way in term.ways[1:]:
        if way in term.accepted:
            continue
        for unit in placed:
            if unit.text in index.terms and unit.text != term.name:
                continue
            if unit.stem not in way.stems or not way.stems <= {one.stem for one in placed}:
                continue
            if not (accounted(unit, term, words, index) or _spelt_alike(unit, term, index)):
                return (None if term.is_own(way) else way), unit
    for unit in placed:
        if (
            unit.text.isascii()
            and lemma(unit.text) == term.name
            and not _spelt_alike(unit, term, index)
        ):
            return None, unit
    return None


def _spelt_alike(unit: Unit, term: Term, index: Index) -> bool:
    """Whether a word differs from a rendering in use by its hyphens alone."""
    return any(
        unit.stem[:-1] in index.units.bare(way.form.replace("-", "")) for way in term.accepted
    )


def accounted(unit: Unit, term: Term, words: list[Word], index: Index) -> bool:
    """Whether another word of the source is rendered so."""
    for word in words:
        other = index.terms.get(word.lemma.lower())
        if other is None or other.name in term.name.split():
            continue
        if any(index.units.speaks(unit, one) for way in other.ways for one in way.stems):
            return True
    return False


def again(odd: Odd) -> str:
    """The end of a message where the page does it more than once."""
    return f" ({odd.times} times on this page)" if odd.times > 1 else ""


def proof(odd: Odd) -> dict[str, EvidenceValue]:
    """What a finding rests on."""
    habit = odd.term.habit
    said: dict[str, EvidenceValue] = {
        "habit": habit.form,
        "times": habit.times,
        "of": odd.term.total,
        "place": habit.places[0] if habit.places else None,
    }
    return said if odd.usual is None else said | {"on_this_page": odd.usual}
