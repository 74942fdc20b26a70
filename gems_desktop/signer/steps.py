# SPDX-License-Identifier: Apache-2.0
"""The Debit of a step out of the bond, built here from the step's number: what it names is never asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import Debit, hash_from_hex
from gems_protocol.unbonding import MAX_STEPS, step_hash

FIELDS = frozenset({"channel_id", "step", "debited"})
_MOST = 1 << 96


@dataclass(frozen=True, slots=True)
class StepDebit(Debit):
    """A Debit like any other to whoever checks it; here it has a sentence of its own."""


def step_debit(fields: dict[str, Any]) -> StepDebit:
    """The Debit over `debited` (text, base units) for this step of this channel; raises MalformedMessage."""
    step, debited = fields["step"], fields["debited"]
    if type(step) is not int or not 0 < step < MAX_STEPS:
        raise MalformedMessage("A step's number is out of its bounds.")
    if (
        type(debited) is not str
        or not re.fullmatch(r"[1-9]\d{0,28}", debited, re.ASCII)
        or int(debited) >= _MOST
    ):
        raise MalformedMessage("A step's sum is malformed.")
    channel_id = hash_from_hex(fields["channel_id"], "channel_id")
    return StepDebit(channel_id, int(debited), step_hash(channel_id, step))
