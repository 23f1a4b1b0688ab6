"""`label-boundary`: a label of the user interface begins or ends in the wrong place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bilint.checks.base import Context
from bilint.checks.tokens.bold_verb import bold_verbs
from bilint.checks.tokens.syntax import (
    INVISIBLE,
    PAIRED_QUOTES,
    decoded,
    is_placed,
    placed_tokens,
    splits_quotes,
    tokens_of,
    visible,
    word_set,
)
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair, SegmentPair
from bilint.model.document import Token, TokenKind
from bilint.model.evidence import Renderings
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.text import Span

_LIKE = 0.5

# What no label begins with in small letters where that of the source has a capital.
_ARTICLES = {
    "it": word_set(
        "il lo la i gli le l un uno una di d del dello della dei degli delle dell al allo alla ai "
        "agli alle all dal dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell "
        "sul sullo sulla sui sugli sulle sull"
    ),
    "fr": word_set("le la les l un une du des de d au aux"),
    "es": word_set("el la los las un una unos unas de del al"),
    "pt": word_set("o os as um uma uns umas de da do das dos ao aos à às na no nas nos"),
    "de": word_set(
        "der die das den dem des ein eine einen einem einer eines vom zum zur im am ins beim"
    ),
    "nl": word_set("de het een van"),
}
_PREPOSITIONS = {
    "it": word_set("in con per su"),
    "fr": word_set("en dans sur avec pour par"),
    "es": word_set("en con por para sobre a"),
    "pt": word_set("em com por para sobre a"),
    "de": word_set("in auf unter mit an bei"),
    "nl": word_set("in op met onder naar"),
}
"""What stands before a label in a sentence, and at the beginning of few."""

_FIRST = late(r"([^\W\d_]+)(['’]|\s+|\Z)")
_WORDS = late(r"[^\W_]+")
_STOP = late(r"[^\W\d_]{2,}[.;,]\Z")
_GOES_ON = late(r"[^\W\d_]{3,}[.;!?] [^\W_]")
_EASTERN_STOP = late(r"[，。；]")
_ANY_STOP = late(r"[.,;!?，。；]")
_CLAUSE = late(r"[、を].*(?:ます|ました|ません|ください|する|して|した)")
"""What joins the words of a sentence in Japanese, and a verb that ends behind it."""

_TIMES = 3
_CLAUSE_LENGTH = 12
"""Characters of a label in Japanese, and how many times as many as in that of the source, from
which it is no label with a verb of its own any more."""

_WORDLESS = late(r"(?!\.\.)[\s.,:;/\\()\[\]{}'\"’‘“”„«»、。，．：；・／（）「」『』]+\Z")
"""A label that says nothing: three dots, an arrow or a plus may stand on a button."""

_SEPARATOR = late(r"\A[>＞→/／|｜](?=\s*[^\W\d_])|(?<=[^\W\d_])\s*([>＞→/／|｜])\Z")
_PATH = late(r"\][*_\s]*(?:&#x200B;)?\s*(?:[>→/|]|&gt;)")
"""What parts labels that lie one within another, and where the source does so."""

_EDGE = " \t\r\n\u00a0" + INVISIBLE
_MOST = 100
"""Labels of a source segment that are looked at."""

_LONG = 3
_LONGER = 4

_AROUND = 40
"""Bytes beside a label in which the other quotation mark of a pair is looked for."""

_NO_LETTERS = "*_~ \t\u00a0" + INVISIBLE


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each label that swallowed, lost or was padded with something."""
    if pair.source is None:
        return
    yield from bold_verbs(pair, primary_language(pair.locale))
    page: _Page | None = None
    pairs: dict[int, SegmentPair] = {}
    known, padded, wanted = -1, False, dict[str, Token]()
    for segment, token in placed_tokens(pair.document, TokenKind.UICONTROL):
        if segment is None or not _odd(token) or not is_placed(token):
            continue
        if page is None:
            page = _Page(pair, context)
            pairs = {one.target.start: one for one in pair.segments if one.target is not None}
        source, _target, likeness = pairs.get(segment.start, SegmentPair(None, None))
        label = visible(token.value)
        if source is None or likeness < _LIKE or not label or "[!" in label:
            continue
        if source.start != known:
            known, labels = source.start, tokens_of(source, TokenKind.UICONTROL)
            wanted = {visible(one.value): one for one in labels[:_MOST]}
            padded = any(map(_padding, wanted.values()))
        seen = None
        if wanted and label not in wanted:
            seen = page.judge(token, label, source.text, wanted)
        if seen is None and (ends := _padding(token)) and not padded:
            seen = _padded(token, ends)
        if seen is not None:
            yield seen
    titles = [one for one in pair.document.tokens if one.kind in _TITLES and _padding(one)]
    if titles and not _pads_titles(pair):
        yield from (_padded(token, _padding(token)) for token in titles)


