# SPDX-License-Identifier: Apache-2.0
"""The forms of channel and relayer requests."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

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
