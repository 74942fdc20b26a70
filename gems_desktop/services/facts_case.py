# SPDX-License-Identifier: Apache-2.0
"""What is shown of a case: work that the platform does not judge, not pay, or not take, brought to the contract."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.amount import ZERO, Amount


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it could be, or was, written for one item.

    kind: "claim", "silent", "anchor", or "" while there is none; since: from when there is one, Unix seconds, 0 for
    never. pays: what the worker gets by it at most. by: the last safe moment to bring it, 0 for none. window_s: how
    long the contract waits. saved_at: when its file was written, 0 for not yet. stage: name of a case_steps.Stage, ""
    while the chain was not asked; until: the moment that the stage waits for.
    """

    item_id: str
    kind: str = ""
    since: int = 0
    pays: Amount = ZERO
    by: int = 0
    window_s: int = 0
    saved_at: int = 0
    stage: str = ""
    until: int = 0
