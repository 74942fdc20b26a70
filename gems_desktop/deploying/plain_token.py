# SPDX-License-Identifier: Apache-2.0
"""Whether a token that exists already is GEM and moves amounts exactly: no fee, no rebasing (row 27 of the channels'
table of attacks)."""

from __future__ import annotations

from gems_desktop.adapters.chain_errors import CallReverted, NodeLied
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.faults import NotPlain
from gems_platform.client.requesting.transactions import TransactionFailed, transact
from gems_protocol.abi import encode
from gems_protocol.contracts.calls import call_data
from gems_protocol.contracts.deployed import Place, difference
from gems_protocol.keccak import keccak
from gems_protocol.signature import address_of

_DECIMALS = 18
_TRANSFER = keccak(text="Transfer(address,address,uint256)")


async def check_code(chain: ChainRpc, chain_id: int, gem: str) -> None:
    """Raises NotPlain unless GEM stands there byte for byte: clients trust no other token."""
    why = difference(await chain.code(gem), Place("Gem", chain_id, gem, gem))
    if why is not None:
        raise NotPlain(why)


async def check_facts(chain: ChainRpc, gem: str) -> None:
    """Raises NotPlain unless the token says that it is Gem with 18 decimals."""
    try:
        decimals = await chain.view(gem, call_data("Gem", "decimals"))
        name = await chain.view(gem, call_data("Gem", "name"))
    except (CallReverted, NodeLied) as error:
        raise NotPlain("it does not say its name and its decimals") from error
    if decimals != encode(["uint256"], [_DECIMALS]) or name != encode(["string"], ["Gem"]):
        raise NotPlain("its name is not Gem, or it has not 18 decimals")


async def check_transfer(chain: ChainRpc, chain_id: int, key: bytes, gem: str) -> bool:
    """Send one base unit to oneself and look at what it changed; False when the key holds none to try it with.

    Raises NotPlain when the balance changed or when the token's event says something else, and the errors of
    ChainRpc and `transact`.
    """
    me = address_of(key)
    before = await chain.gem_balance(me)
    if before == 0:
        return False
    try:
        tx_hash = await transact(chain, chain_id, key, gem, call_data("Gem", "transfer", me, 1))
    except (CallReverted, TransactionFailed) as error:
        if error.retryable:
            raise
        raise NotPlain("it refuses to send one base unit") from error
    receipt = await chain.receipt(tx_hash)
    who = encode(["address"], [me])
    told = [(log.topics, log.data) for log in receipt.logs] if receipt is not None else []
    if told != [((_TRANSFER, who, who), encode(["uint256"], [1]))]:
        raise NotPlain("it does not move the amount that it was told to")
    if await chain.gem_balance(me) != before:
        raise NotPlain("it takes a part of what is sent")
    return True
