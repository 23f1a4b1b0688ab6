"""`link-fragment-missing`: a link leads to a place that its page does not offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bilint.checks.base import Context, Site
from bilint.checks.links.addresses import file_of, is_address, leads_away, unquoted
from bilint.checks.links.parts import LINK, link_tokens
from bilint.checks.links.twins import Twin, compared
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, SegmentKind
from bilint.model.finding import Confidence, Observation, Severity, Side
from bilint.model.page import Page
from bilint.model.profile import LinkPolicy, Profile
from bilint.model.segment_text import plain
from bilint.model.text import Span

_MARKS = "\u200b"


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each fragment that the source's page offers and the target's not."""
    if pair.source is None:
        return
    policy = context.profile.links
    offers = _Offers(pair.target, context.site, policy)
    source_offers = _Offers(pair.source, context.source_site, policy)
    told = set[str]()
    headings: dict[str, Segment] | None = None
    for twin in compared(pair, context).twins:
        if "#" not in twin.target.value or not twin.same or twin.source is None:
            continue
        fragment = _fragment(twin.target.value, policy)
        if not fragment or twin.target.value in told:
            continue
        offered = offers.by(twin.target.value)
        if offered is None or fragment in offered:
            continue
        meant = source_offers.by(twin.source.value)
        wanted = _fragment(twin.source.value, policy)
        if meant is None or wanted not in meant:
            continue
        told.add(twin.target.value)
        if headings is None:
            headings = _headings(pair)
        yield _observation(twin, fragment, headings)


def observe_source(document: Document, profile: Profile) -> Iterator[Observation]:
    """One observation for each link to a place on the very page that the page does not offer."""
    if b"](#" not in document.data:
        return
    policy = profile.links
    if any(mark in document.data for mark in policy.including):
        return
    offered: frozenset[str] | None = None
    for segment in document.segments:
        for token in link_tokens(segment) if segment.tokens else ():
            if not token.value.startswith("#") or token.kind is not LINK:
                continue
            fragment = _fragment(token.value, policy)
            if offered is None:
                from bilint.model.anchors import anchors

                offered = anchors(document)
            if fragment and fragment not in offered:
                yield Observation(
                    f"No heading of this page offers `#{fragment}`",
                    Span(token.start, token.end),
                    f"#{fragment}",
                    side=Side.SOURCE,
                    severity=Severity.WARNING,
                    confidence=Confidence.MEDIUM,
                )


def _fragment(address: str, policy: LinkPolicy) -> str:
    """The fragment of an address in lower case; empty where none is, or none of a heading."""
    if "#" not in address or leads_away(address) or not is_address(address):
        return ""
    fragment = unquoted(address.partition("#")[2]).strip(_MARKS).lower()
    if fragment == "top" or fragment.startswith(policy.placed_fragments):
        return ""
    return fragment


class _Offers:
    """The fragments that the pages around one page offer."""

    def __init__(self, page: Page, site: Site | None, policy: LinkPolicy) -> None:
        self._page = page
        self._site = site
        self._policy = policy
        self._read = False
        self._own: frozenset[str] | None = None

    def by(self, address: str) -> frozenset[str] | None:
        """The fragments of the page that an address leads to; None when that is not known."""
        path = file_of(address, self._page.path)
        if path is None:
            return None
        if path != self._page.path:
            return None if self._site is None else self._site.anchors(path)
        if not self._read:
            self._read = True
            document = self._page.document
            # What another page brings along is not known here.
            if not any(mark in document.data for mark in self._policy.including):
                from bilint.model.anchors import anchors

                self._own = anchors(document)
        return self._own


def _observation(twin: Twin, fragment: str, headings: Mapping[str, Segment]) -> Observation:
    source = twin.source
    address = twin.target.value
    page = address.partition("#")[0]
    where = f"`{page}`" if page else "this page"
    heading = None if page else headings.get(fragment)
    remedy = ""
    if heading is not None:
        words = plain(heading)
        remedy = f"; the heading is `{words}` now, and `{{#{fragment}}}` behind it would keep it"
    return Observation(
        f"No heading of {where} offers `#{fragment}` in this language{remedy}",
        Span(twin.target.start, twin.target.end),
        address,
        None if source is None else Span(source.start, source.end),
    )


def _headings(pair: AlignedPair) -> dict[str, Segment]:
    """The headings of the target by the fragments that their sources are known by."""
    from bilint.model.anchors import slugs

    found: dict[str, Segment] = {}
    for source, target, _ in pair.segments:
        if source is not None and target is not None and source.kind is SegmentKind.HEADING:
            for slug in slugs(source):
                found.setdefault(slug, target)
    return found
