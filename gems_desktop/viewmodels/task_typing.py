# SPDX-License-Identifier: Apache-2.0
"""What stands in the text fields and is not an edit yet: entries by control, empty ones too."""

from __future__ import annotations

from collections.abc import Sequence

from gems_protocol.modules import limits


class Drafts:
    """Entries as they stand in the fields, and which controls have changes that were not sent."""

    def __init__(self) -> None:
        self._entries: dict[str, list[str]] = {}
        self._unsent: set[str] = set()

    def forget(self) -> None:
        """Another answer is shown: what stands in the fields comes from it."""
        self._entries.clear()
        self._unsent.clear()

    def drop(self, control: str) -> None:
        """Forget one control."""
        self._entries.pop(control, None)
        self._unsent.discard(control)

    def shown(self, control: str, saved: Sequence[str]) -> list[str]:
        """What stands in a control's fields; `saved` is what the answer holds."""
        return list(self._entries.get(control, saved))

    def type(self, control: str, at: int, text: str, saved: Sequence[str]) -> bool:
        """Note the text of entry `at`; whether anything changed."""
        texts = list(self._entries.get(control) or saved)
        if not 0 <= at < limits.TYPED_ENTRIES or (at < len(texts) and texts[at] == text):
            return False
        texts += [""] * (at + 1 - len(texts))
        texts[at] = text
        self._entries[control] = texts
        self._unsent.add(control)
        return True

    def take(self) -> list[tuple[str, list[str]]]:
        """The controls with unsent changes and what to write for each; they count as sent from now."""
        unsent, self._unsent = sorted(self._unsent), set()
        return [(control, written(self._entries[control])) for control in unsent]


def written(texts: Sequence[str]) -> list[str]:
    """The entries that an answer holds: none that is empty, none too long, not too many."""
    kept = [_whole(text)[: limits.TYPED_LENGTH] for text in texts if text.strip()]
    return kept[: limits.TYPED_ENTRIES]


def _whole(text: str) -> str:
    """`text` with U+FFFD where half of a character stands, which no answer can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
