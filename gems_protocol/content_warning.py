# SPDX-License-Identifier: Apache-2.0
"""What a campaign warns of: words for people, and the categories that people can keep away from.

`[violence, medical] Pictures of road accidents` names two categories; a warning without any counts as "other".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CATEGORIES = ("violence", "injury", "medical", "sexual", "hate", "self_harm", "animals", "other")
_HEAD = re.compile(r"\[([a-z_, ]{1,100})\] *", re.ASCII)


@dataclass(frozen=True, slots=True)
class ContentWarning:
    """A warning. categories: out of CATEGORIES, in their order, at least one; words: what else it says."""

    categories: tuple[str, ...]
    words: str


def read_warning(text: str) -> ContentWarning | None:
    """What a manifest's `content_warning` says; None when it warns of nothing."""
    text = text.strip()
    if not text:
        return None
    head = _HEAD.match(text)
    named = {part.strip() for part in head.group(1).split(",")} if head else set()
    known = tuple(category for category in CATEGORIES if category in named)
    words = text[head.end() :] if head and known else text
    return ContentWarning(known or ("other",), words.strip())
