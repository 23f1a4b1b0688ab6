"""Which source page each translated page belongs to, and how that was found out.

The first that answers decides: the id in the front matter, the same path below the roots, a
rename in the source's history, the redirects table, likeness of content. Pages in, a `Pairing`
out: the result does not depend on the order of the input, and its cost grows with the number of
pages, not with its square.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from bilint.model.finding import Confidence
from bilint.model.page import Header
from bilint.model.pair import Clash, Pair, PairedBy, Pairing, Untranslated
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple

LIKE_ENOUGH = 0.9
"""The least likeness by which a page is paired.

By structure and tokens, 685 of 1,010 real pages found their own source among all others with this
and the margin below, and none another's; at 0.80 four did, and at 0.85 an orphan found a stranger.
"""

CLEAR_MARGIN = 0.1
"""How far the next best must lie behind, on either side."""

RIVAL = LIKE_ENOUGH - CLEAR_MARGIN
"""The likeness below which a page is no rival to one that is like enough."""

_MOST_COMPARISONS = 50
"""How many source pages a left-over target page is compared with at most."""

_MOST_RIVALS = 20
_LONGEST_TRAIL = 50


def pair_locale(
    locale: str,
    targets: Sequence[Header],
    sources: Sequence[Header],
    *,
    profile: Profile,
    target_root: str = "",
    source_root: str = "",
    renames: Callable[[Collection[Header]], Mapping[str, str]] | None = None,
    redirects: Mapping[str, str] | None = None,
    likeness: Callable[[Header, Header], float] | None = None,
) -> Pairing:
    """Pair the target pages of one locale with the source pages at head.

    Pages outside their root are left out. `renames` maps old to new paths of the source
    repository and is asked at most once, only when id and path left something open, for the
    target pages that are; `redirects` maps old to new page paths below the roots; `likeness` of a
    target and a source page is in 0..1, any number below `RIVAL` is as good as another there, and
    it is asked of left-over pages only.
    """
    desk = _Desk(locale, _below(targets, target_root), _below(sources, source_root), profile)
    past = _Past(renames, source_root, desk.targets)
    _pair_by_id(desk, past)
    _pair_by_path(desk)
    _pair_by_rename(desk, past)
    _pair_by_redirect(desk, redirects or {})
    if likeness is not None:
        _pair_by_likeness(desk, likeness)
    return desk.pairing()


def _below(pages: Iterable[Header], root: str) -> dict[str, Header]:
    """Pages by their path below `root`, in the order of paths."""
    prefix = f"{root}/" if root else ""
    return {
        page.path[len(prefix) :]: page
        for page in sorted(pages, key=lambda page: page.path)
        if page.path.startswith(prefix)
    }


class _Past:
    """The renames of the source repository, asked for when first needed."""

    def __init__(
        self,
        renames: Callable[[Collection[Header]], Mapping[str, str]] | None,
        root: str,
        targets: Mapping[str, Header],
    ) -> None:
        self._ask = renames
        self._targets = targets
        self._prefix = f"{root}/" if root else ""
        self._answer: Mapping[str, str] | None = None

    def trail(self, path: str) -> Iterator[str]:
        """Where the source page that was at `path` went, step by step, below the root."""
        if self._answer is None:
            self._answer = self._ask(self._targets.values()) if self._ask else {}
        for step in _follow(self._answer, self._prefix + path):
            if step.startswith(self._prefix):
                yield step[len(self._prefix) :]


def _follow(moves: Mapping[str, str], path: str) -> Iterator[str]:
    """The paths that `path` led to, nearest first; a circle or an endless chain is cut."""
    for _ in range(_LONGEST_TRAIL):
        following = moves.get(path)
        if following is None:
            return
        path = following
        yield path


class _Desk:
    """What is still open, and what has been settled."""

    def __init__(
        self,
        locale: str,
        targets: dict[str, Header],
        sources: dict[str, Header],
        profile: Profile,
    ) -> None:
        self.locale = locale
        self.targets = targets
        self.sources = sources
        self._navigation = profile.navigation_names
        self._pairs: list[Pair] = []
        self._clashes: list[Clash] = []
        self.bearers = self._by_id(targets)
        self.owners = self._by_id(sources)
        self._open_bearers = {identity: len(paths) for identity, paths in self.bearers.items()}
        self._open_owners = {identity: len(paths) for identity, paths in self.owners.items()}

    def is_navigation(self, path: str) -> bool:
        """Whether it is a table of contents, which only its path identifies."""
        return path.rpartition("/")[2] in self._navigation

    def ids(self, path: str, page: Header) -> tuple[str, ...]:
        """The ids that count for pairing."""
        return () if self.is_navigation(path) else page.provenance.ids

    def _by_id(self, pages: Mapping[str, Header]) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for path, page in pages.items():
            for identity in dict.fromkeys(self.ids(path, page)):
                index.setdefault(identity, []).append(path)
        return index

    def is_single(self, identity: str) -> bool:
        """Whether one open target and one open source bear this id."""
        return self._open_bearers.get(identity) == 1 and self._open_owners.get(identity) == 1

    def is_contested(self, identity: str) -> bool:
        """Whether open pages on both sides bear this id."""
        return bool(self._open_bearers.get(identity) and self._open_owners.get(identity))

    def open_bearers(self, identity: str) -> list[str]:
        """Paths of the open targets that bear this id."""
        return [path for path in self.bearers[identity] if path in self.targets]

    def open_owners(self, identity: str) -> list[str]:
        """Paths of the open sources that bear this id."""
        return [path for path in self.owners[identity] if path in self.sources]

    def shared_id(self, target: str, source: str) -> str | None:
        """The first id that two open pages have in common."""
        theirs = self.ids(source, self.sources[source])
        ours = self.ids(target, self.targets[target])
        return next((identity for identity in ours if identity in theirs), None)

    def ids_differ(self, target: str, source: str) -> bool:
        """Whether both pages bear ids, and none in common."""
        theirs = self.ids(source, self.sources[source])
        ours = self.ids(target, self.targets[target])
        return bool(ours and theirs) and not set(ours) & set(theirs)

    def settle(
        self, target: str, source: str, by: PairedBy, confidence: Confidence, evidence: str
    ) -> None:
        """Two open pages belong together."""
        differ = self.ids_differ(target, source)
        if differ:
            confidence = Confidence.LOW
            evidence += "; the ids differ"
        page = self._take_target(target)
        self._pairs.append(
            Pair(
                self.locale,
                page,
                self._take_source(source),
                by,
                confidence,
                moved=target != source,
                ids_differ=differ,
                rivals=self._rivals(target, page),
                evidence=evidence,
            )
        )

    def clash(self, identity: str, targets: Iterable[str], source: str) -> None:
        """Nothing decides which of several open targets belongs to a source."""
        pages = tuple(self._take_target(path) for path in targets)
        self._clashes.append(Clash(self.locale, identity, pages, self._take_source(source)))

    def _take_target(self, path: str) -> Header:
        page = self.targets.pop(path)
        for identity in dict.fromkeys(self.ids(path, page)):
            self._open_bearers[identity] -= 1
        return page

    def _take_source(self, path: str) -> Header:
        page = self.sources.pop(path)
        for identity in dict.fromkeys(self.ids(path, page)):
            self._open_owners[identity] -= 1
        return page

    def _rivals(self, path: str, page: Header) -> tuple[str, ...]:
        prefix = page.path[: len(page.path) - len(path)]
        rivals = {
            prefix + other
            for identity in self.ids(path, page)
            for other in self.bearers[identity][: _MOST_RIVALS + 1]
            if other != path
        }
        return tuple(sorted(rivals)[:_MOST_RIVALS])

    def pairing(self) -> Pairing:
        """Everything; what is still open has no partner."""
        lone = [
            Pair(
                self.locale,
                page,
                None,
                None,
                rivals=self._rivals(path, page),
                evidence=self._why_lone(path, page),
            )
            for path, page in self.targets.items()
        ]
        return Pairing(
            self.locale,
            tuple(sorted(self._pairs + lone, key=lambda pair: pair.target.path)),
            tuple(sorted(self._clashes, key=lambda clash: clash.targets[0].path)),
            tuple(
                Untranslated(self.locale, page)
                for page in sorted(self.sources.values(), key=lambda page: page.path)
            ),
        )

    def _why_lone(self, path: str, page: Header) -> str:
        ids = self.ids(path, page)
        if any(identity in self.owners for identity in ids):
            return "the source page of its id belongs to another page, and none is at its path"
        return f"no source page bears its {'id or ' if ids else ''}path"


def _pair_by_id(desk: _Desk, past: _Past) -> None:
    for path in list(desk.targets):
        if path in desk.sources and (identity := desk.shared_id(path, path)):
            many = len(desk.bearers[identity]) > 1 or len(desk.owners[identity]) > 1
            evidence = f"both bear the id {identity}"
            if many:
                evidence += ", as others do; the same path decides"
            desk.settle(path, path, PairedBy.ID, Confidence.HIGH, evidence)
    _pair_single_ids(desk)
    if not any(map(desk.is_contested, desk.owners)):
        return
    claims = _claims(desk, past.trail, desk.shared_id)
    for claim in claims:
        identity = desk.shared_id(claim.target, claim.source)
        evidence = f"both bear the id {identity}, as others do; a rename in the source decides"
        desk.settle(claim.target, claim.source, PairedBy.ID, Confidence.HIGH, evidence)
    _pair_single_ids(desk)
    for identity in sorted(desk.owners):
        if desk.is_contested(identity):
            _settle_contested(desk, identity)


def _pair_single_ids(desk: _Desk) -> None:
    for path, page in list(desk.targets.items()):
        single = next(filter(desk.is_single, desk.ids(path, page)), None)
        if single is None:
            continue
        alone = len(desk.bearers[single]) == 1 and len(desk.owners[single]) == 1
        desk.settle(
            path,
            desk.open_owners(single)[0],
            PairedBy.ID,
            Confidence.HIGH if alone else Confidence.MEDIUM,
            f"both bear the id {single}" + ("" if alone else "; others do too, and are paired"),
        )


def _settle_contested(desk: _Desk, identity: str) -> None:
    """Several open pages bear one id, and neither the same path nor a rename chose."""
    owners = desk.open_owners(identity)
    bearers = desk.open_bearers(identity)
    if len(bearers) > 1:
        # A page that stands where another source page stands belongs to that one.
        bearers = [path for path in bearers if path not in desk.sources]
    if len(bearers) > 1:
        desk.clash(identity, bearers, owners[0])
    elif bearers and len(owners) > 1:
        evidence = f"{len(owners)} source pages bear the id {identity}; the first was taken"
        desk.settle(bearers[0], owners[0], PairedBy.ID, Confidence.LOW, evidence)
    elif bearers:
        evidence = f"both bear the id {identity}; others that do stand at paths of their own"
        desk.settle(bearers[0], owners[0], PairedBy.ID, Confidence.MEDIUM, evidence)


def _pair_by_path(desk: _Desk) -> None:
    for path in list(desk.targets):
        if path in desk.sources:
            evidence = "the same path below the roots"
            desk.settle(path, path, PairedBy.PATH, Confidence.HIGH, evidence)


class _Claim(NamedTuple):
    """A target whose page once moved to `source`; the fewer steps, the better."""

    source: str
    steps: int
    target: str


def _claims(
    desk: _Desk,
    trail: Callable[[str], Iterator[str]],
    accept: Callable[[str, str], object],
) -> list[_Claim]:
    """The best claim on each open source, by the first open source on each target's trail."""
    best: dict[str, _Claim] = {}
    for target in desk.targets:
        if desk.is_navigation(target):
            continue
        for steps, source in enumerate(trail(target)):
            if source in desk.sources and accept(target, source):
                claim = _Claim(source, steps, target)
                best[source] = min(best.get(source, claim), claim)
                break
    return sorted(best.values())


