"""The quality of translations for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from bilint.model.quality import By, Edited, Figures, Group, LocaleQuality, Quality, Replaced
from bilint.reporters.colour import Role
from bilint.reporters.layout import (
    Column,
    Line,
    Piece,
    Table,
    count,
    fit_path,
    number,
    paint,
    series,
    wrap,
)
from bilint.reporters.terminal_pages import diff_pieces
from bilint.reporters.view import View

_WIDE = 110
"""Columns from which a table has room for intervals."""

_SCORES = ("chrF2", "chrF2++", "BLEU", "TER")
_HEADINGS = {
    By.PERIOD: "period",
    By.AREA: "area",
    By.PAGE: "page",
    By.CLAIM: "claimed to be human",
}


def render_quality(quality: Quality, view: View) -> Iterator[str]:
    """Every locale: its scores, its groups, what people replaced, what they edited most."""
    return (paint(line, view.style) for line in _lines(quality, view))


def _lines(quality: Quality, view: View) -> Iterator[Line]:
    for one in quality.locales:
        yield from _locale(one, quality, view)
    if not view.quiet:
        yield from _legend(quality, view)


def _locale(one: LocaleQuality, quality: Quality, view: View) -> Iterator[Line]:
    figures = one.figures
    who = "people, or who knows who," if quality.partial else "people"
    made = "all text" if quality.everything else "what a machine had made"
    said = (
        f"  {count(one.found, 'hand-off')} that {who} edited; {made}:"
        f" {count(figures.segments, 'segment')} in {figures.pairs:,} of them"
        if quality.reference is None
        else f"  {count(figures.segments, 'segment')} of {count(figures.pairs, 'page')}"
    )
    yield [Piece(one.locale, Role.HEADING), Piece(said, Role.DIM)]
    if one.note is not None:
        yield [Piece(f"  {one.note}", Role.WARNING)]
    if figures.scores is None:
        yield [Piece(f"  too few to say anything: it takes {quality.enough}", Role.WARNING)]
    else:
        yield from _figures(figures, quality, view)
    if not view.quiet:
        yield from _left_out(one, view)
    yield []
    if figures.scores is None:
        return
    for by, groups in groupby(one.groups, key=lambda group: group.by):
        yield from _groups(by, list(groups), view)
    yield from _replaced(one.replaced)
    yield from _edited(one.edited, view)


def _figures(figures: Figures, quality: Quality, view: View) -> Iterator[Line]:
    pieces: list[Piece] = [Piece("  ")]
    for score in figures.scores or ():
        pieces += [Piece(f"{score.name} "), Piece(f"{score.value:.1f}", Role.HEADING)]
        pieces.append(Piece("" if score.half is None else f" ±{score.half:.1f}", Role.DIM))
        pieces.append(Piece("   "))
    yield from wrap(pieces, view.width, "  ")
    untouched = _percent(figures.untouched, figures.segments)
    words = _percent(figures.words - figures.words_touched, figures.words)
    left = "equal to the reference" if quality.reference is not None else "left untouched"
    sentences = [
        f"{left}: {untouched} of the segments, {words} of {count(figures.words, 'word')}",
        f"{number(figures.edits)} of {count(figures.reference_words, 'word')} edited,"
        f" {_percent(figures.edits, figures.reference_words)}",
    ]
    if figures.claimed is not None:
        sentences.append(f"ht-degree claims {figures.claimed:.1f} % human")
    yield from wrap([Piece("  " + "; ".join(sentences))], view.width, "  ")


def _left_out(one: LocaleQuality, view: View) -> Iterator[Line]:
    out = one.left_out
    parts = []
    if out.remembered:
        parts.append(f"{count(out.remembered, 'segment')} that people had translated before")
    if out.unmatched:
        parts.append(f"{count(out.unmatched, 'segment')} that stand in one version only")
    if out.too_long:
        parts.append(f"{count(out.too_long, 'segment')} too long")
    if out.partial:
        parts.append(
            f"{count(out.partial, 'hand-off')} in which only the human share rose (--partial)"
        )
    if parts:
        text = f"  not measured: {series(parts)}"
        yield from wrap([Piece(text, Role.DIM)], view.width, "    ")


def _groups(by: By, groups: Sequence[Group], view: View) -> Iterator[Line]:
    wide = view.width is None or view.width >= _WIDE
    names = ("segments", "untouched", "edited", *_SCORES, "ht")
    table = Table(
        [*(Column(name, right=True) for name in names), Column(_HEADINGS[by])],
        [_row(group, wide=wide) for group in groups],
    )
    yield table.header()
    room = None if view.width is None else max(view.width - table.lead(), 12)
    for cells in table.rows:
        yield table.line([*cells[:-1], Piece(fit_path(cells[-1].text, room), cells[-1].role)])
    yield []


def _row(group: Group, *, wide: bool) -> list[Piece]:
    """A row of the table, with the intervals where there is room for them."""
    figures = group.figures
    known = figures.scores is not None
    values = {score.name: score for score in figures.scores or ()}
    role = Role.PLAIN if known else Role.DIM
    cells = [
        number(figures.segments),
        _percent(figures.untouched, figures.segments) if known else "-",
        _percent(figures.edits, figures.reference_words) if known else "-",
    ]
    for name in _SCORES:
        score = values.get(name)
        half = "" if score is None or score.half is None or not wide else f" ±{score.half:.1f}"
        cells.append("-" if score is None else f"{score.value:.1f}{half}")
    cells.append("-" if figures.claimed is None else f"{figures.claimed:.0f} %")
    return [*(Piece(cell, role) for cell in cells), Piece(group.name)]


def _replaced(replaced: Sequence[Replaced]) -> Iterator[Line]:
    if not replaced:
        return
    yield [Piece("Replaced most often", Role.HEADING)]
    table = Table(
        [Column("segments", right=True), Column("pages", right=True), Column("what")],
        [[Piece(number(one.segments)), Piece(number(one.pages)), Piece("")] for one in replaced],
    )
    yield table.header()
    for one, cells in zip(replaced, table.rows, strict=True):
        line = table.line(cells)
        before = Piece(one.before, Role.REMOVED) if one.before else Piece("(nothing)", Role.DIM)
        after = Piece(one.after, Role.ADDED) if one.after else Piece("(nothing)", Role.DIM)
        yield [*line[:-1], before, Piece(" → ", Role.DIM), after]
    yield []


def _edited(edited: Iterable[Edited], view: View) -> Iterator[Line]:
    edited = list(edited)
    if not edited:
        return
    yield [Piece("Edited most", Role.HEADING)]
    for one in edited:
        times = f", {one.times} times" if one.times > 1 else ""
        when = f"{one.day}, " if one.day else ""
        said = f"  {when}{count(one.edits, 'word')} edited{times}"
        yield [Piece(fit_path(one.path, view.width)), Piece(said, Role.DIM)]
        if one.source is not None:
            yield from wrap([Piece(f"    {one.source}", Role.DIM)], view.width, "    ")
        yield from wrap(diff_pieces(one.before, one.after, view), view.width, "    ")
    yield []


def _legend(quality: Quality, view: View) -> Iterator[Line]:
    signatures = {name: text for one in quality.locales for name, text in one.signatures.items()}
    if not signatures:
        return
    text = (
        f"Measured against {quality.reference}."
        if quality.reference is not None
        else "Measured: pages as a machine handed them over, against what people made of them at"
        " the same pin."
    )
    if quality.since is not None:
        text += f" Since {quality.since}."
    text += (
        " chrF, chrF++ and BLEU: 100 is the same; TER: 0 is the same. BLEU of different locales"
        " does not compare."
        f" Nothing is said of fewer than {quality.enough} segments."
    )
    if quality.resamples > 1:
        text += f" ±: 95 % of {quality.resamples:,} random draws."
    yield from wrap([Piece(text, Role.DIM)], view.width, "")
    if view.verbose:
        for one in quality.locales:
            for signature in one.signatures.values():
                yield [Piece(f"  {one.locale}  {signature}", Role.DIM)]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
