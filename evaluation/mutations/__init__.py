"""The catalogue of mutations, family by family."""

from __future__ import annotations

from evaluation.mutations import (
    code,
    front_matter,
    language,
    links,
    numbers,
    structure,
    terms,
    tokens,
    typography,
)
from evaluation.mutations.base import Damage, Mutation, Place

__all__ = ["MUTATIONS", "Damage", "Mutation", "Place"]

MUTATIONS: tuple[Mutation, ...] = (
    *tokens.MUTATIONS,
    *links.MUTATIONS,
    *structure.MUTATIONS,
    *front_matter.MUTATIONS,
    *code.MUTATIONS,
    *numbers.MUTATIONS,
    *language.MUTATIONS,
    *typography.MUTATIONS,
    *terms.MUTATIONS,
)
"""All kinds of damage."""
