"""The registry: what is in it, and what the settings leave of it."""

from __future__ import annotations

import importlib
import inspect
import re
import subprocess
import sys

from bilint.checks.base import AuditCheck, Check, Late
from bilint.checks.registry import (
    AUDIT_CHECKS,
    BY_ID,
    CHECKS,
    CORPUS_CHECKS,
    SOURCE_CHECKS,
    select,
)
from bilint.model.config import CheckSettings, Settings
from bilint.model.finding import Severity

LISTS = ("CHECKS", "CORPUS_CHECKS", "AUDIT_CHECKS")


def test_ids_are_unique_and_well_formed() -> None:
    assert len(BY_ID) == len(CHECKS) + len(CORPUS_CHECKS) + len(AUDIT_CHECKS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", check) for check in BY_ID)


def test_every_check_lives_in_the_module_of_its_name_in_the_folder_of_its_family() -> None:
    for check in BY_ID.values():
        place = f"{check.family.value}.{check.id.replace('-', '_')}"
        assert isinstance(check.observe, Late)
        assert (check.observe.place, check.observe.name) == (place, "observe")
        module = importlib.import_module(f"bilint.checks.{place}")
        arguments = 1 if isinstance(check, AuditCheck) else 2
        assert len(inspect.signature(module.observe).parameters) == arguments


def test_families_list_checks_of_their_own() -> None:
    for check in BY_ID.values():
        family = importlib.import_module(f"bilint.checks.{check.family.value}")
        assert check in [one for name in LISTS for one in getattr(family, name, ())]


def test_no_check_is_loaded_before_it_has_something_to_look_at() -> None:
    script = (
        "import sys; from bilint.checks.registry import BY_ID;"
        "print(*sorted(f'bilint.checks.{one.observe.place}' for one in BY_ID.values()"
        " if f'bilint.checks.{one.observe.place}' in sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert said.stdout.strip() == b""


def test_every_check_says_in_one_sentence_what_it_finds() -> None:
    for check in BY_ID.values():
        assert re.fullmatch(r"[A-Z][^.]*\.?", check.summary), check.id


def test_checks_yield_to_checks_that_exist() -> None:
    for check in CHECKS:
        assert check.yields_to <= set(BY_ID) - {check.id}, check.id


def test_the_parts_over_the_source_belong_to_checks_over_pairs() -> None:
    for part in SOURCE_CHECKS:
        assert isinstance(part.of, Check)
        assert part.of is BY_ID[part.id]
        assert isinstance(part.observe, Late)
        assert isinstance(part.of.observe, Late)
        assert (part.observe.place, part.observe.name) == (part.of.observe.place, "observe_source")


def test_without_settings_everything_runs() -> None:
    selection = select(Settings())
    assert selection.checks == CHECKS
    assert selection.corpus == CORPUS_CHECKS
    assert selection.source == SOURCE_CHECKS
    assert selection.options.audits == AUDIT_CHECKS
    assert selection.options.known == set(BY_ID)


def test_what_is_switched_off_does_not_run_but_stays_known() -> None:
    off = {name: CheckSettings(enabled=False) for name in BY_ID}
    selection = select(Settings(checks=off))
    assert not (selection.checks or selection.corpus or selection.source)
    assert selection.options.audits == ()
    assert selection.options.known == set(BY_ID)


def test_severities_and_paths_come_from_the_settings() -> None:
    settings = Settings(
        checks={"pin-malformed": CheckSettings(severity=Severity.ERROR)},
        ignore={"help/old/**": ("*",)},
    )
    options = select(settings).options
    assert options.severities == {"pin-malformed": Severity.ERROR}
    assert options.ignore == {"help/old/**": ("*",)}


def test_audits_are_no_checks_over_pairs() -> None:
    assert all(isinstance(check, AuditCheck) for check in AUDIT_CHECKS)
