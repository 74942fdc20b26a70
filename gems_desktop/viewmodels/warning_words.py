# SPDX-License-Identifier: Apache-2.0
"""What a campaign warns of, in words, and its categories by name."""

from __future__ import annotations

from gems_desktop.viewmodels.words import say
from gems_protocol.content_warning import ContentWarning

NAMES = {
    "violence": "Violence",
    "injury": "Wounds and accidents",
    "medical": "Medical pictures",
    "sexual": "Sexual content",
    "hate": "Hatred and insults",
    "self_harm": "Self-harm",
    "animals": "Cruelty to animals",
    "other": "Anything else that is warned of",
}


def warning_text(warning: ContentWarning | None) -> str:
    """The warning as one line; empty for none."""
    if warning is None:
        return ""
    named = [say(NAMES[name]) for name in warning.categories if name != "other"]
    parts = [", ".join(named), warning.words]
    return ": ".join(part for part in parts if part) or say("Some of it may be disturbing.")
