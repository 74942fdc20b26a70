# SPDX-License-Identifier: Apache-2.0
"""Hands a kept voucher in when its channel is being closed with less: then the worker loses nothing by sleeping.

`claim` pays the worker only, whoever calls it; a voucher above the one that the hub closed with gives the worker
the whole rest of the channel (ADR 0021).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fastapi.concurrency import run_in_threadpool

from gems_platform.channels.chain import Reverted, claim_many_data
from gems_platform.channels.intents import Call
from gems_platform.channels.sending import Sender
from gems_platform.channels.tower import Tower
from gems_platform.clock import Clock
from gems_platform.errors import ChainDown
from gems_platform.schemas import raw
from gems_platform.watching.following import Following
from gems_platform.watching.mirror import Mirror
from gems_platform.watching.nodes import Nodes
from gems_platform.watching.place import Place
from gems_platform.watching.reading import config_of
from gems_platform.watching.worth import CLOSED, Kept, gain, worth
from gems_protocol.amount import Amount
from gems_protocol.channel import Config
from gems_protocol.errors import BadSignature
from gems_protocol.messages import Voucher

LOG = logging.getLogger("gems_platform.watching")
NAME = "watch"  # of the intents on chain
ROWS = 100  # of one transaction: the contract takes 128
AGAIN_S = 3_600  # between two looks at a close to which the kept voucher adds nothing


@dataclass(frozen=True, slots=True)
class Turn:
    """What one look came to: closes that run, vouchers that were handed in now, and those that could not be."""

    closing: int
    sent: int
    left: int


class Watcher:
    """One tower's eyes and hand; `turn` is called every few seconds, or once by a timer of the system."""

    def __init__(
        self,
        place: Place,
        nodes: Nodes,
        following: Following,
        tower: Tower,
        mirror: Mirror,
        senders: Sequence[Sender],
        key: bytes | None,
        clock: Clock,
        *,
        own_payer: str = "",
    ) -> None:
        """senders: one for each node, in their order. key: pays the gas; without one it only tells.

        own_payer: whose channels are left alone, as nobody watches over himself.
        """
        self._place, self._nodes, self._following = place, nodes, following
        self._tower, self._mirror, self._clock = tower, mirror, clock
        self._senders, self._key, self._own = tuple(senders), key, own_payer
        self._told: set[tuple[str, int, str]] = set()
        self._nothing: dict[str, tuple[tuple[int, int], int]] = {}  # vouchers that added nothing, and when

    async def turn(self) -> Turn:
        """Read on and hand in whatever is due; raises ChainDown when no node answers."""
        await self._mirror.read()
        for channel_id in await self._following.read():
            LOG.info("channel %s is being closed", channel_id)
        closes = await run_in_threadpool(self._following.closes)
        under_way = await self._under_way()
        due: list[tuple[str, Kept]] = []
        for channel_id, config in closes:
            kept = await self._due(channel_id, config)
            if kept is not None and channel_id not in under_way:
                due.append((channel_id, kept))
        sent = 0
        for at in range(0, len(due), ROWS):
            sent += await self._hand_in(due[at : at + ROWS])
        return Turn(len(closes), sent, len(due) - sent)

    async def _under_way(self) -> set[str]:
        if not self._senders:
            return set()
        live = await self._senders[0].under_way(NAME)
        return {name for intent in live if intent.state == "sent" for name in json.loads(intent.about)}

    async def _due(self, channel_id: str, config: str | None) -> Kept | None:
        """The best voucher of a channel that closes, if any node says that it adds something."""
        best = await run_in_threadpool(self._tower.best, channel_id)
        row = await run_in_threadpool(self._mirror.best, channel_id)
        if best is None and row is None:
            return None
        highest = max(worth(one) for one in _vouchers(best, row))
        known, at = self._nothing.get(channel_id, (None, 0))
        if known == highest and abs(self._clock.now() - at) < AGAIN_S:
            return None  # what a voucher adds only falls, unless a block is taken back
        shown = await self._nodes.channels(raw(channel_id))
        if all(state.closing == CLOSED for state in shown):
            await run_in_threadpool(self._following.end, channel_id)
            return None
        if row is not None and (best is None or worth(row[0]) > worth(best.voucher)):
            found = await self._config(channel_id, config)
            if found is not None and found.signer == row[2]:
                best = Kept(found, row[0], row[1])
        if best is None or (self._own and best.config.payer == self._own) or not self._is_sound(best):
            return None
        voucher = best.voucher
        more = max(gain(state, voucher) for state in shown)
        if not more:
            self._nothing[channel_id] = (worth(voucher), self._clock.now())
        else:
            self._tell(
                channel_id,
                voucher.seq,
                "due",
                f"voucher {voucher.seq} of it is worth {Amount(more).exact()} GEM more",
            )
        return best if more else None

    async def _config(self, channel_id: str, known: str | None) -> Config | None:
        if known is not None:
            return Config(**json.loads(known))
        for found in await self._nodes.ask(lambda node: config_of(node, channel_id)):
            if found is not None:
                await run_in_threadpool(
                    self._following.keep_config, channel_id, json.dumps(asdict(found), sort_keys=True)
                )
                return found
        return None

    def _is_sound(self, kept: Kept) -> bool:
        try:
            kept.voucher.check(self._place.channels_domain, kept.signature, kept.config.signer)
        except BadSignature:
            return False
        return kept.voucher.channel_id == kept.config.channel_id()

    async def _hand_in(self, due: list[tuple[str, Kept]]) -> int:
        """One transaction for these channels; how many were handed in."""
        if self._key is None or not self._senders:
            for channel_id, kept in due:
                self._tell(
                    channel_id,
                    kept.voucher.seq,
                    "no key",
                    "it is not handed in: this tower has no key for gas",
                )
            return 0
        data = claim_many_data([kept.row for _, kept in due])
        about = json.dumps([name for name, _ in due])
        call = Call(NAME, self._place.channels, data, about)
        fault: ChainDown | None = None
        for place in await self._nodes.freshest():
            try:
                await self._senders[place].send(self._key, [call])
            except Reverted as error:
                fault = error
                continue
            except ChainDown as error:
                fault = error
                if not await self._is_stored(about):  # else it is under way, and sent again at the next turn
                    continue
            for channel_id, kept in due:
                self._tell(
                    channel_id, kept.voucher.seq, "sent", f"voucher {kept.voucher.seq} of it is handed in"
                )
            return len(due)
        for channel_id, kept in due:
            why = "" if fault is None else fault.message
            self._tell(channel_id, kept.voucher.seq, why, f"it could not be handed in yet: {why}")
        return 0

    async def _is_stored(self, about: str) -> bool:
        live = await self._senders[0].under_way(NAME)
        return any(intent.about == about and intent.state == "sent" for intent in live)

    def _tell(self, channel_id: str, seq: int, what: str, text: str) -> None:
        """Say a thing about a voucher once."""
        if (channel_id, seq, what) not in self._told:
            self._told.add((channel_id, seq, what))
            LOG.log(
                logging.INFO if what in ("due", "sent") else logging.WARNING,
                "channel %s: %s",
                channel_id,
                text,
            )


def _vouchers(best: Kept | None, row: tuple[Voucher, bytes, str] | None) -> list[Voucher]:
    """What was brought and what was mirrored of one channel."""
    return [*([] if best is None else [best.voucher]), *([] if row is None else [row[0]])]
