# SPDX-License-Identifier: Apache-2.0
"""What is being exchanged with the platform, and how long it still takes, in words."""

from __future__ import annotations

from gems_desktop.services.facts import ConnectionFacts
from gems_desktop.viewmodels.remaining import with_remaining
from gems_desktop.viewmodels.words import say


def syncing_text(facts: ConnectionFacts) -> str:
    """The status strip's words for it."""
    done, total = facts.syncing_done, facts.syncing_total
    if not total:
        return say("Exchanging with the platform")
    if facts.restoring:
        text = say("Bringing your work back: {done} of {total}", done=done, total=total)
    elif facts.fetching:
        text = say("Fetching {done} of {total}", done=done, total=total)
    else:
        text = say("Sending {done} of {total}", done=done, total=total)
    return with_remaining(text, facts.seconds_left)
