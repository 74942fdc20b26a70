# SPDX-License-Identifier: Apache-2.0
"""Claims of a former life: each signed by me, their amounts by what the chain says was claimed before and after."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gems_desktop.services.cursor import set_value
from gems_desktop.services.facts import ClaimState
from gems_desktop.services.network import Network
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ChannelRecord, ClaimRecord
from gems_desktop.services.verdicts import LATEST
from gems_protocol.amount import ZERO, Amount
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import ClaimAuth, Voucher, hash_from_hex, signature_from_hex

ELSEWHERE = "claimed_elsewhere"  # {"units","at"}: what the chain says was claimed and no claim here explains
_STATES = {"sent": ClaimState.SENT, "confirmed": ClaimState.CLAIMED, "failed": ClaimState.FAILED}


def read_claims(
    entries: list[Any], record: ChannelRecord | None, network: Network, me: str
) -> tuple[list[ClaimRecord], list[str]]:
    """The claims of a page that I signed, and why others are not believed; amounts are settled at the end."""
    found, problems = [], []
    for value in entries:
        try:
            found.append(_claim(value, record, network, me))
        except (BadSignature, MalformedMessage, KeyError, TypeError, ValueError):
            problems.append("A claim is not signed by you.")
    return found, problems


def _claim(value: Any, channel: ChannelRecord | None, network: Network, me: str) -> ClaimRecord:
    request = value["request"]
    auth = ClaimAuth.from_json(request["auth"]["message"])
    auth.check(network.channels_domain, signature_from_hex(request["auth"]["signature"]), me)
    voucher = Voucher.from_json(request["voucher"]["message"])
    signature_from_hex(request["voucher"]["signature"])
    hash_from_hex(value["tx_hash"])
    if channel is None or "0x" + auth.channel_id.hex() != channel.channel_id or type(value["at"]) is not int:
        raise MalformedMessage("A claim is of another channel.")
    if not 0 <= value["at"] < LATEST:
        raise MalformedMessage("A claim was at an impossible time.")
    # Only what was checked is kept: what else stands in the request is the platform's word.
    body = {
        "config": json.loads(channel.config),
        "voucher": {"message": voucher.to_json(), "signature": request["voucher"]["signature"]},
        "auth": {"message": auth.to_json(), "signature": request["auth"]["signature"]},
    }
    return ClaimRecord(
        claim_id="0x" + auth.digest(network.channels_domain).hex(),
        channel_id=channel.channel_id,
        claimed_before=Amount(auth.claimed_before),
        amount=max(ZERO, min(Amount(voucher.paid), channel.deposit) - Amount(auth.claimed_before)),
        fee=Amount(auth.fee),
        relayer=auth.relayer,
        deadline=auth.deadline,
        body=json.dumps(body),
        state=_STATES[value["state"]].name,
        tx_hash=value["tx_hash"],
        at=value["at"],
    )


def settle_claims(tx: Tx, claimed: Amount, now: int) -> None:
    """What each claim brought: the chain's sum before the next one, less its own; one that the chain denies waits.

    What was claimed by ways of which nothing is here is remembered, so that the ledger's sum is the chain's.
    """
    records = [one for one in tx.find(ClaimRecord) if one.state != ClaimState.FAILED.name]
    later, explained = claimed, ZERO
    for record in sorted(records, key=lambda one: one.claimed_before, reverse=True):
        if later > record.claimed_before:
            tx.put(replace(record, amount=later - record.claimed_before))
            explained += later - record.claimed_before
        elif record.state == ClaimState.CLAIMED.name:
            tx.put(replace(record, state=ClaimState.CONFIRMING.name))
        later = min(later, record.claimed_before)
    gap = claimed - explained
    set_value(tx, ELSEWHERE, {"units": str(gap), "at": now} if gap > ZERO else None)
