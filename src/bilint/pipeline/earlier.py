"""What a page said in earlier versions, beside the source that these were made from."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.alignment.translation import align_translation
from bilint.model.history import Base
from bilint.model.pair import Pair
from bilint.model.segment_text import digest
from bilint.pipeline.shelves import Shelves
from bilint.readers.page import read_provenance


def earlier_translations(
    shelves: Shelves, pair: Pair, wanted: str, most: int
) -> Iterator[tuple[str, str, bool]]:
    """Translations of a source text in the past of a page, the newest first.

    Each comes with its commit and with whether people translated that version. `wanted` is the
    digest of the source text; versions whose own source is not known say nothing.
    """
    history = shelves.target_history(pair.locale)
    if history is None:
        return
    workspace = shelves.workspace
    library = shelves.targets[pair.locale]
    seen = {pair.target.blob}
    for version in history.versions(pair.target.path)[:most]:
        if version.blob in seen:
            continue
        seen.add(version.blob)
        data = library.blob_data(version.blob)
        if data is None:
            continue
        said = read_provenance(data, workspace.profile, workspace.settings.limits)
        base = shelves.base(pair, said.pin or version.message_pin)
        document = library.blob_document(version.blob)
        source = shelves.base_document(base) if isinstance(base, Base) else None
        if document is None or source is None:
            continue
        places = [i for i, one in enumerate(source.segments) if digest(one.text) == wanted]
        if not places:
            continue
        rights = align_translation(source, document).rights()
        for place in places:
            if place in rights:
                human = said.ht_degree == 100 or (
                    (said.workflow or "").lower() in workspace.profile.human_workflows
                )
                yield document.segments[rights[place]].text, version.commit, human
                break
