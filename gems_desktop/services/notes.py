# SPDX-License-Identifier: Apache-2.0
"""What the platform states about me when it offers work: believed only where my own record says the same."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.network import Network
from gems_desktop.services.ports import Tx
from gems_desktop.services.record_of_work import MyRecord
from gems_protocol.errors import BadSignature, MalformedMessage, MoneyDiffers
from gems_protocol.messages import StandingNote, signature_from_hex
from gems_protocol.verification import NEWCOMER, Standing, standing_of


class NoteDiffers(MoneyDiffers):
    """The platform's figures about me, by which pay and audits are offered, are not mine."""

    def explain(self, refused: int) -> None:
        """Say that `refused` verdicts about my work were not believed here."""
        if refused:
            self.action = (
                "The platform counts verdicts that this computer refused, because their evidence does not hold. "
                "They are looked at again at each start; if it stays so, show the figures to the platform. "
                f"Refused verdicts: {refused}"
            )


def read_note(value: Any, network: Network, me: str, family: bytes) -> Standing:
    """The standing of a note about me in this family, signed by the platform; raises PlatformLied."""
    try:
        note = StandingNote.from_json(value["message"])
        note.check(network.campaigns_domain, signature_from_hex(value["signature"]), network.platform_signer)
        found = standing_of(note)
    except (BadSignature, MalformedMessage, KeyError, TypeError, ValueError) as error:
        raise PlatformLied(
            "what it states about your record is not signed by it, or not possible."
        ) from error
    if note.worker != me or note.family != family:
        raise PlatformLied("what it states about a record is of somebody else or of another kind of work.")
    return found


def agree(told: Standing, mine: MyRecord, family: str) -> None:
    """Raise NoteDiffers unless the platform counts as I do; gold and grade are its own word."""
    right, checked = mine.settled_in(family)
    here = (mine.passes, right, checked)
    if (told.passes, told.settled_right, told.settled) == here:
        return
    raise NoteDiffers(
        "The platform counts your record otherwise than this computer does, so its pay and its chance of an "
        "audit would not be yours. Audits passed in a row, tasks of this kind right, and tasks of this kind "
        f"checked, by its count and by that of this computer: {_both(told, here)}.",
        safe="Nothing was accepted, and nothing is at stake.",
        action="Fetch the news first and try again; if it stays so, show both figures to the platform.",
    )


def _both(told: Standing, here: tuple[int, int, int]) -> str:
    """Both counts in numbers alone, so that the sentence before them can be translated."""
    return f"{told.passes}, {told.settled_right}, {told.settled} / {here[0]}, {here[1]}, {here[2]}"


def to_text(standing: Standing) -> str:
    """A standing as an item keeps it."""
    return json.dumps(asdict(standing))


def from_text(text: str) -> Standing:
    """What `to_text` wrote; a newcomer's for items from before notes were kept."""
    return Standing(**json.loads(text)) if text else NEWCOMER


def remember(tx: Tx, family: bytes, standing: Standing) -> None:
    """Keep the platform's own words about me in a family, for what is shown before the next lease."""
    set_value(
        tx,
        _name(family),
        {"gold": standing.gold, "gold_right": standing.gold_right},
    )


def told_before(tx: Tx, family: bytes) -> dict[str, int]:
    """Gold as last stated in a family; empty before the first time."""
    found: dict[str, int] = get_value(tx, _name(family), {})
    return found


def _name(family: bytes) -> str:
    return f"note:0x{family.hex()}"
