"""Headers read and paired: a whole corpus, or only what a few pages need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from bilint.alignment import Structure
from bilint.model.finding import Skipped
from bilint.model.history import Unknown
from bilint.model.page import Header
from bilint.model.pair import Pair, Pairing
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.pairing import RIVAL, pair_locale
from bilint.pipeline.examine import Examiner
from bilint.pipeline.library import Library
from bilint.pipeline.scope import PageName
from bilint.pipeline.shelves import other_path
from bilint.pipeline.workspace import Side
from bilint.readers.git import MissingObjectError, Repository

if TYPE_CHECKING:
    from bilint.readers.redirects import Move


class Paired(NamedTuple):
    """The pages of a run: those of the source that take part, and the pairing of each locale.

    `sources` are the source pages to be checked themselves. `dependants` are pairs that are
    judged but not checked: it is their source page that was asked for. `whole` says that all
    pages of every locale are there.
    """

    sources: tuple[Header, ...]
    pairings: tuple[Pairing, ...]
    dependants: tuple[Pair, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    whole: bool = True


def pair_all(examiner: Examiner) -> Paired:
    """Every page of every locale."""
    workspace = examiner.workspace
    sources = _source_headers(examiner)
    pairings = tuple(
        _pair(
            examiner,
            locale,
            examiner.targets[locale].headers((*workspace.page_paths(side), *_unread(side))),
            sources,
            deep=True,
        )
        for locale, side in sorted(workspace.targets.items())
    )
    skipped = (*_without_source(examiner), *_without_pages(examiner), *_left_out(examiner))
    return Paired(sources, pairings, skipped=skipped)


def _without_pages(examiner: Examiner) -> Iterator[Skipped]:
    """Sides without any page: perhaps the root is not what it should be."""
    for library in (examiner.source, *examiner.targets.values()):
        if library is not None and not examiner.workspace.page_paths(library.side):
            where = f"below {library.side.root}" if library.side.root else "in it"
            yield Skipped(None, None, f"{library.side.repository.path}: there is no page {where}")


def _without_source(examiner: Examiner) -> Iterator[Skipped]:
    missing = examiner.workspace.source_missing
    if missing is not None:
        yield Skipped(None, None, f"{missing}; nothing is compared with the source")


def _unread(side: Side) -> Iterator[str]:
    """Pages that are there and cannot be read, such as symbolic links."""
    return (path for path, _problem in side.snapshot.problems if side.is_page(path))


def _left_out(examiner: Examiner) -> Iterator[Skipped]:
    """Pages of the source that are there and cannot be read; targets bear it as their reason."""
    if examiner.source is not None:
        for path, problem in examiner.source.side.snapshot.problems:
            if examiner.source.side.is_page(path):
                yield Skipped(None, path, problem.message)


def _left_out_of_hook(examiner: Examiner) -> Iterator[Skipped]:
    for library in (examiner.source, *examiner.targets.values()):
        if library is not None and library.side.at_home:
            for path, problem in examiner.workspace.left_out(library.side):
                yield Skipped(None, path, problem.message)


def pair_some(examiner: Examiner, names: Sequence[PageName]) -> Paired:
    """Only the pages named, each tried at its own path first.

    Its partner there is accepted when their ids agree or one has none. Otherwise the whole locale
    is paired, as in a run over all pages. A hook has no time for what costs more than headers:
    renames, redirects and likeness. Nor does it look further for the translations of a source
    page without an id, or say that there is none.
    """
    hook = examiner.workspace.request.hook
    in_hook = hook is not None and hook.staged
    paths: dict[str | None, list[str]] = {}
    for name in names:
        paths.setdefault(name.locale, []).append(name.path)
    library = examiner.source
    sources = library.headers(paths.get(None, ())) if library is not None else ()
    wanted = {
        locale: _Wanted(frozenset(paths.get(locale, ())), sources) for locale in examiner.targets
    }
    found = [
        _chosen(_pair_wanted(examiner, locale, asked, in_hook=in_hook), asked, in_hook=in_hook)
        for locale, asked in sorted(wanted.items())
        if asked.paths or asked.sources
    ]
    return Paired(
        sources,
        tuple(one for one, _ in found if one.pairs or one.clashes or one.untranslated),
        tuple(pair for _, dependants in found for pair in dependants),
        (*_without_source(examiner), *_left_out_of_hook(examiner)),
        whole=False,
    )


class _Wanted(NamedTuple):
    """What of a locale is asked for: target pages, and the translations of source pages."""

    paths: frozenset[str]
    sources: tuple[Header, ...]


def _pair_wanted(examiner: Examiner, locale: str, wanted: _Wanted, *, in_hook: bool) -> Pairing:
    library, source = examiner.targets[locale], examiner.source
    if source is None:
        return _pair(examiner, locale, library.headers(sorted(wanted.paths)), ())
    root, source_root = library.side.root, source.side.root
    beside = (other_path(header.path, source_root, root) for header in wanted.sources)
    targets = library.headers(
        sorted(wanted.paths.union(path for path in beside if library.side.snapshot.exists(path)))
    )
    at_paths = (other_path(header.path, root, source_root) for header in targets)
    headers = source.headers(path for path in at_paths if source.side.snapshot.exists(path))
    pairing = _pair(examiner, locale, targets, headers)
    if _is_settled(pairing, wanted, in_hook=in_hook):
        return pairing
    workspace = examiner.workspace
    everything = library.headers(workspace.page_paths(library.side))
    # A page that was named although git does not track it yet is none of them.
    known = {header.path for header in everything}
    return _pair(
        examiner,
        locale,
        (*everything, *(header for header in targets if header.path not in known)),
        _source_headers(examiner),
        deep=not in_hook,
    )


def _is_settled(pairing: Pairing, wanted: _Wanted, *, in_hook: bool) -> bool:
    """Whether each page has its partner at its own path, and no ids speak against it."""
    sound = [pair for pair in pairing.pairs if pair.source is not None and not pair.ids_differ]
    partners = {pair.source.path for pair in sound if pair.source is not None}
    return wanted.paths <= {pair.target.path for pair in sound} and all(
        source.path in partners or (in_hook and not source.provenance.ids)
        for source in wanted.sources
    )


def _chosen(
    pairing: Pairing, wanted: _Wanted, *, in_hook: bool
) -> tuple[Pairing, tuple[Pair, ...]]:
    """What was asked for out of a pairing, and the pairs that are there for their source only."""
    sources = {header.path for header in wanted.sources}
    pairs = tuple(pair for pair in pairing.pairs if pair.target.path in wanted.paths)
    dependants = tuple(
        pair
        for pair in pairing.pairs
        if pair.target.path not in wanted.paths
        and pair.source is not None
        and pair.source.path in sources
    )
    clashes = (
        clash._replace(targets=tuple(t for t in clash.targets if t.path in wanted.paths))
        for clash in pairing.clashes
    )
    missing = () if in_hook else pairing.untranslated
    chosen = Pairing(
        pairing.locale,
        pairs,
        tuple(clash for clash in clashes if clash.targets),
        tuple(page for page in missing if page.source.path in sources),
    )
    return chosen, dependants


def _source_headers(examiner: Examiner) -> tuple[Header, ...]:
    library = examiner.source
    if library is None:
        return ()
    return library.headers(examiner.workspace.page_paths(library.side))


def _pair(
    examiner: Examiner,
    locale: str,
    targets: Sequence[Header],
    sources: Sequence[Header],
    *,
    deep: bool = False,
) -> Pairing:
    """Pair pages; `deep` also by renames, redirects and likeness.

    Only whole locales: among a few pages every other source page looks free.
    """
    source = examiner.source
    library = examiner.targets[locale]

    structures: dict[str, Structure] = {}

    def structure(of: Library, header: Header) -> Structure:
        if header.blob not in structures:
            structures[header.blob] = Structure.of(of.document(header))
            of.retain(header.blob)
        return structures[header.blob]

    def likeness(target: Header, candidate: Header) -> float:
        if source is None:
            return 0.0
        ours, theirs = structure(source, candidate), structure(library, target)
        if ours.at_most(theirs) < RIVAL:
            return 0.0
        return ours.likeness(theirs) if ours.telling and theirs.telling else 0.0

    return pair_locale(
        locale,
        targets,
        sources,
        target_root=library.side.root,
        source_root=source.side.root if source else "",
        profile=examiner.workspace.profile,
        renames=(lambda pages: _renames(source.side, library.side, pages))
        if source and deep
        else None,
        redirects=_redirects(examiner, locale, targets, sources) if deep else None,
        likeness=likeness if deep else None,
    )


def _renames(source: Side, side: Side, pages: Collection[Header]) -> Mapping[str, str]:
    """The renames in the source that may have taken pages away from where some targets stand."""
    commit = source.snapshot.revision or source.repository.head()
    if commit is None:
        return {}
    places = [
        (page.provenance.pin, other_path(page.path, side.root, source.root)) for page in pages
    ]
    return source.repository.renames(commit, source.root, since=_since(source.repository, places))


def _since(repository: Repository, places: Sequence[tuple[str | None, str]]) -> str | None:
    """The earliest of some pins, if the page stood at its path there: what came before is past.

    None where that does not hold for all of them.
    """
    known = [
        (commit, path)
        for pin, path in places
        if pin is not None and not isinstance(commit := repository.find_commit(pin), Unknown)
    ]
    if len(known) < len(places):
        return None
    repository.warm_files(known)
    try:
        if any(repository.file(commit, path) is None for commit, path in known):
            return None
    except MissingObjectError:
        return None
    found = [one for one in {repository.commit(commit) for commit, _ in known} if one]
    return min(found, key=lambda one: (one.when, one.id)).id if found else None


def _redirects(
    examiner: Examiner, locale: str, targets: Sequence[Header], sources: Sequence[Header]
) -> Mapping[str, str]:
    """Which pages moved by the tables of redirects of both sides, paths below the roots."""
    name = examiner.workspace.profile.redirects
    sides = (examiner.workspace.source, examiner.workspace.targets[locale])
    if name is None or sides[0] is None:
        return {}
    new = {other_path(header.path, sides[0].root, "") for header in sources}
    lost = {other_path(header.path, sides[1].root, "") for header in targets} - new
    if not lost:
        return {}
    from bilint.readers.redirects import moved_pages

    moves = [move for side in sides if side for move in _moves(side, name)]
    return moved_pages(dict.fromkeys(moves), lost, new)


def _moves(side: Side, name: str) -> Iterator[Move]:
    from bilint.readers.redirects import read_redirects

    if side.snapshot.exists(name):
        for _path, _blob, data in side.snapshot.read((name,)):
            if isinstance(data, bytes):
                yield from read_redirects(data).moves
