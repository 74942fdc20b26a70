# SPDX-License-Identifier: Apache-2.0
"""A laptop that lost everything gets its life back from what was signed, part by part, while work already goes on.

First what is open, then what was done (`life`), what was staked and claimed; then the events happen again, by the same
checks as the first time; then the highest voucher that anybody kept. Each part is kept with its cursor at once, so a
restore goes on where it was cut, and doing it twice changes nothing. What is not proven is told and not taken.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from gems_desktop.services.channels import channel_record, new_channel, read_config
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import get_value, set_value
from gems_desktop.services.debits import catch_up
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.facts import ItemState, Topic
from gems_desktop.services.former_claims import read_claims, settle_claims
from gems_desktop.services.history_page import read_last
from gems_desktop.services.known_campaign import known_campaign
from gems_desktop.services.life import LifeEntry, campaign_of, check_entry
from gems_desktop.services.life_store import take_entries, unfinished
from gems_desktop.services.newest_voucher import (
    Shown,
    served_less,
    shown_by_the_platform,
    shown_by_tower,
    shown_by_towers,
    shown_in_file,
    take_highest,
)
from gems_desktop.services.offers import Campaign
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import BatchRecord, ChannelRecord, ClaimRecord, ItemRecord
from gems_desktop.services.restore_state import RESTORE, is_restoring, next_stage, tell
from gems_desktop.services.settings import SettingsService
from gems_desktop.services.sync_events import Events
from gems_desktop.services.sync_lease import Leasing
from gems_desktop.services.troubles import tell_served_less
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError

PAGE = 500
_HISTORY = ("work", "review", "claim")
_OPEN = (ItemState.LEASED.name, ItemState.DRAFT.name, ItemState.FINISHED.name)


class Restoring:
    """The restore of one profile."""

    def __init__(self, context: Context, leasing: Leasing, events: Events) -> None:
        self._c, self._leasing, self._events = context, leasing, events
        self._parts = {
            "channel": self._channel,
            "open": self._open,
            "debit": self._debit,
            "again": self._again,
            "events": self._happen,
            "newest": self._newest,
        }

    async def step(self) -> bool:
        """Do the next part; whether more is left. Raises Offline, PlatformLied, ChainUnreachable: it goes on later."""
        state = await self._c.store.run(lambda tx: get_value(tx, RESTORE))
        if state is None:
            return False
        stage = state["stage"]
        if stage in _HISTORY:
            await self._page(state)
        else:
            await self._parts[stage]()
            await self._c.store.run(lambda tx: next_stage(tx, state))
        self._c.publish(Topic.CONNECTION, Topic.WORK, Topic.OUTBOX, Topic.EARNINGS, Topic.REVIEW)
        return await self._c.store.run(is_restoring)

    async def _channel(self) -> None:
        """My channel by the platform's word and the chain's; and how much there is to bring back."""
        me = await self._c.address()
        with suppress(PlatformRefused):  # no channel: nothing was ever paid or staked
            told = await self._c.platform.get("/v1/channel")
            config = read_config(told.get("config"), self._c.network, me)
            state = await self._c.chain.agree(config.channel_id())
            record = new_channel(config, state.deposit, state.claimed, state.closing, self._c.platform.time())
            target = Amount.parse(str(told.get("bond_target", "0")))
            await self._c.store.run(lambda tx: _keep_channel(tx, record, target))
        total = 0
        for kind in (*_HISTORY, "debit"):
            answer = await self._c.platform.get(f"/v1/history?kind={kind}&after=&limit=1")
            total += _count(answer)

        def work(tx: Tx) -> None:
            set_value(tx, RESTORE, {**get_value(tx, RESTORE, {}), "total": total})

        await self._c.store.run(work)

    async def _open(self) -> None:
        """What is open comes first: it can be worked on while the rest comes."""
        with suppress(PlatformRefused):
            await self._leasing.adopt_open()

    async def _page(self, state: dict[str, Any]) -> None:
        """A page of history, checked entry by entry, and kept with the cursor after it."""
        kind = state["stage"]
        after = state["after"] or await self._c.store.run(lambda tx: _begin_at(tx, kind))
        answer = await self._c.platform.get(f"/v1/history?kind={kind}&after={after}&limit={PAGE}")
        entries = answer.get("entries")
        if not isinstance(entries, list):
            raise PlatformLied("a page of your history is malformed.")
        if not entries:
            await self._c.store.run(lambda tx: next_stage(tx, state))
            return
        last = read_last(answer.get("last"), after)
        step = {**state, "after": last, "done": state["done"] + len(entries)}
        me, now = await self._c.address(), self._c.platform.time()
        if kind == "claim":
            record = await self._c.store.run(channel_record)
            claims, problems = read_claims(entries, record, self._c.network, me)

            def keep(tx: Tx) -> None:
                tx.put(*(claim for claim in claims if tx.get(ClaimRecord, claim.claim_id) is None))
                tell(tx, problems)
                set_value(tx, RESTORE, step)

            await self._c.store.run(keep)
            return
        campaigns = await self._campaigns(entries)
        checked: list[LifeEntry] = []
        problems = []
        for value in entries:
            try:
                checked.append(check_entry(kind, value, self._c.network, campaigns, me, now))
            except GemsError as error:
                problems.append(error.message)

        def work(tx: Tx) -> None:
            take_entries(tx, checked, now)
            tell(tx, problems)
            set_value(
                tx, f"history_{kind}", None if problems else last
            )  # what was not proven is asked for anew
            set_value(tx, RESTORE, step)

        await self._c.store.run(work)

    async def _campaigns(self, entries: list[Any]) -> dict[str, Campaign]:
        """The campaigns of these entries, checked; what cannot be had is missing, and its entries are told."""
        found: dict[str, Campaign] = {}
        for campaign_id in {name for name in map(campaign_of, entries) if name}:
            with suppress(NothingToDo, PlatformLied, PlatformRefused):
                found[campaign_id] = await known_campaign(self._c, campaign_id)
        return found

    async def _debit(self) -> None:
        await catch_up(self._c)

    async def _again(self) -> None:
        """What was refused before because its work was not here."""
        await self._events.again()

    async def _happen(self) -> None:
        await self._events.pull(past=True)

    async def _newest(self) -> None:
        """The highest voucher that anybody kept, and what the chain says was claimed."""
        record = await self._c.store.run(channel_record)
        problems = await self._c.store.run(unfinished)
        if record is not None:
            shown = [] if await self._is_beside() else await self._shown(record.channel_id)
            state = await self._c.chain.agree(bytes.fromhex(record.channel_id[2:]))
            now = self._c.platform.time()
            proof = served_less(shown, self._c.network, bytes.fromhex(record.channel_id[2:]))

            def work(tx: Tx) -> None:
                tell_served_less(tx, proof, now)
                tx.change(
                    ChannelRecord,
                    record.channel_id,
                    deposit=str(Amount(state.deposit)),
                    claimed=str(Amount(state.claimed)),
                    closing=state.closing != 0,
                    read_at=now,
                )
                if take_highest(tx, shown, self._c.network, now):
                    problems.append("Your newest voucher pays more than the work that came back explains.")
                settle_claims(tx, Amount(state.claimed), now)

            await self._c.store.run(work)
        await self._c.store.run(lambda tx: tell(tx, problems))

    async def _is_beside(self) -> bool:
        state = await self._c.store.run(lambda tx: get_value(tx, RESTORE, {}))
        return bool(state.get("beside"))

    async def _shown(self, channel_id: str) -> list[Shown]:
        towers = (await SettingsService(self._c).facts()).towers
        shown = await shown_by_the_platform(self._c, channel_id)
        return shown + await shown_by_towers(self._c, towers, channel_id)

    async def add_file(self, path: str) -> bool:
        """A voucher from a backup file: kept where it is the highest; whether it was. Raises NothingToDo."""
        return await self._add(await asyncio.to_thread(shown_in_file, path))

    async def add_tower(self, tower: str) -> bool:
        """Ask one more tower for my newest voucher; whether it had a higher one. Raises TowerUnreachable."""
        record = await self._c.store.run(channel_record)
        return record is not None and await self._add(await shown_by_tower(self._c, tower, record.channel_id))

    async def _add(self, shown: list[Shown]) -> bool:
        now = self._c.platform.time()
        taken = await self._c.store.run(lambda tx: take_highest(tx, shown, self._c.network, now))
        if taken:
            self._c.publish(Topic.EARNINGS)
        return taken


def _begin_at(tx: Tx, kind: str) -> str:
    """Where to begin: after what came before, but not after work that was open then and may have been done since."""
    after = str(get_value(tx, f"history_{kind}", ""))
    if not after or kind == "claim":
        return ""
    number = int(after.partition("-")[0])
    for item in tx.find(ItemRecord, kind=kind, state=_OPEN):
        batch = tx.get(BatchRecord, item.batch_id)
        number = min(number, item.due_at if kind == "review" else batch.leased_at if batch else number)
    return f"{max(0, number - 1)}-"


def _keep_channel(tx: Tx, record: ChannelRecord, target: Amount) -> None:
    if channel_record(tx) is None and record.deposit:
        tx.put(record)
        tx.change(ChannelRecord, record.channel_id, bond_target=str(target))


def _count(answer: Any) -> int:
    found = answer.get("total") if isinstance(answer, dict) else None
    if type(found) is not int or not 0 <= found < 1 << 32:
        raise PlatformLied("the size of your history is malformed.")
    return found