def _pair_by_rename(desk: _Desk, past: _Past) -> None:
    if not desk.sources or all(map(desk.is_navigation, desk.targets)):
        return
    for claim in _claims(desk, past.trail, lambda _target, source: not desk.is_navigation(source)):
        evidence = f"renamed in the source from {claim.target}"
        desk.settle(claim.target, claim.source, PairedBy.RENAME, Confidence.HIGH, evidence)


def _pair_by_redirect(desk: _Desk, redirects: Mapping[str, str]) -> None:
    # A page that was given up is redirected too: differing ids tell it from one that moved.
    for claim in _claims(
        desk,
        lambda path: _follow(redirects, path),
        lambda target, source: (
            not desk.is_navigation(source) and not desk.ids_differ(target, source)
        ),
    ):
        evidence = f"moved by the redirects table from {claim.target}"
        desk.settle(claim.target, claim.source, PairedBy.REDIRECT, Confidence.MEDIUM, evidence)


def _pair_by_likeness(desk: _Desk, likeness: Callable[[Header, Header], float]) -> None:
    """Pair left-over pages that are clearly the best for each other."""
    scores: dict[tuple[str, str], float] = {}
    candidates = _Candidates(desk)
    for target, page in desk.targets.items():
        for source in candidates.of(target):
            scores[target, source] = likeness(page, desk.sources[source])
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    of_target: dict[str, list[float]] = {}
    of_source: dict[str, list[float]] = {}
    for target, source in ranked:
        of_target.setdefault(target, []).append(scores[target, source])
        of_source.setdefault(source, []).append(scores[target, source])
    for target, source in ranked:
        score = scores[target, source]
        following = max(_following(of_target[target]), _following(of_source[source]))
        best = score == of_target[target][0] == of_source[source][0]
        if score >= LIKE_ENOUGH and best and score - following >= CLEAR_MARGIN:
            next_best = f"the next best {following:.2f}"
            if following < RIVAL:
                next_best = f"all others below {RIVAL:.2f}"
            evidence = f"likeness {score:.2f}, {next_best}"
            desk.settle(target, source, PairedBy.LIKENESS, Confidence.LOW, evidence)


def _following(scores: Sequence[float]) -> float:
    return scores[1] if len(scores) > 1 else 0.0


class _Candidates:
    """The open source pages worth comparing with a target: same name, same folder, or all."""

    def __init__(self, desk: _Desk) -> None:
        self._desk = desk
        self._all = [path for path in desk.sources if not desk.is_navigation(path)]
        self._by_name: dict[str, list[str]] = {}
        self._by_folder: dict[str, list[str]] = {}
        for path in self._all:
            folder, _, name = path.rpartition("/")
            self._by_name.setdefault(name, []).append(path)
            self._by_folder.setdefault(folder, []).append(path)

    def of(self, target: str) -> list[str]:
        """At most a fixed number of source paths whose ids do not speak against the target."""
        if self._desk.is_navigation(target):
            return []
        folder, _, name = target.rpartition("/")
        near = [*self._by_name.get(name, ()), *self._by_folder.get(folder, ())]
        chosen = dict.fromkeys([*near[:_MOST_COMPARISONS], *self._all[:_MOST_COMPARISONS]])
        fitting = [path for path in chosen if not self._desk.ids_differ(target, path)]
        return fitting[:_MOST_COMPARISONS]
