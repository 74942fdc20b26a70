# SPDX-License-Identifier: Apache-2.0
"""The forms of channel and relayer requests."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from gems_platform.schemas import Address, Signed, Strict, Units


class Empty(Strict):
    """A request that says nothing more."""


class StandingOrder(Strict):
    """The first so many base units of earnings go to the bond pocket."""

    bond_target: Units


class ConfigBody(Strict):
    """What names a channel."""

    payer: Address
    signer: Address
    worker: Address
    delay: Annotated[int, Field(ge=0)]
    salt: Annotated[int, Field(ge=0)]


class RelayRequest(Strict):
    """A claim for the relayer to send: the newest voucher and the worker's authorisation."""

    config: ConfigBody
    voucher: Signed
    auth: Signed


class CloseRequest(Strict):
    """A close for the relayer to start: the newest voucher, if there ever was one, and the worker's authorisation."""

    config: ConfigBody
    voucher: Signed | None
    auth: Signed


class TowerRequest(Strict):
    """A voucher of any hub's channel for a watch-tower to keep."""

    chain_id: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,18}$", strict=True)]
    contract: Address
    config: ConfigBody
    voucher: Signed


class UnbondRequest(Strict):
    """A step of the bond into the free pocket: its number, its base units and the worker's Debit for it."""

    step: Annotated[int, Field(ge=1, lt=1 << 32)]
    amount: Units
    debit: Signed


class ReturnedVoucher(Strict):
    """A voucher of this hub with the lines it settled."""

    voucher: Signed
    lines: Annotated[list[dict[str, Any]], Field(max_length=1000)]


class ReturnedVouchers(Strict):
    """What a hub without its newest books gets back: vouchers in order, the newest debit, the work's assignments."""

    vouchers: Annotated[list[ReturnedVoucher], Field(max_length=200)]
    assignments: Annotated[list[Signed], Field(max_length=1000)]
    debit: Signed | None
    more: bool = False


class TransferRequest(Strict):
    """GEM to send for its owner, and what the relayer gets for it."""

    transfer: Signed
    fee: Signed
