"""Names of servers outside of addresses: `sports.example.com`."""

from __future__ import annotations

import re

from bilint.model.pattern import late

DOMAINS = "biz com dev edu gov info io mil net org"
"""How those end that are looked for; what ends with two letters of a country may be a word."""

_NEAR = 0.5
_EITHER = DOMAINS.replace(" ", "|")
HOST = rf"\.?[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.(?:{_EITHER})"

_MADE = late(r"\.?[^\W_][\w-]*(?:\.[\w-]+)*\Z")
_SPOKEN = late(
    r"(?:(?:acme|another|any|blog|brand|business|client|company|customer|demo|domain|email"
    r"|example|foo|host|mail|my|name|new|old|one|org|organi[sz]ation|other|page|product|sample|server"
    r"|shop|site|some|store|sub|tenant|test|the|two|url|user|web|website|x|xyz|your|www)-?)+\d*\Z",
    re.IGNORECASE,
)
"""What samples are made of, which each language may write with words of its own."""


def made_of_host(name: str, text: str) -> bool:
    """Whether a text may be what became of the name of a server.

    It ends alike, and has a part of it in its place or much of its letters.
    """
    ours, theirs = name.strip(".").split("."), text.strip(".").split(".")
    if ours[-1] != theirs[-1] or len(ours) != len(theirs) or not _MADE.match(text):
        return False
    if any(one == other != "www" for one, other in zip(ours[:-1], theirs[:-1], strict=True)):
        return True
    from bilint.engines.likeness import ratio

    return ratio("".join(ours[:-1]).lower(), "".join(theirs[:-1]).lower()) >= _NEAR


def is_sample(name: str) -> bool:
    """Whether the name of a server is one of nobody: `www.yourcompany.com`."""
    return _SPOKEN.match(_owner(name)) is not None


def stands_elsewhere(name: str, data: bytes) -> bool:
    """Whether a page has the owner's part of the name, so that it stays there."""
    owner = re.escape(_owner(name)).encode()
    return re.search(rb"(?<![A-Za-z0-9])(?i:" + owner + rb")\. ?[a-z]", data) is not None


def _owner(name: str) -> str:
    return name.split(".")[-2]
