# SPDX-License-Identifier: Apache-2.0
"""What a campaign's module demands of its tasks and answers."""

from __future__ import annotations

from typing import Any

from gems_platform.errors import Malformed


def check_config(config: str) -> None:
    """Raise Malformed when the labelling config cannot be shown."""
    if not config.strip():
        raise Malformed("The campaign's module has no labelling config.")


def check_tasks(config: str, tasks: list[dict[str, Any]]) -> None:
    """Raise Malformed when a task lacks what the config shows."""


def check_answer(config: str, data: dict[str, Any], answer: list[Any]) -> None:
    """Raise Malformed when an answer is not one that the module can give."""
    if any(not isinstance(region, dict) for region in answer):
        raise Malformed("An answer is a list of Label Studio results.")
