# SPDX-License-Identifier: Apache-2.0
"""Sending GEM by signature (EIP-3009): the one message that is signed in the token's own domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from gems_protocol.keccak import keccak
from gems_protocol.typed_data import GEM_DOMAIN, Message


@dataclass(frozen=True, slots=True)
class TransferAuth(Message):
    """The owner sends `value` base units to `to`, once, strictly between two chain times (Unix seconds)."""

    TYPE: ClassVar[str] = (
        "TransferWithAuthorization(address from,address to,uint256 value,"
        "uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    )
    DOMAIN: ClassVar[str] = GEM_DOMAIN
    from_: str
    to: str
    value: int
    valid_after: int
    valid_before: int
    nonce: bytes

    def fee(self, relayer: str, fee: int) -> TransferAuth:
        """What pays the relayer that brings this transfer: the same times, a nonce that only this one has."""
        times = (self.valid_after, self.valid_before)
        return TransferAuth(self.from_, relayer, fee, *times, fee_nonce(self.nonce))


def fee_nonce(nonce: bytes) -> bytes:
    """The nonce of the fee of the transfer with this nonce; both 32 bytes."""
    return keccak(nonce + b"fee")