_TITLES = (TokenKind.TAB, TokenKind.BADGE)


def _pads_titles(pair: AlignedPair) -> bool:
    """Whether the source pads labels of tabs or badges itself: then nobody else did."""
    theirs = pair.source.document.tokens if pair.source is not None else ()
    return any(one.kind in _TITLES and _padding(one) for one in theirs)


def _odd(token: Token) -> bool:
    """A quick look that sends nearly all labels away: they begin with a capital and are short."""
    text = token.text
    at = text.find(" ") + 1
    plain = text[at].isupper() and text[-2].isalnum() and ". " not in text
    return not plain or text.count(" ") > _LONG


class _Page:
    """Judges the labels of one page."""

    def __init__(self, pair: AlignedPair, context: Context) -> None:
        self._pair = pair
        language = primary_language(pair.locale)
        self._articles = _ARTICLES.get(language, frozenset[str]())
        self._before = _PREPOSITIONS.get(language, frozenset[str]())
        self._small = function_words(pair.locale) | self._articles
        self._ours = function_words(context.source_language)
        self._learnt = (context.evidence and context.evidence.labels) or {}
        self._here: Mapping[str, Collection[str]] | None = None

    def judge(
        self, token: Token, label: str, text: str, wanted: Mapping[str, Token]
    ) -> Observation | None:
        """What is wrong with a label that the source, `text`, does not have as it is."""
        if _WORDLESS.match(label):
            if any(map(_WORDLESS.match, wanted)):
                return None
            return _words_lost(token, label, wanted)
        return self._too_much(token, label, wanted) or self._misplaced(token, label, text, wanted)

    def _too_much(
        self, token: Token, label: str, wanted: Mapping[str, Token]
    ) -> Observation | None:
        """A label into which a part of its sentence was drawn."""
        stop = bool(_STOP.search(label)) and not any(map(_STOP.search, wanted))
        words = len(label.split())
        if _GOES_ON.search(label) and not any(map(_GOES_ON.search, wanted)):
            stop, words = True, _LONG + 1
        eastern = bool(_EASTERN_STOP.search(label)) or self._is_clause(label, wanted)
        eastern = eastern and not any(map(_ANY_STOP.search, wanted))
        if eastern or (words > _LONG and (stop or words >= self._most(wanted))):
            return _observation(
                token,
                wanted,
                "A part of the sentence was drawn into this label",
                label,
                Severity.ERROR,
                Confidence.HIGH if stop or eastern else Confidence.MEDIUM,
            )
        if (more := self._drawn_in(label, wanted)) is None:
            return None
        meant, rest = more
        return _observation(
            token,
            wanted,
            f"`{rest}` belongs behind this label, not into it",
            label,
            Severity.WARNING,
            Confidence.MEDIUM,
            Suggestion(f"[!UICONTROL {meant}] {rest}"),
        )

    def _misplaced(
        self, token: Token, label: str, text: str, wanted: Mapping[str, Token]
    ) -> Observation | None:
        """A label with what belongs beside it, or without what belongs into it."""
        if self._splits_quotes(token, label, wanted):
            said = f"Only one quotation mark of two stands in the label `{label}`"
        elif (sign := self._separator(label, text, wanted)) is not None:
            said = f"`{sign}` belongs beside this label, not into it"
        else:
            return self._small_word(token, label, wanted)
        return _observation(token, wanted, said, label, Severity.WARNING, Confidence.MEDIUM)

    def _separator(self, label: str, text: str, wanted: Mapping[str, Token]) -> str | None:
        """What stands between labels in the source, and at an end of this one."""
        sign = _SEPARATOR.search(label)
        if sign is None or ("<" in label and ">" in label):
            return None
        if any(map(_SEPARATOR.search, wanted)) or not _PATH.search(text):
            return None
        return sign[0].strip()

    def _small_word(
        self, token: Token, label: str, wanted: Mapping[str, Token]
    ) -> Observation | None:
        """A label that has only a small word left, or one too many, or words around it."""
        if not label[0].islower() or any(not one[0].isupper() for one in wanted):
            return None
        if self._lost(label, wanted):
            return _words_lost(token, label, wanted)
        return self._article(token, label, wanted) or self._neighbour(token, label, wanted)

    def _drawn_in(self, label: str, wanted: Mapping[str, Token]) -> tuple[str, str] | None:
        """A label of the source as it is, and the words of a sentence that follow it in this."""
        for meant in wanted:
            rest = label[len(meant) + 1 :]
            if label.startswith(f"{meant} ") and rest and meant[0].isupper():
                words = rest.split()
                if rest[0].islower() and any(word in self._small for word in words):
                    return meant, rest
        return None

    def _is_clause(self, label: str, wanted: Mapping[str, Token]) -> bool:
        """Whether a label in Japanese is much longer than meant and has a clause and its verb."""
        return (
            len(label) >= _CLAUSE_LENGTH
            and len(label) >= _TIMES * max(map(len, wanted))
            and _CLAUSE.search(label) is not None
        )

    def _splits_quotes(self, token: Token, label: str, wanted: Mapping[str, Token]) -> bool:
        """Whether one quotation mark of a pair stands in a label, the other right beside it."""
        if not any(mark in label for pair in PAIRED_QUOTES for mark in pair):
            return False
        data = self._pair.document.data
        before = data[max(0, token.start - _AROUND) : token.start].decode("utf-8", "ignore")
        after = data[token.end : token.end + _AROUND].decode("utf-8", "ignore")
        sides = before.rstrip(_NO_LETTERS), after.lstrip(_NO_LETTERS)
        return splits_quotes(label, " ".join(wanted), *sides)

    def _most(self, wanted: Mapping[str, Token]) -> int:
        return _LONG * max(len(one.split()) for one in wanted) + _LONGER

    def _lost(self, label: str, wanted: Mapping[str, Token]) -> bool:
        """Whether a label has nothing but function words, unlike all of the source."""
        return self._only(label, self._small) and not any(
            self._only(one, self._ours) for one in wanted
        )

    @staticmethod
    def _only(label: str, small: frozenset[str]) -> bool:
        words = _WORDS.findall(label.lower())
        return bool(words) and all(word in small for word in words)

    def _article(self, token: Token, label: str, wanted: Mapping[str, Token]) -> Observation | None:
        first = _FIRST.match(label)
        rest = label[first.end() :] if first else ""
        if first is None or not rest:
            return None
        if first[1] not in self._articles and not (
            # Of a label in lower case nobody knows whether it begins so.
            first[1] in self._before and rest[0].isupper()
        ):
            return None
        blank = "" if first[2] in ("'", "’") else " "
        return _observation(
            token,
            wanted,
            f"`{label[: first.end()].strip()}` belongs before this label, not into it",
            label,
            Severity.WARNING,
            Confidence.MEDIUM,
            Suggestion(f"{label[: first.end()].strip()}{blank}[!UICONTROL {rest}]"),
        )

    def _neighbour(
        self, token: Token, label: str, wanted: Mapping[str, Token]
    ) -> Observation | None:
        """A label that is rendered otherwise elsewhere, here with words around it."""
        if len(wanted) != 1:
            return None
        (meant,) = wanted
        folded = f" {label.casefold()} "
        for rendering in sorted(self._renderings(meant), key=len, reverse=True):
            if rendering[:1].isupper() and len(rendering.split()) > 1:
                inside = folded.find(f" {rendering.casefold()} ")
                if inside < 0 or len(rendering) + 2 >= len(folded):
                    continue
                return _observation(
                    token,
                    wanted,
                    f"This label is `{rendering}` elsewhere; here other words were drawn into it",
                    label,
                    Severity.WARNING,
                    Confidence.MEDIUM,
                )
        return None

    def _renderings(self, label: str) -> set[str]:
        if self._here is None:
            self._here = _renderings(self._pair.segments)
        learnt: Renderings = self._learnt.get(label, {})
        return {*self._here.get(label, ()), *(one for one, r in learnt.items() if r.times > 1)}


