# SPDX-License-Identifier: Apache-2.0
"""A requester's own transactions: signed here with its key, sent once, awaited."""

from __future__ import annotations

import asyncio

from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from hexbytes import HexBytes

from gems_platform.client.requesting.ports import RequesterChain
from gems_protocol.errors import GemsError
from gems_protocol.signature import address_of

_WAIT_S, _STEP_S = 180, 0.1
MOST_TIP = 10**10  # wei per gas: a node that suggests more is wrong, or wants the requester's coin to be gone


class TransactionFailed(GemsError):
    """A transaction was refused by its contract, or is not in a block yet."""


async def transact(
    chain: RequesterChain, chain_id: int, key: bytes, to: str, data: bytes, value: int = 0
) -> bytes:
    """Send a call as the owner of `key` and wait until it is in a block; its hash.

    Raises CallReverted before anything is sent when the contract would refuse, TransactionFailed afterwards.
    """
    return await send_and_wait(chain, await signed_call(chain, chain_id, key, to, data, value))


async def signed_call(
    chain: RequesterChain, chain_id: int, key: bytes, to: str, data: bytes, value: int = 0
) -> bytes:
    """A call as a signed transaction that nobody has yet; raises CallReverted when the contract would refuse it."""
    sender = address_of(key)
    gas = await chain.estimate_gas(sender, to, data, value)
    fee, tip = await chain.gas_price()
    over = max(0, tip - MOST_TIP)
    fee, tip = fee - over, tip - over
    signed = Account.from_key(key).sign_transaction(
        {
            "type": 2,
            "chainId": chain_id,
            "nonce": await chain.nonce(sender),
            "to": bytes.fromhex(to[2:]),
            "gas": gas * 5 // 4,
            "maxFeePerGas": fee,
            "maxPriorityFeePerGas": tip,
            "value": value,
            "data": data,
        }
    )
    return bytes(signed.raw_transaction)


def nonce_of(raw: bytes) -> int:
    """The nonce of a transaction that `signed_call` made."""
    return int(TypedTransaction.from_bytes(HexBytes(raw)).as_dict()["nonce"])


async def send_and_wait(chain: RequesterChain, raw: bytes) -> bytes:
    """Send a signed transaction, which may have been sent before, and wait for its block; its hash."""
    tx_hash = await chain.send_raw(raw)
    for _ in range(int(_WAIT_S / _STEP_S)):
        found = await chain.receipt(tx_hash)
        if found is not None:
            if not found.succeeded:
                raise TransactionFailed(
                    "The contract refused the transaction.",
                    safe="Only its gas was spent.",
                    action="Look at its reason.",
                )
            return tx_hash
        await asyncio.sleep(_STEP_S)
    raise TransactionFailed(
        f"The transaction 0x{tx_hash.hex()} is not in a block yet.",
        safe="It may still go through.",
        action="Look for it before you try again.",
        retryable=True,
    )
