# SPDX-License-Identifier: Apache-2.0
"""What practice neighbours know: the samples' reference answers, told right or wrong by a seeded generator."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gems_platform.client.requesting.draft import Draft
from gems_protocol import canonical, modules

Answer = list[dict[str, Any]]


@dataclass(frozen=True)
class AnswerBook:
    """References of one campaign by the canonical bytes of their task's data."""

    draft: Draft

    @cached_property
    def module(self) -> modules.Module:
        """The campaign's module."""
        return modules.parse(self.draft.manifest.module.config)

    @cached_property
    def _references(self) -> dict[bytes, Answer]:
        return {
            canonical.dumps(task.data): task.reference
            for task in self.draft.tasks
            if task.reference is not None
        }

    def right(self, data: dict[str, Any]) -> Answer | None:
        """The reference of this task, None when it has none."""
        return self._references.get(canonical.dumps(data))

    def wrong(self, data: dict[str, Any], chance: random.Random) -> Answer | None:
        """An answer that belongs to another task and says something else; None when there is no such."""
        right = self.right(data)
        others = [
            other
            for other in self._references.values()
            if right is None or not modules.agree(right, other, self.module)
        ]
        return json.loads(json.dumps(chance.choice(others))) if others else None

    def agrees(self, data: dict[str, Any], answer: Answer) -> bool:
        """Whether an answer says what the reference says; without a reference it is believed."""
        right = self.right(data)
        return right is None or modules.agree(right, answer, self.module)