def _renderings(segments: Sequence[SegmentPair]) -> Mapping[str, Collection[str]]:
    """How the labels of a page are rendered, where a segment has only one."""
    found: dict[str, set[str]] = {}
    for source, target, _likeness in segments:
        if source is None or target is None or not source.tokens or not target.tokens:
            continue
        ours = [one for one in source.tokens if one.kind is TokenKind.UICONTROL]
        theirs = [one for one in target.tokens if one.kind is TokenKind.UICONTROL]
        if len(ours) == len(theirs) == 1:
            found.setdefault(visible(ours[0].value), set()).add(visible(theirs[0].value))
    return found


def _padding(token: Token) -> str:
    """The label of a token as written, where something without width or a blank pads it."""
    inside = token.text[token.text.find(" ") + 1 : -1]
    if not inside or not (
        inside[0] in " \u00a0\u200b&\ufeff" or inside[-1] in " \u00a0\u200b;\ufeff"
    ):
        return ""
    readable = decoded(inside)
    bare = readable.strip(_EDGE)
    return "" if not bare or bare == readable else inside


def _padded(token: Token, inside: str) -> Observation:
    bare = _strip(inside)
    keyword = token.text[: token.text.find(" ")]
    return Observation(
        f"The label `{bare}` is padded with blanks or invisible characters",
        Span(token.start, token.end),
        bare,
        severity=Severity.INFO,
        confidence=Confidence.HIGH,
        suggestion=Suggestion(f"{keyword} {bare}]", safe=True),
    )


