# SPDX-License-Identifier: Apache-2.0
"""Puts the three contracts on a chain. Their addresses follow from the deployer and its first nonce, so a
deployment that was cut off is taken up where it stopped and a finished one is only found again."""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi.abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils.address import to_canonical_address
from eth_utils.crypto import keccak

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_protocol.contracts import artefact
from gems_protocol.errors import GemsError


@dataclass(frozen=True)
class Addresses:
    """Where the contracts are, lowercase 0x-hex."""

    gem: str
    channels: str
    campaigns: str


class DeploymentFailed(GemsError):
    """A contract could not be put on the chain."""


def contract_address(deployer: str, nonce: int) -> str:
    """The address of the contract that `deployer` creates with this nonce (below 2**32), lowercase 0x-hex."""
    if not 0 <= nonce < 2**32:
        raise ValueError("nonce out of range")
    raw = nonce.to_bytes((nonce.bit_length() + 7) // 8, "big")
    number = raw if len(raw) == 1 and raw[0] < 0x80 else bytes([0x80 + len(raw)]) + raw
    body = bytes([0x94]) + to_canonical_address(deployer) + number
    return "0x" + keccak(bytes([0xC0 + len(body)]) + body)[12:].hex()


async def deploy_contracts(
    rpc_url: str, deployer_key: bytes, *, chain_id: int, holder: str | None = None, first_nonce: int = 0
) -> Addresses:
    """Deploy Gem, Channels and Campaigns with the deployer's nonces first_nonce .. first_nonce + 2.

    holder: who gets the whole supply of GEM (default: the deployer). Called again it changes nothing.
    Raises DeploymentFailed when the deployer used one of these nonces otherwise, and the errors of ChainRpc.
    """
    account: LocalAccount = Account.from_key(deployer_key)
    where = Addresses(*(contract_address(account.address, first_nonce + step) for step in range(3)))
    plan = (
        ("Gem", where.gem, holder or account.address),
        ("Channels", where.channels, where.gem),
        ("Campaigns", where.campaigns, where.gem),
    )
    chain = ChainRpc([rpc_url], chain_id, where.gem, where.channels, where.campaigns)
    try:
        for step, (name, address, argument) in enumerate(plan):
            if not await chain.code(address):
                bytecode = bytes.fromhex(str(artefact(name)["bytecode"]).removeprefix("0x"))
                creation = bytecode + encode(["address"], [argument])
                await create(chain, account, chain_id, creation, first_nonce + step, name)
    finally:
        await chain.close()
    return where


async def create(
    chain: ChainRpc, account: LocalAccount, chain_id: int, creation: bytes, nonce: int, name: str
) -> str:
    """Create one contract on a chain that makes a block at once; its address. Raises DeploymentFailed."""
    current = await chain.nonce(account.address)
    if current != nonce:
        raise DeploymentFailed(
            f"{name} is not on the chain, but the deployer's nonce {nonce} is not the next one."
        )
    fee, tip = await chain.gas_price()
    signed = account.sign_transaction(
        {
            "type": 2,
            "chainId": chain_id,
            "nonce": nonce,
            "gas": await chain.estimate_gas(account.address, None, creation),
            "maxFeePerGas": fee,
            "maxPriorityFeePerGas": tip,
            "value": 0,
            "data": creation,
        }
    )
    receipt = await chain.receipt(await chain.send_raw(bytes(signed.raw_transaction)))
    if receipt is None or not receipt.succeeded or receipt.created is None:
        raise DeploymentFailed(f"{name} could not be deployed.")
    return receipt.created
