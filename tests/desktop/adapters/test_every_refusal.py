# SPDX-License-Identifier: Apache-2.0
"""Whatever code a platform answers with, the window has a sentence for it that says what to do."""

from __future__ import annotations

from gems_desktop.adapters.platform_refusals import SENTENCES, refusal
from gems_platform import errors


def codes() -> set[str]:
    """Every code that the platform's refusals have."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return {kind.code for kind in kinds if isinstance(getattr(kind, "code", None), str)}


def test_every_code_has_a_sentence() -> None:
    assert {"credit_limit", "bond_too_small", "no_work"} <= codes()
    assert codes() - set(SENTENCES) == set()
    assert "unfinished batches" in refusal({"error": {"code": "credit_limit"}}, 409).message


def test_control_an_unknown_code_has_none() -> None:
    assert refusal({"error": {"code": "full_moon"}}, 409).message == "The platform refused this."
