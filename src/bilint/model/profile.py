"""What differs between families of documentation, as one frozen value that readers receive."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.model.document import SegmentKind, TokenKind
from bilint.model.record import NamedTuple


class LinkPolicy(NamedTuple):
    """What localization may change in the address of a link without anything being wrong.

    `language_parameters` of a query may come, go and change; `page_suffixes` at the end of a path
    may come and go. `language_names` are names by which sites call a language beside its tag
    (`jp` for Japanese), by its primary subtag. On `localized_media` each language has files of
    its own, under other names. `placed_fragments` are beginnings of fragments that no heading
    offers. `including` are bytes by which a page takes in another one, whose headings it then has.
    """

    language_parameters: frozenset[str] = frozenset(("lang", "language", "locale", "hl"))
    page_suffixes: tuple[str, ...] = (".html", ".htm", ".md")
    language_names: Mapping[str, frozenset[str]] = {}
    localized_media: frozenset[str] = frozenset()
    placed_fragments: tuple[str, ...] = (":~:",)
    including: tuple[bytes, ...] = ()


class Profile(NamedTuple):
    """A family of documentation.

    Front matter: `id_keys`, `pin_keys`, `workflow_keys`, `human_share_keys` and
    `word_count_keys` are tried in order; `text_keys` are the translated values and the kind of
    segment they make; `pipeline_keys` are added to a target by its pipeline; `free_keys`, and
    keys that start with one of `free_key_prefixes`, may differ between source and target for
    other reasons.

    Text: `keyword_tokens` are the bracketed keywords `[!KEYWORD inside]` by their upper-case
    name; `alerts` the keywords of admonitions; `verbatim_alerts` keep their block in the source
    language. `human_workflows` say that people translated everything.

    Layout: `page_suffixes` are the files that are pages; `navigation_names` the tables of
    contents, which have no id; `redirects` the file of moved addresses, below the repository.

    History: `message_pin` is a regular expression whose first group is the source commit in a
    target's commit message; `robot_message` tells commits of scripts from those of hand-offs.

    `links` is what localization may change in the address of a link.
    """

    name: str
    id_keys: tuple[str, ...]
    pin_keys: tuple[str, ...]
    workflow_keys: tuple[str, ...]
    human_share_keys: tuple[str, ...]
    word_count_keys: tuple[str, ...]
    text_keys: Mapping[str, SegmentKind]
    pipeline_keys: frozenset[str]
    free_keys: frozenset[str]
    human_workflows: frozenset[str]
    keyword_tokens: Mapping[str, TokenKind]
    alerts: frozenset[str]
    verbatim_alerts: frozenset[str]
    page_suffixes: tuple[str, ...]
    navigation_names: frozenset[str]
    redirects: str | None
    message_pin: str
    robot_message: str
    free_key_prefixes: tuple[str, ...] = ()
    links: LinkPolicy = LinkPolicy()

    def may_differ(self, key: str) -> bool:
        """Whether the value under a key of the front matter may differ from the source's."""
        return (
            key in self.text_keys
            or key in self.pipeline_keys
            or key in self.free_keys
            or key.startswith(self.free_key_prefixes)
        )
