# SPDX-License-Identifier: Apache-2.0
"""The chain as the platform needs it: raw JSON-RPC, a few calls and a few transactions, nothing cached."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp
from eth_abi.abi import decode, encode
from eth_account import Account
from eth_account.typed_transactions.typed_transaction import TypedTransaction
from eth_utils import keccak, to_checksum_address
from hexbytes import HexBytes

from gems_platform.errors import ChainDown
from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import TransferAuth
from gems_protocol.signature import address_of

_TIMEOUT = aiohttp.ClientTimeout(total=20)
_MAX_ANSWER = 4_000_000
_CLOSED = 2**256 - 1
_LOW_62 = 2**62 - 1
CONFIG = "(address,address,address,uint64,uint64)"
VOUCHER = "(uint128,uint96,uint64)"
SIG = "(uint256,uint256,uint256)"
AUTH = "(address,address,uint128,uint64)"
TERMS = (
    "(address,address,uint128,uint128,uint128,uint128,uint8,uint8,uint8,uint8,uint64,uint64,uint64,"
    "bytes32,bytes32,address,bytes32,bytes32)"
)


class Reverted(ChainDown):
    """The contract refuses the call; the message holds its reason."""

    retryable = False


@dataclass(frozen=True, slots=True)
class ChannelOnChain:
    """What the contract says about a channel: base units, and 0 while it is open."""

    deposit: int
    claimed: int
    closing: int

    @property
    def ends_at(self) -> int:
        """Chain time from which a close can be ended; 0 while the channel is open, or ended."""
        return 0 if self.closing in (0, _CLOSED) else self.closing >> 192 & _LOW_62

    @property
    def debit_open(self) -> int | None:
        """Base units of debit registered so far while the channel closes; None while it is open or closed."""
        return None if self.closing in (0, _CLOSED) else self.closing & (2**96 - 1)


@dataclass(frozen=True, slots=True)
class Signed:
    """A transaction that is ready to be sent, and sent again."""

    raw: str
    tx_hash: str


def split(signature: bytes) -> tuple[int, int, int]:
    """A 65-byte signature as the contracts' struct Sig: v, r, s."""
    return signature[64], int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")


class Chain:
    """One RPC node; every method raises ChainDown when it does not answer, Reverted when a call fails."""

    def __init__(self, rpc_url: str, chain_id: int, gem: str, channels: str, campaigns: str) -> None:
        self._url, self._chain_id = rpc_url, chain_id
        self.gem, self.channels, self.campaigns = gem, channels, campaigns
        self._session: aiohttp.ClientSession | None = None
        self._sending = asyncio.Lock()
        self._ids = 0

    async def close(self) -> None:
        """Close the connection to the node."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _rpc(self, method: str, *params: Any) -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        self._ids += 1
        body = {"jsonrpc": "2.0", "id": self._ids, "method": method, "params": list(params)}
        try:
            async with self._session.post(self._url, json=body) as response:
                raw = bytearray()
                async for chunk in response.content.iter_chunked(65_536):
                    raw += chunk
                    if len(raw) > _MAX_ANSWER:
                        raise ChainDown("The chain's node sent too much in one answer.")
            answer = canonical.loads(bytes(raw), _MAX_ANSWER)
        except (aiohttp.ClientError, TimeoutError, MalformedMessage) as error:
            raise ChainDown(
                "The chain's node does not answer.", safe="Nothing was lost.", action="Try again later."
            ) from error
        if not isinstance(answer, dict):
            raise ChainDown("The chain's node does not speak JSON-RPC.")
        if answer.get("error"):
            text = str(answer["error"].get("message", ""))[:200]
            kind = Reverted if method in ("eth_call", "eth_estimateGas") else ChainDown
            raise kind(f"The chain refused: {text}")
        return answer.get("result")

    async def _view(self, to: str, signature: str, result: list[str], *args: Any) -> tuple[Any, ...]:
        data = "0x" + call_data(signature, *args).hex()
        found = await self._rpc("eth_call", {"to": to, "data": data}, "latest")
        return tuple(decode(result, bytes.fromhex(found[2:])))

    async def channel(self, channel_id: bytes) -> ChannelOnChain:
        """Deposit, claimed and closing of a channel."""
        found = await self._view(self.channels, "channel(bytes32)", ["uint256"] * 3, channel_id)
        return ChannelOnChain(*found)

    async def funded(self, campaign_id: bytes) -> int:
        """Base units ever paid into a campaign's escrow."""
        return int((await self._view(self.campaigns, "funded(bytes32)", ["uint256"], campaign_id))[0])

    async def redeemed(self, campaign_id: bytes) -> int:
        """Base units ever paid out of a campaign's escrow to the hub."""
        return int((await self._view(self.campaigns, "redeemed(bytes32)", ["uint256"], campaign_id))[0])

    async def gem_balance(self, address: str) -> int:
        """GEM of an address, base units."""
        return int((await self._view(self.gem, "balanceOf(address)", ["uint256"], address))[0])

    async def gem_allowance(self, owner: str, spender: str) -> int:
        """How much `spender` may pull from `owner`, base units."""
        return int((await self._view(self.gem, "allowance(address,address)", ["uint256"], owner, spender))[0])

    async def block_number(self) -> int:
        """The newest block's number."""
        return int(await self._rpc("eth_blockNumber"), 16)

    async def timestamp(self) -> int:
        """The newest block's Unix time."""
        block = await self._rpc("eth_getBlockByNumber", "latest", False)
        return int(block["timestamp"], 16)

    async def simulate(self, sender: str, to: str, data: bytes) -> bytes:
        """Run a call as `sender` without sending it; raises Reverted."""
        found = await self._rpc("eth_call", {"from": sender, "to": to, "data": "0x" + data.hex()}, "latest")
        return bytes.fromhex(found[2:])

    async def sign(self, key: bytes, to: str, data: bytes, later: int = 0) -> Signed:
        """A signed transaction from `key` with the account's next nonce; raises Reverted if it would fail.

        later: how many transactions, signed already and not sent yet, go before it.
        """
        sender = address_of(key)
        call = {"from": sender, "to": to, "data": "0x" + data.hex()}
        gas = int(await self._rpc("eth_estimateGas", call), 16)
        price = int(await self._rpc("eth_gasPrice"), 16)
        nonce = int(await self._rpc("eth_getTransactionCount", sender, "pending"), 16) + later
        signed = Account.sign_transaction(
            {
                "chainId": self._chain_id,
                "nonce": nonce,
                "to": to_checksum_address(to),
                "data": data,
                "value": 0,
                "gas": gas * 5 // 4,
                "maxFeePerGas": 2 * price,
                "maxPriorityFeePerGas": min(price, 10**9),
                "type": 2,
            },
            key,
        )
        return Signed("0x" + bytes(signed.raw_transaction).hex(), "0x" + bytes(signed.hash).hex())

    async def broadcast(self, raw: str) -> None:
        """Send a signed transaction; sending it again does nothing."""
        try:
            await self._rpc("eth_sendRawTransaction", raw)
        except ChainDown as error:
            if "already known" not in error.message:
                raise

    async def send(self, key: bytes, to: str, data: bytes) -> str:
        """Sign and send; the transaction's hash. One at a time, so that nonces do not collide."""
        async with self._sending:
            signed = await self.sign(key, to, data)
            await self.broadcast(signed.raw)
            return signed.tx_hash

    @property
    def sending(self) -> asyncio.Lock:
        """Held by whoever signs and then sends in two steps."""
        return self._sending

    async def succeeded(self, tx_hash: str) -> bool | None:
        """Whether a transaction did what it should; None while it is not in a block."""
        receipt = await self._rpc("eth_getTransactionReceipt", tx_hash)
        return None if receipt is None else int(receipt["status"], 16) == 1


