"""Two pages beside each other, as checks get them."""

from collections.abc import Iterable
from typing import Protocol

from bilint.alignment import align_translation
from bilint.checks.base import Context
from bilint.model.alignment import AlignedPair, Basis, Past, SegmentPair
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.finding import Observation
from bilint.model.language import LanguageJudgement
from bilint.model.page import Page
from bilint.profiles import profile
from bilint.readers.markdown import read_document

PROFILE = profile("experience-league")
PATH = "help/a.md"


class Observer(Protocol):
    """The module of a check over pairs."""

    def observe(self, pair: AlignedPair, context: Context, /) -> Iterable[Observation]: ...


class NoJudge:
    def judge(self, text: str, languages: tuple[str, ...]) -> LanguageJudgement | None:
        return None


class NoSimilarity:
    def chrf(self, hypothesis: str, reference: str) -> float:
        return 0.0


CONTEXT = Context(PROFILE, NoJudge(), NoSimilarity())


def read(text: str | bytes) -> Document:
    return read_document(text.encode() if isinstance(text, str) else text, PROFILE, Limits())


def beside(source: Document, target: Document) -> tuple[SegmentPair, ...]:
    return tuple(
        SegmentPair(
            None if match.left is None else source.segments[match.left],
            None if match.right is None else target.segments[match.right],
            match.likeness,
        )
        for match in align_translation(source, target).matches
    )


def paired(
    source: str | None,
    target: str | bytes,
    locale: str = "it-IT",
    basis: Basis = Basis.BASE,
    past: Past = Past(),
) -> AlignedPair:
    translated = read(target)
    page = Page(PATH, "", translated)
    if source is None:
        alone = tuple(SegmentPair(None, segment) for segment in translated.segments)
        return AlignedPair(locale, page, None, Basis.NOTHING, alone)
    base = read(source)
    segments = beside(base, translated)
    return AlignedPair(locale, page, Page(PATH, "", base), basis, segments, None, past)


def observe(check: Observer, source: str, target: str, locale: str = "it-IT") -> list[Observation]:
    return list(check.observe(paired(source, target, locale), CONTEXT))


def places(
    check: Observer, source: str, target: str, locale: str = "it-IT"
) -> list[tuple[str, str]]:
    """The subject of each observation and the text that it stands on."""
    data = target.encode()
    return [
        (one.subject, data[one.span.start : one.span.end].decode())
        for one in observe(check, source, target, locale)
    ]


def mended(check: Observer, source: str, target: str) -> str:
    """The target with all suggestions applied."""
    data = target.encode()
    for one in sorted(observe(check, source, target), key=lambda one: one.span, reverse=True):
        assert one.suggestion is not None
        data = data[: one.span.start] + one.suggestion.text.encode() + data[one.span.end :]
    return data.decode()


def check_spans(observations: list[Observation], pair: AlignedPair) -> None:
    assert pair.source is not None
    for one in observations:
        start, end = one.span
        assert 0 <= start <= end <= len(pair.document.data)
        pair.document.data[start:end].decode()
        if one.source_span is not None:
            pair.source.document.data[one.source_span.start : one.source_span.end].decode()
