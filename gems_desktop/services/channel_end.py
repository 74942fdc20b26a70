# SPDX-License-Identifier: Apache-2.0
"""The end of a close: what it brought by the contract's own event, told once; and a close that nobody ends."""

from __future__ import annotations

from gems_desktop.services.claims import OPEN
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.errors import PlatformLied
from gems_desktop.services.facts import ClaimState, Topic
from gems_desktop.services.facts_upkeep import ClosingFacts
from gems_desktop.services.former_claims import ELSEWHERE, settle_claims
from gems_desktop.services.ports import ChannelState, Tx
from gems_desktop.services.records import ClaimRecord
from gems_desktop.services.troubles import over, tell
from gems_protocol.amount import Amount, total

ENDED = "channel_ended"  # {"units","at"}: what the end brought to the wallet, and when it was seen
OVERDUE_S = 86_400  # the platform ends a close within minutes; after a day something is wrong
_CODE = "closing_overdue"


def is_ended(tx: Tx) -> bool:
    """Whether my channel is closed for good: nothing in it is mine any more."""
    return get_value(tx, ENDED) is not None


def came(tx: Tx) -> Amount:
    """What came to the wallet at the end."""
    return Amount(int(get_value(tx, ENDED, {"units": "0"})["units"]))


async def see_end(context: Context, channel_id: str, state: ChannelState) -> None:
    """Keep what a channel that is closed for good brought; raises ChainUnreachable, PlatformLied."""
    if await context.store.run(is_ended):
        return
    units, now = await context.chain.paid_at_end(bytes.fromhex(channel_id[2:])), context.platform.time()
    if units is None or units > state.deposit - state.claimed:
        raise PlatformLied("the chain nodes disagree about the end of your channel.")

    def work(tx: Tx) -> None:
        set_value(tx, ENDED, {"units": str(units), "at": now})
        over(tx, _CODE)

    await context.store.run(work)
    context.publish(Topic.EARNINGS, Topic.WALLET, Topic.PROBLEM)


def settle_what_came(tx: Tx, claimed: Amount, now: int) -> bool:
    """What the close itself paid out of the channel is no claim of mine, and still mine; whether that is new."""
    mine = total([one.amount for one in tx.find(ClaimRecord, state=ClaimState.CLAIMED.name)])
    mine = mine + Amount(int(get_value(tx, ELSEWHERE, {"units": "0"})["units"]))
    if claimed <= mine or tx.count(ClaimRecord, state=OPEN):
        return False
    settle_claims(tx, claimed, now)
    return True


def watch_the_end(tx: Tx, closing: ClosingFacts, now: int) -> bool:
    """A close that could have ended a day ago is told; whether that is new."""
    if closing.ended or not closing.until or now <= closing.until + OVERDUE_S:
        return False
    return tell(tx, _CODE, now)
