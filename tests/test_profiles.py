from __future__ import annotations

import re

import pytest

from bilint.model.document import TokenKind
from bilint.profiles import PROFILES, profile
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE as LEAGUE

PIN = "0123456789abcdef0123456789abcdef01234567"


def message_pin(message: str) -> str | None:
    match = re.search(LEAGUE.message_pin, message)
    return match[1] if match else None


def is_robot(message: str) -> bool:
    return re.search(LEAGUE.robot_message, message) is not None


def test_a_profile_is_found_by_its_name() -> None:
    assert profile("experience-league") is LEAGUE
    assert all(name == value.name for name, value in PROFILES.items())


def test_an_unknown_profile_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"'expirience'.*experience-league"):
        profile("expirience")


@pytest.mark.parametrize(
    "message",
    [
        f"Updated by task 'T_1'\n\nChanges for core/source commit https://git.example/o/r/commit/{PIN}",
        f"Updated by task 'T_1'  Changes for core/source commit https://h/o/r.en/commit/{PIN}\n",
        f"Updating Old File for core commit {PIN}",
        f"Creating new file for core commit {PIN}\n\nmore",
    ],
)
def test_the_source_commit_is_read_out_of_a_message(message: str) -> None:
    assert message_pin(message) == PIN


@pytest.mark.parametrize(
    "message",
    [
        "Updated by task 'T_1'",
        "Updating Old File for core commit",
        "Updating Old File for core commit --output=x",
        f"Revert commit {PIN}",
        f"Changes for core/source commit https://h/o/r/tree/{PIN}",
        "Changes for core/source commit https://h/o/r/commit/" + "a" * 80,
    ],
)
def test_a_message_without_a_source_commit_has_no_pin(message: str) -> None:
    assert message_pin(message) is None


def test_message_patterns_are_linear_on_crafted_messages() -> None:
    hostile = "core commit https://" + "/commit/" * 50_000
    assert message_pin(hostile) is None
    assert message_pin("core commit https://x " * 20_000) is None


@pytest.mark.parametrize(
    "message",
    [
        "Updated by task 'AutomatedMDTask_2023_TM-MT_1'  Changes for core/source commit x",
        "Updated by task 'AUTO_TM_MT_17000_it-IT' Changes",
        "Updated by AutoLocalizeURLs.py",
        "Updated by mdAutofix.py",
        "Synced non localizable files from repo .",
        "Sync non-localized files for core commit abc",
        "Sync deleted files",
    ],
)
def test_commits_of_scripts_are_robots(message: str) -> None:
    assert is_robot(message)


@pytest.mark.parametrize(
    "message",
    [
        "Updated by task 'MD_MANUAL_HANDOFF_17000_it-IT' Changes for core/source commit x",
        f"Updating Old File for core commit {PIN}",
        "Fixed a table\n\nUpdated by mdAutofix.py before",
        "",
    ],
)
def test_hand_offs_and_people_are_not(message: str) -> None:
    assert not is_robot(message)


@pytest.mark.parametrize(
    ("key", "free"),
    [
        ("title", True),
        ("source-git-commit", True),
        ("translation-type", True),
        ("product_v2", True),
        ("badgePaas", True),
        ("exl-id", False),
        ("solution", False),
        ("hide", False),
    ],
)
def test_which_keys_may_differ(key: str, free: bool) -> None:
    assert LEAGUE.may_differ(key) is free


def test_the_keys_of_provenance_are_the_pipelines() -> None:
    provenance = (
        *LEAGUE.pin_keys,
        *LEAGUE.workflow_keys,
        *LEAGUE.human_share_keys,
        *LEAGUE.word_count_keys,
    )
    assert LEAGUE.pipeline_keys == set(provenance)


def test_a_keyword_is_a_token_or_an_alert_and_not_both() -> None:
    assert not LEAGUE.alerts & set(LEAGUE.keyword_tokens)
    assert LEAGUE.verbatim_alerts <= LEAGUE.alerts
    assert LEAGUE.keyword_tokens["UICONTROL"] is TokenKind.UICONTROL
    assert all(name == name.upper() for name in (*LEAGUE.alerts, *LEAGUE.keyword_tokens))
