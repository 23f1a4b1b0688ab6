"""Where a checkout was cloned from, and where its pages can be seen.

The configuration of a repository is read as a text, without git: it may be anybody's. Of the
addresses in it only those of forges that everybody knows count, and only if they are plain.
"""

# os.path and open, as in `layout`.
# ruff: noqa: PTH118, PTH113, PTH123

from __future__ import annotations

import os

from bilint.model.pattern import late

_MOST_BYTES = 65_536

_NAME = r"[A-Za-z0-9][\w.-]*"
_ADDRESS = late(
    rf"(?:https://|ssh://git@|git@)(?P<host>[a-z]+\.[a-z]+)[:/]"
    rf"(?P<path>{_NAME}(?:/{_NAME})+)/?\Z"
)
_PAGES = {
    "bitbucket.org": "/src/{revision}/{path}#lines-{line}",
    "github.com": "/blob/{revision}/{path}#L{line}",
    "gitlab.com": "/-/blob/{revision}/{path}#L{line}",
}
"""What follows the address of a repository where one line of a page is shown."""


def remote_addresses(folder: str) -> list[str]:
    """The addresses that a checkout or a bare repository was cloned from, as its file says."""
    for path in (os.path.join(folder, ".git", "config"), os.path.join(folder, "config")):
        if os.path.isfile(path):
            return _addresses(path)
    return []


def _addresses(path: str) -> list[str]:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = file.read(_MOST_BYTES).split("\n")
    except OSError:
        return []
    pairs = (line.partition("=") for line in lines)
    return [value.strip() for key, _, value in pairs if key.strip().lower() == "url"]


def page_address(folder: str) -> str | None:
    """A template of where a repository's pages can be seen; None where nobody can tell."""
    for address in remote_addresses(folder):
        match = _ADDRESS.match(address)
        if match is not None and match["host"] in _PAGES:
            repository = match["path"].removesuffix(".git")
            return f"https://{match['host']}/{repository}{_PAGES[match['host']]}"
    return None
