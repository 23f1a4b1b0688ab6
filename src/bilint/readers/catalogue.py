"""The labels of a product's own catalogue, and the terms of a term base, out of PO files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bilint.model.config import Limits
from bilint.model.label import Label
from bilint.model.record import NamedTuple
from bilint.model.term import Term
from bilint.model.text import Problem, Span
from bilint.readers.po import PoError, read_po

# As Weblate and others write them.
_READ_ONLY, _FORBIDDEN = "read-only", "forbidden"
LEARNT = "learnt"
"""The flag of what was learnt: a habit, that demands nothing."""


class Catalogue(NamedTuple):
    """What could be read of a catalogue: its labels by source text, and what was wrong with it.

    Source texts and translations have single blanks only. The spans of the problems are in bytes
    of the file.
    """

    labels: Mapping[str, Label]
    problems: tuple[Problem, ...] = ()


class TermBase(NamedTuple):
    """What could be read of a term base: its terms by source text, and what was wrong with it."""

    terms: Mapping[str, Term]
    problems: tuple[Problem, ...] = ()


def read_catalogue(data: bytes, name: str, limit: int | None = None) -> Catalogue:
    """Reads the content of a PO file; `name` is where its labels say they come from.

    Fuzzy, obsolete, untranslated and plural entries give no label, nor do those flagged `learnt`,
    which are habits. A damaged entry is left out and told (`po-syntax`); a file above `limit`
    bytes (64 MiB if None), one that is not UTF-8 or names another charset, and one that polib
    reads differently give no labels at all (`too-large`, `not-utf-8`, `po-charset`,
    `po-unreadable`). Nothing is raised.
    """
    read = _read(data, limit)
    labels: dict[str, Label] = {}
    for source, translation, flags in read.said:
        if translation and LEARNT not in flags:
            _add(labels, source, translation, name)
    return Catalogue(labels, read.problems)


def read_terms(data: bytes, name: str, limit: int | None = None) -> TermBase:
    """Reads a term base: a PO file as `read_catalogue` takes it, with the same problems.

    The translation of an entry is demanded, and any of several that stand apart by ` | ` or by
    `msgctxt`. The flag `forbidden` bans it instead; `read-only` says that the term stays. What is
    flagged `learnt` is a habit and demands nothing.
    """
    read = _read(data, limit)
    renderings: dict[str, dict[str, None]] = {}
    banned: dict[str, dict[str, None]] = {}
    for source, translation, flags in read.said:
        if LEARNT in flags:
            continue
        said = [source] if _READ_ONLY in flags else translation.split(" | ")
        into = banned if _FORBIDDEN in flags else renderings
        into.setdefault(source, {}).update(dict.fromkeys(one.strip() for one in said if one))
    return TermBase(
        {
            source: Term(
                source, tuple(renderings.get(source, ())), tuple(banned.get(source, ())), name
            )
            for source in {**renderings, **banned}
            if renderings.get(source) or banned.get(source)
        },
        read.problems,
    )


def combine_terms(bases: Iterable[Mapping[str, Term]]) -> dict[str, Term]:
    """The terms of several term bases; of what they disagree about either will do."""
    terms: dict[str, Term] = {}
    for base in bases:
        for source, term in base.items():
            known = terms.get(source)
            if known is not None:
                term = Term(
                    source,
                    tuple(dict.fromkeys((*known.renderings, *term.renderings))),
                    tuple(dict.fromkeys((*known.banned, *term.banned))),
                    known.catalogue,
                )
            terms[source] = term
    return terms


class Parts(NamedTuple):
    """A catalogue as the one sees it who writes what was learnt into it.

    `hand` are the sources of the entries that people made, also of those without a translation,
    with single blanks; `learnt` says what the entries flagged `learnt` say, and `places` where
    they stand, in bytes, with their comments.
    """

    hand: frozenset[str]
    learnt: tuple[tuple[str, str], ...]
    places: tuple[Span, ...]
    problems: tuple[Problem, ...]


def read_parts(data: bytes, limit: int | None = None) -> Parts:
    """Tells in a PO file what people made from what was learnt."""
    read = _read(data, limit)
    learnt = tuple((one.source, one.translation) for one in read.said if LEARNT in one.flags)
    return Parts(read.hand, learnt, read.learnt, read.problems)


class _Said(NamedTuple):
    """What an entry says, with single blanks, and its flags."""

    source: str
    translation: str
    flags: frozenset[str]


class _Read(NamedTuple):
    """`hand` are the sources of entries that people made, the empty and fuzzy ones among them."""

    said: tuple[_Said, ...]
    problems: tuple[Problem, ...] = ()
    hand: frozenset[str] = frozenset()
    learnt: tuple[Span, ...] = ()


def _read(data: bytes, limit: int | None) -> _Read:
    try:
        read = read_po(data, Limits().catalogue if limit is None else limit)
    except PoError as error:
        return _Read((), (error.problem,))
    entries = [
        (_Said(_single_blanks(one.msgid), _single_blanks(one.msgstr), frozenset(one.flags)), one)
        for one in read.entries
        if not one.obsolete
    ]
    return _Read(
        tuple(
            said
            for said, one in entries
            if said.source and one.plural is None and "fuzzy" not in said.flags
        ),
        tuple(one.problem for one in read.damaged),
        frozenset(said.source for said, one in entries if LEARNT not in said.flags),
        tuple(one.span for said, one in entries if LEARNT in said.flags),
    )


def combine(catalogues: Iterable[Mapping[str, Label]]) -> dict[str, Label]:
    """The labels of several catalogues; what they disagree about has alternatives."""
    labels: dict[str, Label] = {}
    for catalogue in catalogues:
        for source, label in catalogue.items():
            for translation in (label.translation, *label.alternatives):
                _add(labels, source, translation, label.catalogue)
    return labels


def _single_blanks(text: str) -> str:
    return " ".join(text.split())


def _add(labels: dict[str, Label], source: str, translation: str, name: str) -> None:
    label = labels.get(source)
    if label is None:
        labels[source] = Label(source, translation, name)
    elif translation not in (label.translation, *label.alternatives):
        labels[source] = Label(
            source, label.translation, label.catalogue, (*label.alternatives, translation)
        )
