"""Profiles: what differs between families of documentation, as data. One visible mapping."""

from __future__ import annotations

from bilint.model.profile import Profile
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE

PROFILES: dict[str, Profile] = {EXPERIENCE_LEAGUE.name: EXPERIENCE_LEAGUE}


def profile(name: str) -> Profile:
    """The profile of that name; raises ValueError, with the known names, for any other."""
    try:
        return PROFILES[name]
    except KeyError:
        known = ", ".join(sorted(PROFILES))
        raise ValueError(f"unknown profile {name!r}; known profiles: {known}") from None
