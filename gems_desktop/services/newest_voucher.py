# SPDX-License-Identifier: Apache-2.0
"""The highest voucher of my channel, whoever kept it: the hub, a tower, the published day, a claim, my own file.

All counters of a channel only grow, so the highest that the hub signed stands and a stale copy can never hurt.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
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
_MOST_DAYS = 40  # as many as a hub keeps


@dataclass(frozen=True, slots=True)
class Shown:
    """A voucher as somebody shows it, unchecked. where: the hub's books ("served"), its daily file, from its own
    hand or a tower's mirror ("published"), or anybody's keeping ("kept")."""

    where: str
    value: Any
    day: str = ""


async def shown_by_the_platform(context: Context, channel_id: str) -> list[Shown]:
    """What the platform has of my channel: books, tower, mirror, every published day. Raises Offline."""
    found = []
    with suppress(PlatformRefused, AttributeError):
        found.append(Shown("served", (await context.platform.get("/v1/channel")).get("voucher")))
    with suppress(PlatformRefused, AttributeError):
        told = await context.platform.get(f"/v1/tower/vouchers/{channel_id}", token=False)
        found.append(Shown("kept", told.get("voucher")))
    with suppress(PlatformRefused):
        found += mirrored(await context.platform.get(f"/v1/tower/mirror/{channel_id}", token=False))
    with suppress(PlatformRefused, KeyError, IndexError, TypeError, AttributeError):
        days = (await context.platform.get("/v1/vouchers", token=False))["days"]
        for each in days[-_MOST_DAYS:]:
            day = str(each["day"])
            if len(day) == len("2026-01-01") and day.replace("-", "").isdecimal():
                row = await context.platform.get(f"/v1/vouchers/{day}/{channel_id}", token=False)
                found.append(Shown("published", row.get("voucher"), day))
    return found


def mirrored(answer: Any) -> list[Shown]:
    """A channel's rows in a tower's mirror of daily files; what is malformed is no row."""
    rows = answer.get("rows") if isinstance(answer, dict) else None
    return [
        Shown("published", row.get("voucher"), str(row.get("day"))[:10])
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]


async def shown_by_towers(context: Context, towers: tuple[str, ...], channel_id: str) -> list[Shown]:
    """What other towers keep and mirror; who cannot be reached is left out, as any one of them is enough."""
    found: list[Shown] = []
    for tower in towers:
        with suppress(GemsError):
            found += await shown_by_tower(context, tower, channel_id)
    return found


async def shown_by_tower(context: Context, tower: str, channel_id: str) -> list[Shown]:
    """What one tower keeps of my channel, and what it mirrors; raises TowerUnreachable when it gives neither."""
    found: list[Shown] = []
    fault: GemsError | None = None
    try:
        found.append(Shown("kept", await context.towers.show(tower, channel_id)))
    except GemsError as error:
        fault = error
    try:
        found += mirrored(await context.towers.mirrored(tower, channel_id))
    except GemsError:
        if fault is not None:
            raise fault from None
    return found


def shown_in_file(path: str) -> list[Shown]:
    """The voucher in a file that was written for a backup; raises NothingToDo for another file."""
    try:
        with open(path, "rb") as file:
            value = json.loads(file.read(_MOST))
        return [Shown("kept", value["voucher"])]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise NothingToDo(
            "This file holds no voucher.", safe="Nothing was changed.", action="Choose the file of a backup."
        ) from error


def served_less(shown: list[Shown], network: Network, channel_id: bytes) -> str:
    """The two signed vouchers, as text, when the hub serves less than it published; "" when it does not.

    A hub that serves none at all has signed nothing that contradicts its file: the file's row alone is the proof.
    """
    served, published = Voucher(channel_id, 0, 0, 0), Voucher(channel_id, 0, 0, 0)
    said, told = {"served": "none"}, {"published": "none"}
    asked = False
    for one in shown:
        asked = asked or one.where == "served"
        voucher = _checked(one.value, network, network.platform_signer)
        if voucher is None or voucher.channel_id != channel_id:
            continue
        words = f"{voucher.to_json()} {one.value['signature']}"
        if one.where == "served":
            served, said = voucher, {"served": words}
        elif one.where == "published" and _worth(voucher) > _worth(published):
            published, told = voucher, {f"published {one.day}": words}
    if not asked or _worth(published) <= _worth(served):
        return ""
    return "\n".join(f"{name}: {text}" for name, text in {**said, **told}.items())


def _worth(voucher: Voucher) -> tuple[int, int]:
    return voucher.paid + voucher.bonded, voucher.seq


def _checked(value: Any, network: Network, signer: str) -> Voucher | None:
    """A voucher that this key signed; None for anything else, which is worth nothing on the chain."""
    try:
        voucher = Voucher.from_json(value["message"])
        voucher.check(network.channels_domain, signature_from_hex(value["signature"]), signer)
    except (BadSignature, MalformedMessage, KeyError, TypeError):
        return None
    return voucher


def take_highest(tx: Tx, shown: list[Shown], network: Network, now: int) -> bool:
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
    for one in shown:
        voucher = _checked(one.value, network, channel.config.signer)
        if voucher is None:
            continue
        rank = (voucher.seq, Amount(voucher.paid + voucher.bonded))
        if voucher.channel_id == channel_id and rank > highest and rank[1] > highest[1]:
            highest, chosen = rank, (voucher, one.value["signature"])
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
