"""What a folder looks like to `bilint init`: where the source is, where the translations are.

Only names of folders, and the beginnings of a few pages, are looked at; git is never asked.
"""

# os.path as in the other readers.
# ruff: noqa: PTH110, PTH113, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice

from bilint.model.config import Location
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.readers.remotes import page_address, remote_addresses
from bilint.readers.settings_text import render_settings

_MOST_ENTRIES = 2_000
_MOST_FOLDERS = 300
_MOST_LOCALES = 100
_PAGES_COMPARED = 200
_PAGES_OPENED = 50
_BYTES_OPENED = 4_096

_PAGE_FOLDERS = ("help", "docs", "source_docs", "content", "doc", "src")
_LOCALE_FOLDERS = ("locales", "i18n", "translations", "l10n")
_NESTED = ("docusaurus-plugin-content-docs/current", "docs", "")

# ISO 639-1: a folder of two letters is a language only if it is one of these.
_CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu "
    "cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
    "ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks "
    "ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl "
    "nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
    "vi vo wa wo xh yi yo za zh zu "
)
_LANGUAGES = frozenset(_CODES.split())
_TAG = late(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_AFTER_HYPHEN = late(
    r"(?P<name>.+?)[-_](?P<tag>(?P<language>[a-z]{2})"
    r"(?:[-_](?:[A-Z][a-z]{3}|hans|hant|cyrl|latn))?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?)"
)


_UNTAGGED = ""
"""What stands for the language of a source that names none: `shop` beside `shop.it-IT`."""


class LayoutKind(StrEnum):
    """How source and translations lie to each other."""

    SIBLINGS = "siblings"
    FOLDERS = "folders"
    LOCALIZED = "localized"
    GIVEN = "given"
    NOTHING = "nothing"


class Layout(NamedTuple):
    """What was recognised. Repositories are relative to the folder that was looked at.

    `root` is the pages' folder where it is the same in all repositories. `reasons` are sentences
    that say what was decided and by what; `doubts` what a person should look at. `forge` are
    templates of where the pages can be seen, by locale and of the `source`.
    """

    kind: LayoutKind
    source: Location | None = None
    targets: Mapping[str, Location] = {}
    root: str = ""
    reasons: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    forge: Mapping[str, str] = {}


class _Group(NamedTuple):
    """Repositories beside each other whose names differ in the language only."""

    name: str
    members: Mapping[str, str]


def recognise(folder: str, profile: Profile) -> Layout:
    """Look at a folder. Answers with what it could tell, which may be nothing."""
    if _is_repository(folder):
        return (
            _folders(folder, profile)
            or _one_of_siblings(folder, profile)
            or _localized(folder, profile)
            or _NOTHING
        )
    return (
        _siblings_inside(folder, profile)
        or _folders(folder, profile)
        or _one_of_siblings(folder, profile)
        or _localized(folder, profile)
        or _NOTHING
    )


def given(source: Location | None, targets: Mapping[str, Location], root: str) -> Layout:
    """The layout that somebody names himself; nothing is looked for."""
    reasons = [f"{source.repository} is the source."] if source else []
    if targets:
        reasons.append(f"Translated into {_and(sorted(targets))}.")
    if root:
        reasons.append(f"The pages are in {root}/.")
    doubts = [] if source else ["Fill in `[source]`."]
    if not targets:
        doubts.append("Fill in a `[target]` for every locale.")
    return Layout(LayoutKind.GIVEN, source, targets, root, tuple(reasons), tuple(doubts))


def with_root(layout: Layout, root: str) -> Layout:
    """A layout with this folder of pages in all repositories."""
    return layout._replace(
        source=layout.source and layout.source._replace(root=root),
        targets={locale: place._replace(root=root) for locale, place in layout.targets.items()},
        root=root,
        reasons=(*layout.reasons, f"As named, the pages in {root or '.'}/ count and no others."),
    )


def with_forge(layout: Layout, folder: str) -> Layout:
    """A layout with where its pages can be seen, if the addresses of its clones tell."""
    places = {"source": layout.source, **layout.targets} if layout.source else layout.targets
    found = {
        name: address
        for name, place in sorted(places.items())
        if (address := page_address(os.path.join(folder, place.repository))) is not None
    }
    if not found:
        return layout
    hosts = _and(dict.fromkeys(address.split("/")[2] for address in found.values()))
    reason = f"Reports can link to the pages on {hosts}, where they were cloned from."
    return layout._replace(forge=found, reasons=(*layout.reasons, reason))


def layout_settings(layout: Layout) -> str:
    """A commented settings file for a layout."""
    values: dict[tuple[str, ...], object] = {}
    if layout.root:
        values[("root",)] = layout.root
    places = {("target", locale): place for locale, place in sorted(layout.targets.items())}
    if layout.source is not None:
        places = {("source",): layout.source, **places}  # type: ignore[dict-item]
    for path, place in places.items():
        values[(*path, "repository")] = place.repository
        if place.revision is not None:
            values[(*path, "revision")] = place.revision
        if place.root != layout.root:
            values[(*path, "root")] = place.root
    for name, address in layout.forge.items():
        values["forge", name] = address
    return render_settings(values)


# Repositories beside each other: name.en, name.it-IT, ...; name-en, name-it; name, name.it-IT.


def _siblings_inside(folder: str, profile: Profile) -> Layout | None:
    found = [(group, _source_of(group)) for group in _groups(folder)]
    groups = [(group, tag) for group, tag in found if tag is not None and len(group.members) > 1]
    if not groups:
        return None
    groups.sort(key=lambda item: (-len(item[0].members), item[0].name))
    layout = _sibling_layout(folder, *groups[0], "", profile)
    others = [
        f"There is also {group.name}, which needs settings of its own." for group, _ in groups[1:]
    ]
    return layout._replace(doubts=(*layout.doubts, *others))


def _one_of_siblings(folder: str, profile: Profile) -> Layout | None:
    """The folder is one of several repositories; the others lie beside it."""
    here = os.path.realpath(folder)
    name, tag = _split(os.path.basename(here), hyphens=True)
    beside = os.path.dirname(here)
    if tag is None:
        name, tag = name.removesuffix(".git"), _UNTAGGED
    group = next((group for group in _groups(beside) if group.name == name), None)
    source = _source_of(group) if group else None
    if group is None or source is None or len(group.members) < 2 or tag not in group.members:
        return None
    members = {**group.members, tag: os.path.basename(here)}
    if tag != source:
        members = {wanted: members[wanted] for wanted in (source, tag)}
    group = _Group(name, members)
    return _sibling_layout(beside, group, source, os.path.basename(here), profile)


def _sibling_layout(
    folder: str, group: _Group, source: str, present: str, profile: Profile
) -> Layout:
    """The layout of a group in `folder`, seen from `present`, one of its members or none."""
    doubts: tuple[str, ...] = ()
    looked_at = [
        os.path.join(folder, name) for name in group.members.values() if not name.endswith(".git")
    ]
    root = _common_root(looked_at, profile)
    reasons = [
        f"{_and(group.members.values())} are one documentation in several languages,"
        f" by their names; {group.members[source]} is the source."
    ]
    if root:
        reasons.append(f"Their pages are in {root}/.")
    elif looked_at:
        reasons.append("They have no folder of pages in common, so every page counts.")
    else:
        doubts = ("They are bare, so their files were not seen: name the pages' `root`.",)

    def place(name: str) -> Location:
        return Location(_seen_from(present, name), None, root)

    return Layout(
        LayoutKind.SIBLINGS,
        place(group.members[source]),
        {_locale(tag): place(name) for tag, name in group.members.items() if tag != source},
        root,
        tuple(reasons),
        doubts,
    )


def _seen_from(present: str, name: str) -> str:
    if not present:
        return name
    return "." if name == present else f"../{name}"


def _groups(folder: str) -> list[_Group]:
    """What stands in a folder, by names; a checkout may lie elsewhere, behind a symbolic link."""
    entries = [
        entry.name
        for entry in _entries(folder)
        if entry.is_dir() and _is_repository(os.path.join(folder, entry.name))
    ]
    found: dict[str, dict[str, str]] = {}
    dotted = set()
    for entry in entries:
        name, tag = _split(entry, hyphens=True)
        if tag is None:
            continue
        if _split(entry)[1] is not None:
            dotted.add(name)
        members = found.setdefault(name, {})
        # A checkout says more than the bare repository beside it.
        if tag not in members or members[tag].endswith(".git"):
            members[tag] = entry
    for entry in entries:
        # Nobody calls a program `shop.it`; but `shop-is` may well be one.
        name = entry.removesuffix(".git")
        if name in dotted and not any(_primary(tag) == "en" for tag in found[name]):
            found[name][_UNTAGGED] = entry
    return [_Group(name, dict(sorted(members.items()))) for name, members in found.items()]


def _source_of(group: _Group) -> str | None:
    """The tag of the source language."""
    english = [tag for tag in group.members if _primary(tag) == "en"]
    if not english and _UNTAGGED in group.members:
        return _UNTAGGED
    return min(english, key=lambda tag: (tag != "en", tag != "en-US", tag), default=None)


def _split(entry: str, *, hyphens: bool = False) -> tuple[str, str | None]:
    """`shop.it-IT.git` to `shop` and `it-IT`; with `hyphens`, `shop-it-IT` as well."""
    whole = entry.removesuffix(".git")
    name, dot, tag = whole.rpartition(".")
    if dot and name and _is_tag(tag):
        return name, tag
    match = _AFTER_HYPHEN.fullmatch(whole) if hyphens else None
    if match is not None and match["language"] in _LANGUAGES:
        return match["name"], match["tag"]
    return entry, None


# Folders of one repository.


class _Trees(NamedTuple):
    """A source folder, a translated folder for each tag, and how many paths were seen in both."""

    source: str
    targets: Mapping[str, str]
    shared: int


def _folders(folder: str, profile: Profile) -> Layout | None:
    found = [*_beside_source(folder, profile), *_below_languages(folder, profile)]
    found.sort(key=lambda trees: (-trees.shared, trees.source))
    if not found:
        return None
    chosen, *others = found
    return Layout(
        LayoutKind.FOLDERS,
        Location(".", None, chosen.source),
        {_locale(tag): Location(".", None, root) for tag, root in chosen.targets.items()},
        "",
        (
            f"{chosen.source}/ holds the source and {_and(chosen.targets.values())} its"
            f" translations: {chosen.shared} of the pages looked at stand at the same paths.",
        ),
        tuple(
            f"{other.source}/ and {_and(other.targets.values())} could be meant as well"
            f" (at the same paths: {other.shared})."
            for other in others
        ),
    )


def _beside_source(folder: str, profile: Profile) -> list[_Trees]:
    """`docs/` with `i18n/it/...`, `source_docs/` with `locales/it-IT/...`."""
    found = []
    for source in _PAGE_FOLDERS:
        pages = _pages(os.path.join(folder, source), profile)
        if not pages:
            continue
        for above in _LOCALE_FOLDERS:
            targets: dict[str, str] = {}
            shared = 0
            for tag in _tags(os.path.join(folder, above)):
                root, count = _most_shared(folder, f"{above}/{tag}", source, pages)
                if count:
                    targets[tag] = root
                    shared += count
            if targets:
                found.append(_Trees(source, targets, shared))
    return found


def _most_shared(folder: str, tree: str, source: str, pages: list[str]) -> tuple[str, int]:
    roots = [f"{tree}/{below}".rstrip("/") for below in (source, *_NESTED)]
    counts = {root: _shared(os.path.join(folder, root), pages) for root in roots}
    best = max(counts, key=lambda root: counts[root])
    return best, counts[best]


def _shared(folder: str, pages: list[str]) -> int:
    return sum(os.path.isfile(os.path.join(folder, page)) for page in pages)


def _below_languages(folder: str, profile: Profile) -> list[_Trees]:
    """`docs/en` with `docs/it`, or `en` with `it`."""
    found = []
    for above in (*_PAGE_FOLDERS, ""):
        tags = _tags(os.path.join(folder, above))
        source = _source_of(_Group(above, {tag: tag for tag in tags}))
        if source is None:
            continue

        def root(tag: str, above: str = above) -> str:
            return f"{above}/{tag}" if above else tag

        pages = _pages(os.path.join(folder, root(source)), profile)
        counts = {
            tag: _shared(os.path.join(folder, root(tag)), pages) for tag in tags if tag != source
        }
        targets = {tag: root(tag) for tag, count in counts.items() if count}
        if targets:
            found.append(_Trees(root(source), targets, sum(counts.values())))
    return found


# A localized repository with no source at hand.


def _localized(folder: str, profile: Profile) -> Layout | None:
    if not _is_repository(folder) and any(
        _is_repository(os.path.join(folder, name)) for name in _subfolders(folder)
    ):
        return None
    root = _common_root([folder], profile)
    base = os.path.join(folder, root)
    opened = _pages(base, profile, _PAGES_OPENED)
    pinned = sum(_names_a_pin(os.path.join(base, page), profile) for page in opened)
    if not pinned:
        return None
    reasons = (
        f"{pinned} of {len(opened)} pages looked at name the source commit that they were"
        " translated from: this is a translation, and its source is not at hand.",
        "Without the source only checks of the translation itself can run; name it with"
        " `[source]` as soon as there is a copy.",
    )
    names = (os.path.basename(os.path.realpath(folder)), *_remote_names(folder))
    tags = [tag for _, tag in map(_split, names) if tag is not None]
    if not tags:
        doubt = "Which language it is in cannot be told from its name: fill in the `[target]`."
        return Layout(LayoutKind.LOCALIZED, None, {}, root, reasons, (doubt,))
    targets = {_locale(tags[0]): Location(".", None, root)}
    return Layout(LayoutKind.LOCALIZED, None, targets, root, reasons)


def _names_a_pin(path: str, profile: Profile) -> bool:
    try:
        with open(path, "rb") as file:
            lines = file.read(_BYTES_OPENED).split(b"\n")
    except OSError:
        return False
    starts = tuple(f"{key}:".encode() for key in profile.pin_keys)
    return any(line.startswith(starts) for line in lines)


def _remote_names(folder: str) -> list[str]:
    """The last parts of the addresses that a checkout was cloned from."""
    return [address.rstrip("/").rpartition("/")[2] for address in remote_addresses(folder)]


_NOTHING = Layout(
    LayoutKind.NOTHING,
    reasons=(
        "Neither repositories named `name.en` and `name.it-IT` nor folders such as `docs/en`"
        " and `docs/it` with pages in common were found.",
    ),
    doubts=("Fill in `[source]` and a `[target]` for every locale.",),
)


# Looking at the disk, with bounds.


def _common_root(folders: Iterable[str], profile: Profile) -> str:
    """The first usual folder of pages that all of `folders` have; `` when there is none."""
    checkouts = list(folders)
    if not checkouts:
        return ""
    for root in _PAGE_FOLDERS:
        if all(_pages(os.path.join(folder, root), profile, 1) for folder in checkouts):
            return root
    return ""


def _pages(folder: str, profile: Profile, most: int = _PAGES_COMPARED) -> list[str]:
    """Paths of pages below a folder, those of upper folders first: at most so many."""
    found: list[str] = []
    waiting = deque([""])
    for _ in range(_MOST_FOLDERS):
        if not waiting or len(found) >= most:
            break
        here = waiting.popleft()
        for entry in _entries(os.path.join(folder, here)):
            path = f"{here}/{entry.name}" if here else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif entry.name.endswith(profile.page_suffixes) and _is_file(entry):
                found.append(path)
    return found[:most]


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_file(follow_symlinks=False)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder and not hidden, by name; nothing when it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            some = list(islice(entries, _MOST_ENTRIES))
    except OSError:
        return []
    hidden = (".", "node_modules")
    return sorted((e for e in some if not e.name.startswith(hidden)), key=lambda e: e.name)


def _subfolders(folder: str) -> list[str]:
    return [entry.name for entry in _entries(folder) if entry.is_dir(follow_symlinks=False)]


def _tags(folder: str) -> list[str]:
    return [name for name in _subfolders(folder) if _is_tag(name)][:_MOST_LOCALES]


def _is_repository(folder: str) -> bool:
    if os.path.lexists(os.path.join(folder, ".git")):
        return True
    return all(os.path.exists(os.path.join(folder, name)) for name in ("HEAD", "objects", "refs"))


def _is_tag(name: str) -> bool:
    match = _TAG.fullmatch(name)
    if match is None:
        return False
    return match[1] in _LANGUAGES or (len(match[1]) == 3 and match[1] != name)


def _primary(tag: str) -> str:
    return _locale(tag).partition("-")[0]


def _locale(tag: str) -> str:
    return tag.replace("_", "-")


def _and(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
