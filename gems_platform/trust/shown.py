# SPDX-License-Identifier: Apache-2.0
"""A profile and the weights behind it as the interface shows them, so that anybody can compute the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum, IntEnum
from fractions import Fraction
from typing import Any

from gems_platform.trust.tables import WeightRunRow
from gems_protocol.trust.profile import Profile
from gems_protocol.trust.score import Outcome
from gems_protocol.trust.weights import DifficultyWeights, RequesterWeights


def shown_profile(found: Profile) -> dict[str, Any]:
    """Every field of the profile by its name, with the grade's letter; fractions as text."""
    value: dict[str, Any] = _plain(found)
    return value | {"grade": found.grade.name, "newcomer": found.newcomer, "verifies": list(found.verifies)}


def shown_weights(
    run: WeightRunRow | None,
    requesters: RequesterWeights,
    kinds: DifficultyWeights,
    outcomes: Sequence[Outcome],
) -> dict[str, Any]:
    """What these outcomes were weighed with; at: when that was computed, None while everything weighs the same."""
    return {
        "at": None if run is None else run.at,
        "requesters": {
            name: requesters.of(name) for name in sorted({outcome.requester for outcome in outcomes})
        },
        "kinds": [
            {"family": family, "difficulty": difficulty, "weight": kinds.of(family, difficulty)}
            for family, difficulty in sorted({(one.family, one.difficulty) for one in outcomes})
        ],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
