"""What the user asked for, from the command line and the settings file."""

from __future__ import annotations

from collections.abc import Mapping

from bilint.model.finding import Severity
from bilint.model.record import NamedTuple


class Location(NamedTuple):
    """A repository, the revision to read (None: the working tree) and the root of its pages."""

    repository: str
    revision: str | None = None
    root: str = ""


class Limits(NamedTuple):
    """Guards at the door; each says so when it bites. Sizes are in bytes."""

    page: int = 2 * 1024 * 1024
    front_matter: int = 64 * 1024
    yaml_depth: int = 32
    yaml_events: int = 5_000
    catalogue: int = 64 * 1024 * 1024
    tree_entries: int = 500_000
    git_seconds: float = 120.0


class CheckSettings(NamedTuple):
    """What the settings say of one check."""

    enabled: bool = True
    severity: Severity | None = None


class Budget(NamedTuple):
    """Limits for a whole locale; None sets none.

    `max_stale_words` are source words to do on pages that are translated, `min_human_share` is
    in percent, `max_errors` counts open findings.
    """

    max_stale_words: int | None = None
    min_human_share: float | None = None
    max_errors: int | None = None


class Settings(NamedTuple):
    """Everything a run needs to know beside the repositories themselves.

    `ignore` maps a glob of page paths to the checks silenced there (`*` for all).
    `human_share_floor` is in percent: below it `ht-degree-low` warns. `catalogues` are PO files
    of user-interface labels by locale, in place of `locales/<locale>/ui.po`; `terms` such files of
    terms, in place of `locales/<locale>/terms.po`; `evidence` files of what was learnt, in place
    of `locales/<locale>/learnt.json`. `forge` are templates of addresses at which pages can be
    seen, of the `source` and of locales. `budget` holds for every locale, `budgets` say otherwise
    for some. `words_per_hour` turns words into minutes. `root` is the
    default root of the pages, for locations that are still to be parsed. `path` is where the
    settings were read, for messages. `decisions` is a text file of decisions in the repository;
    `store` what a person named in its place, a file or the address of a database.
    """

    source: Location | None = None
    targets: Mapping[str, Location] = {}
    source_language: str = "en"
    profile: str = "experience-league"
    checks: Mapping[str, CheckSettings] = {}
    ignore: Mapping[str, tuple[str, ...]] = {}
    catalogues: Mapping[str, tuple[str, ...]] = {}
    terms: Mapping[str, tuple[str, ...]] = {}
    evidence: Mapping[str, str] = {}
    forge: Mapping[str, str] = {}
    baseline: str | None = None
    budget: Budget = Budget()
    budgets: Mapping[str, Budget] = {}
    decisions: str | None = None
    store: str | None = None
    human_share_floor: float | None = None
    words_per_hour: float = 500.0
    fail_on: Severity | None = None
    limits: Limits = Limits()
    trust_owner: bool = False
    allow_alternates: bool = False
    path: str | None = None
    root: str = ""

    def budget_of(self, locale: str) -> Budget:
        """The limits that hold for a locale: its own, and where it sets none, those of all."""
        own = self.budgets.get(locale)
        if own is None:
            return self.budget
        said = {name: value for name, value in own._asdict().items() if value is not None}
        return self.budget._replace(**said)