def _strip(inside: str) -> str:
    """A label as written without what pads it, entities for such characters included."""
    return _PADDING.sub("", inside)


_PADDING = late(
    r"\A(?:[\s\u200b-\u200d\u2060\ufeff\u00ad]|&#x200B;|&nbsp;|&ZeroWidthSpace;|&#160;|&#8203;)+|"
    r"(?:[\s\u200b-\u200d\u2060\ufeff\u00ad]|&#x200B;|&nbsp;|&ZeroWidthSpace;|&#160;|&#8203;)+\Z"
)


def _words_lost(token: Token, label: str, wanted: Mapping[str, Token]) -> Observation:
    message = f"The words of this label are lost; only `{label}` is left"
    return _observation(token, wanted, message, label, Severity.ERROR, Confidence.HIGH)


def _observation(
    token: Token,
    wanted: Mapping[str, Token],
    message: str,
    label: str,
    severity: Severity,
    confidence: Confidence,
    suggestion: Suggestion | None = None,
) -> Observation:
    only = next(iter(wanted.values())) if len(wanted) == 1 else None
    return Observation(
        message,
        Span(token.start, token.end),
        label,
        None if only is None else Span(only.start, only.end),
        severity=severity,
        confidence=confidence,
        suggestion=suggestion,
    )