def call_data(signature: str, *args: Any) -> bytes:
    """Selector and ABI-encoded arguments of `name(type,...)`."""
    inside = signature[signature.index("(") + 1 : -1]
    return keccak(text=signature)[:4] + encode(_types(inside), args)


def _types(inside: str) -> list[str]:
    """The top-level types of a list such as "uint8,(address,bool),bytes"."""
    found, depth, at = [], 0, 0
    for place, letter in enumerate(inside + ","):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            found.append(inside[at:place])
            at = place + 1
    return [kind for kind in found if kind]


def deposit_many_data(signer: str, delay: int, salt: int, workers: list[str], amounts: list[int]) -> bytes:
    """Open or top up channels of the sender."""
    signature = "deposit_many(address,uint64,uint64,address[],uint128[])"
    return call_data(signature, signer, delay, salt, workers, amounts)


def claim_auth_data(
    config: tuple[str, str, str, int, int],
    voucher: tuple[int, int, int],
    signature: bytes,
    auth: tuple[str, str, int, int],
    worker_signature: bytes,
) -> bytes:
    """Claim for a worker who authorised the sender, who keeps the fee."""
    name = f"claim_auth({CONFIG},{VOUCHER},{SIG},{AUTH},{SIG})"
    return call_data(name, config, voucher, split(signature), auth, split(worker_signature))


def called(signed: str) -> bytes:
    """The data of a signed transaction."""
    return bytes(TypedTransaction.from_bytes(HexBytes(signed)).as_dict()["data"])


def transfer_data(message: TransferAuth, signature: bytes) -> bytes:
    """Send GEM that its owner authorised."""
    name = "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)"
    fields = (message.from_, message.to, message.value, message.valid_after, message.valid_before)
    v, r, s = signature[64], signature[:32], signature[32:64]
    return call_data(name, *fields, message.nonce, v, r, s)


def submit_debit_data(
    config: tuple[str, str, str, int, int], debited: int, assignments: bytes, signature: bytes
) -> bytes:
    """Register what a worker owes from its bond, while its channel closes."""
    name = f"submit_debit({CONFIG},uint96,bytes32,{SIG})"
    return call_data(name, config, debited, assignments, split(signature))


def finish_close_data(config: tuple[str, str, str, int, int]) -> bytes:
    """End a channel whose delay is over: the worker gets the bond, the payer the rest."""
    return call_data(f"finish_close({CONFIG})", config)


def redeem_data(terms: tuple[Any, ...], spent: int, seq: int, signature: bytes) -> bytes:
    """Take from a campaign's escrow what its requester signed for."""
    return call_data(f"redeem({TERMS},(uint128,uint64),{SIG})", terms, (spent, seq), split(signature))


def approve_data(spender: str, amount: int) -> bytes:
    """Let `spender` pull GEM from the sender."""
    return call_data("approve(address,uint256)", spender, amount)
