# SPDX-License-Identifier: Apache-2.0
"""The highest voucher of my channel, whoever kept it: the hub, a tower, the published day, a claim, my own file.

All counters of a channel only grow, so the highest that the hub signed stands and a stale copy can never hurt.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from gems_desktop.services.channels import best_voucher, load_channel
from gems_desktop.services.context import Context
from gems_desktop.services.cursor import set_value
from gems_desktop.services.errors import NothingToDo, PlatformLied, PlatformRefused
from gems_desktop.services.explaining import add_unexplained
from gems_desktop.services.network import Network
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord, VoucherRecord
from gems_desktop.services.vouchers import DIFFERENCE
from gems_protocol.amount import Amount
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.messages import Voucher, signature_from_hex

_MOST = 100_000  # bytes of a voucher's file


async def shown_by_the_platform(context: Context, channel_id: str) -> list[Any]:
    """What the platform has of my channel: its own books, its tower, its newest published day. Raises Offline."""
    found = []
    with suppress(PlatformRefused):
        found.append((await context.platform.get("/v1/channel")).get("voucher"))
    with suppress(PlatformRefused):
        told = await context.platform.get(f"/v1/tower/vouchers/{channel_id}", token=False)
        found.append(told.get("voucher"))
    with suppress(PlatformRefused, KeyError, IndexError, TypeError):
        days = (await context.platform.get("/v1/vouchers", token=False))["days"]
        day = str(days[-1]["day"])
        if len(day) == len("2026-01-01") and day.replace("-", "").isdecimal():
            row = await context.platform.get(f"/v1/vouchers/{day}/{channel_id}", token=False)
            found.append(row.get("voucher"))
    return found


async def shown_by_towers(context: Context, towers: tuple[str, ...], channel_id: str) -> list[Any]:
    """What other towers have; who cannot be reached is left out, as any one of them is enough."""
    found = []
    for tower in towers:
        with suppress(GemsError):
            found.append(await context.towers.show(tower, channel_id))
    return found


def shown_in_file(path: str) -> list[Any]:
    """The voucher in a file that was written for a backup; raises NothingToDo for another file."""
    try:
        with open(path, "rb") as file:
            value = json.loads(file.read(_MOST))
        return [value["voucher"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise NothingToDo(
            "This file holds no voucher.", safe="Nothing was changed.", action="Choose the file of a backup."
        ) from error


def take_highest(tx: Tx, shown: list[Any], network: Network, now: int) -> bool:
    """Keep the highest voucher that the hub signed for my channel; whether it is above what my own sum knows.

    One with a higher number is never below another that was signed before it. Its lines are not here, so its
    pockets are believed as they are signed: they are what the chain would pay.
    """
    channel, best = load_channel(tx), best_voucher(tx)
    if channel is None:
        return False
    channel_id = channel.config.channel_id()
    highest = (best.seq, best.paid + best.bonded) if best else (0, Amount(0))
    chosen: tuple[Voucher, str] | None = None
    for value in shown:
        if value is None:
            continue
        try:
            voucher = Voucher.from_json(value["message"])
            voucher.check(
                network.channels_domain, signature_from_hex(value["signature"]), channel.config.signer
            )
        except (BadSignature, MalformedMessage, KeyError, TypeError):
            continue  # worth nothing on the chain, so it is no voucher
        rank = (voucher.seq, Amount(voucher.paid + voucher.bonded))
        if voucher.channel_id == channel_id and rank > highest and rank[1] > highest[1]:
            highest, chosen = rank, (voucher, value["signature"])
    if chosen is None:
        return False
    _keep(tx, *chosen, best, now)
    return True


def _keep(tx: Tx, voucher: Voucher, signature: str, best: VoucherRecord | None, now: int) -> None:
    before = (best.paid + best.bonded).units if best else 0
    channel_id = "0x" + voucher.channel_id.hex()
    tx.put(
        VoucherRecord(
            seq=voucher.seq,
            channel_id=channel_id,
            paid=Amount(voucher.paid),
            bonded=Amount(voucher.bonded),
            signature=signature,
            lines="[]",
            received_at=now,
        )
    )
    set_value(tx, DIFFERENCE, None)
    add_unexplained(tx, voucher.paid + voucher.bonded - before, now)
    record = tx.get(ChannelRecord, channel_id)
    if record is None:
        raise PlatformLied("a voucher is for a channel that is not yours.")
    # what the standing order put into the bond can no longer be told from returned stakes: the most it can be
    tx.change(ChannelRecord, channel_id, from_rewards=str(min(Amount(voucher.bonded), record.bond_target)))
