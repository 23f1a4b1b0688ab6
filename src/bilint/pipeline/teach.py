"""Learns of whole locales, out of their pages and of what people translated earlier."""

from __future__ import annotations

from collections.abc import Callable

from bilint.alignment import align_translation
from bilint.checks.registry import select
from bilint.learning.gather import bitext
from bilint.learning.glossary import learn_glossary, learn_label_habits
from bilint.learning.learn import learn
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.bitext import Bitext
from bilint.model.evidence import Evidence
from bilint.model.habit import Habit
from bilint.model.history import Base
from bilint.model.page import Header, Page
from bilint.model.pair import Pair
from bilint.model.record import NamedTuple
from bilint.pipeline.beside import segment_pairs
from bilint.pipeline.examine import Examiner
from bilint.pipeline.pairs import pair_all
from bilint.pipeline.request import Request
from bilint.pipeline.shards import SHARD
from bilint.pipeline.workspace import Workspace

HUMAN = 100.0
"""The human share, in percent, of a page that people translated wholly."""


class Learnt(NamedTuple):
    """What was learnt of a locale.

    `pages` were learnt from as they are, beside their source at the pin, `unknown` beside the
    source of today, `earlier` in an earlier version that people had translated. `work_tree` is
    where the locale is checked out, None for a bare repository or a revision. `terms` and
    `labels` are what a term base and a catalogue would hold of it.
    """

    locale: str
    evidence: Evidence
    pages: int
    earlier: int
    unknown: int
    work_tree: str | None
    terms: tuple[Habit, ...] = ()
    labels: tuple[Habit, ...] = ()


class _Lesson(NamedTuple):
    bitext: Bitext
    earlier: bool


def learn_locales(
    request: Request, tick: Callable[[int, int], None] = lambda _done, _all: None
) -> tuple[Learnt, ...]:
    """Learn of every locale of a request. Raises `GitError` and `UsageError` as a run does."""
    with Workspace(request) as workspace:
        examiner = Examiner(workspace, select(request.settings))
        paired = pair_all(examiner)
        pairs = [pair for pairing in paired.pairings for pair in pairing.pairs]
        lessons: dict[str, list[_Lesson]] = {pairing.locale: [] for pairing in paired.pairings}
        for start in range(0, len(pairs), SHARD):
            shard = pairs[start : start + SHARD]
            examiner.prepare(shard)
            for pair in shard:
                lessons[pair.locale] += _lessons(examiner, pair)
            examiner.shelves.forget()
            tick(min(start + SHARD, len(pairs)), len(pairs))
        return tuple(
            _learnt(
                workspace,
                pairing.locale,
                [p.target for p in pairing.pairs],
                lessons[pairing.locale],
            )
            for pairing in paired.pairings
        )


def _learnt(
    workspace: Workspace, locale: str, pages: list[Header], lessons: list[_Lesson]
) -> Learnt:
    side = workspace.targets[locale]
    present = [one for one in lessons if not one.earlier]
    bitexts = [lesson.bitext for lesson in lessons]
    evidence = learn(locale, pages, bitexts)
    return Learnt(
        locale,
        evidence,
        sum(not one.bitext.loose for one in present),
        len(lessons) - len(present),
        sum(one.bitext.loose for one in present),
        side.repository.work_tree if side.snapshot.revision is None else None,
        learn_glossary(bitexts, evidence),
        learn_label_habits(evidence),
    )


def _lessons(examiner: Examiner, pair: Pair) -> list[_Lesson]:
    """A page as it is, and the version of it that is worth more."""
    now = bitext(examiner.examine(pair).aligned)
    share = pair.target.provenance.ht_degree
    lessons = [_Lesson(now, earlier=False)]
    if share is None or share < HUMAN or now.loose:
        earlier = _earlier(examiner, pair)
        if earlier is not None:
            lessons.append(_Lesson(bitext(earlier)._replace(loose=True), earlier=True))
    return lessons


def _earlier(examiner: Examiner, pair: Pair) -> AlignedPair | None:
    """The newest version of a page that people translated wholly, beside its own source."""
    shelves = examiner.shelves
    history = shelves.target_history(pair.locale)
    version = history.human_version(pair.target.path) if history is not None else None
    base = shelves.base(pair, version.pin) if version is not None else None
    source = shelves.base_document(base)
    if version is None or not isinstance(base, Base) or source is None:
        return None
    target = shelves.targets[pair.locale].blob_document(version.blob)
    if target is None:
        return None
    return AlignedPair(
        pair.locale,
        Page(
            pair.target.path,
            version.blob,
            target,
            pair.target.provenance._replace(ht_degree=version.ht_degree),
        ),
        Page(base.path, base.blob, source),
        Basis.BASE,
        segment_pairs(source, target, align_translation(source, target)),
    )
