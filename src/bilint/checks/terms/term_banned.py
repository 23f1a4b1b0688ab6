"""`term-banned`: a term is rendered in a way that the term base bans."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import SURE
from bilint.checks.language.prose import read
from bilint.checks.terms.renderings import any_used, find, uses
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and term with a banned rendering."""
    terms = {key: one for key, one in (context.terms or {}).items() if one.banned}
    if pair.source is None or not terms:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE:
            continue
        if target.text == source.text or not any_used(source.text, terms):
            continue
        reading = read(target)
        told = set()
        for use in uses(source, terms):
            term = use.term
            text = reading.text
            for demanded in term.renderings:
                # What is demanded may contain what is banned.
                while (good := find(text, demanded)) and good[0].strip("\x01"):
                    hidden = "\x01" * (good.end() - good.start())
                    text = text[: good.start()] + hidden + text[good.end() :]
            for banned in term.banned:
                bad = find(text, banned)
                if bad is None or (term.source, banned) in told:
                    continue
                told.add((term.source, banned))
                said = " or ".join(f"`{one}`" for one in term.renderings)
                yield Observation(
                    f"The term base bans `{banned}` for `{term.source}`"
                    + (f" and demands {said}" if said else ""),
                    reading.span(bad.start(), bad.end()),
                    banned,
                    read(source).span(use.start, use.end),
                    evidence={"catalogue": term.catalogue},
                )
