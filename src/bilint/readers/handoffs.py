"""The hand-offs of translated pages, and those in which people edited what a machine had made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from bilint.model.history import Handoff, PostEdit, Version
from bilint.model.page import Provenance
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.readers.git import Repository

_NOTHING = Provenance()


class _Said(NamedTuple):
    """A version and what its front matter says."""

    version: Version
    provenance: Provenance

    @property
    def claim(self) -> tuple[str | None, str | None, float | None]:
        """What a script leaves as it is."""
        said = self.provenance
        return said.pin, said.workflow, said.ht_degree


def read_handoffs(
    repository: Repository,
    commit: str,
    root: str,
    profile: Profile,
    is_page: Callable[[str], bool],
    read_provenance: Callable[[bytes], Provenance],
) -> Mapping[str, tuple[Handoff, ...]]:
    """The hand-offs of every page that there ever was below `root`, by path, newest first.

    Pages that were deleted since tell as much of the quality of a translation as those that are
    there. What scripts committed is passed over.
    """
    histories = repository.versions(
        commit,
        root,
        message_pin=profile.message_pin,
        robot_message=profile.robot_message,
        gone=True,
    )
    pages = {path: versions for path, versions in histories.items() if is_page(path)}
    blobs = dict.fromkeys(one.blob for versions in pages.values() for one in versions)
    said = {
        blob: read_provenance(content)
        for blob, content in repository.read(blobs)
        if isinstance(content, bytes)
    }
    return {
        path: tuple(
            _handoffs(path, [_Said(one, said.get(one.blob, _NOTHING)) for one in versions], profile)
        )
        for path, versions in sorted(pages.items())
    }


def _handoffs(path: str, versions: Sequence[_Said], profile: Profile) -> Iterator[Handoff]:
    """The versions that a hand-off made, or a person: a script leaves alone what a page claims."""
    for at, one in enumerate(versions):
        version, said = one.version, one.provenance
        older = versions[at + 1] if at + 1 < len(versions) else None
        by_script = version.robot and version.message_pin is None
        if by_script and older is not None and older.claim == one.claim:
            continue
        yield Handoff(
            path,
            version.commit,
            version.blob,
            version.when,
            said.pin or version.message_pin,
            said.ht_degree,
            said.workflow in profile.human_workflows,
        )


def post_edits(handoffs: Iterable[Handoff]) -> Iterator[PostEdit]:
    """Of one page's hand-offs, newest first: where people edited a machine's at the same pin.

    Both stand directly one after the other. A share that only rose is told apart.
    """
    for later, earlier in pairwise(handoffs):
        if later.pin is None or later.pin != earlier.pin or later.blob == earlier.blob:
            continue
        if earlier.human:
            continue
        if later.human:
            yield PostEdit(earlier, later)
        elif earlier.share is not None and earlier.share < (later.share or 0.0):
            yield PostEdit(earlier, later, by_people=False)
