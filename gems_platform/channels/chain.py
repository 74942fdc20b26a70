# SPDX-License-Identifier: Apache-2.0
"""The chain as the platform needs it: raw JSON-RPC, a few calls and a few transactions, nothing cached."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any

import aiohttp
from eth_account import Account
from eth_utils import to_checksum_address

from gems_platform.errors import ChainDown
from gems_protocol import canonical
from gems_protocol.abi import DecodingError
from gems_protocol.contracts.calls import call_data, returned
from gems_protocol.dispute import split
from gems_protocol.errors import MalformedMessage
from gems_protocol.messages import TransferAuth
from gems_protocol.signature import address_of

_TIMEOUT = aiohttp.ClientTimeout(total=20)
_MAX_ANSWER = 4_000_000
_KNOWN = ("already known", "already imported", "known transaction")  # as nodes say that they have it
_REVERTS = (3, -32015)  # as nodes say that a contract refused, by number
_REFUSES = (
    "revert",
    "out of gas",
    "gas required exceeds",
    "invalid opcode",
    "vm execution error",
)  # and in words
_HEX = re.compile("0x[0-9a-fA-F]+")
_CLOSED = 2**256 - 1
_LOW_62 = 2**62 - 1


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


@dataclass(frozen=True, slots=True)
class Fees:
    """Wei per gas: the most that is paid, and the tip in it."""

    most: int
    tip: int


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A transaction but for its fees."""

    to: str
    data: bytes
    gas: int
    nonce: int


@dataclass(frozen=True, slots=True)
class Mined:
    """Where a transaction is, and whether it did what it should."""

    block: int
    succeeded: bool


class Chain:
    """One RPC node; every method raises ChainDown when it does not answer, Reverted when a call fails."""

    def __init__(
        self, rpc_url: str, chain_id: int, gem: str, channels: str, campaigns: str, depth: int = 1
    ) -> None:
        """depth: a block counts once so many blocks, itself included, are there."""
        self._url, self._chain_id = rpc_url, chain_id
        self.gem, self.channels, self.campaigns = gem, channels, campaigns
        self.depth = depth
        self.taken: dict[str, int] = {}  # by sender: the nonce after all that are promised (sending.py)
        self._session: aiohttp.ClientSession | None = None
        self._sending = asyncio.Lock()
        self._ids = 0

    @property
    def url(self) -> str:
        """The node's address, which may hold a key: never logged or shown."""
        return self._url

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
            raise _refusal(method, answer["error"])
        return answer.get("result")

    async def _view(self, contract: str, function: str, *args: Any, at: str = "latest") -> tuple[Any, ...]:
        to = {"Gem": self.gem, "Channels": self.channels, "Campaigns": self.campaigns}[contract]
        data = "0x" + call_data(contract, function, *args).hex()
        found = await self._rpc("eth_call", {"to": to, "data": data}, at)
        try:
            return returned(contract, function, _bytes(found))
        except DecodingError as error:
            raise _strange() from error

    async def settled(self) -> str:
        """The newest block that counts, as the node's interface names it."""
        return "latest" if self.depth == 1 else hex(max(0, await self.block_number() - self.depth + 1))

    async def channel(self, channel_id: bytes, at: str = "latest") -> ChannelOnChain:
        """Deposit, claimed and closing of a channel."""
        found = await self._view("Channels", "channel", channel_id, at=at)
        return ChannelOnChain(*found)

    async def funded(self, campaign_id: bytes, at: str = "") -> int:
        """Base units ever paid into a campaign's escrow, by blocks that count unless a block is named."""
        at = at or await self.settled()
        found = await self._view("Campaigns", "funded", campaign_id, at=at)
        return int(found[0])

    async def redeemed(self, campaign_id: bytes, at: str = "latest") -> int:
        """Base units ever paid out of a campaign's escrow to the hub."""
        return int((await self._view("Campaigns", "redeemed", campaign_id, at=at))[0])

    async def gem_balance(self, address: str, at: str = "latest") -> int:
        """GEM of an address, base units."""
        return int((await self._view("Gem", "balanceOf", address, at=at))[0])

    async def gem_allowance(self, owner: str, spender: str) -> int:
        """How much `spender` may pull from `owner`, base units."""
        return int((await self._view("Gem", "allowance", owner, spender))[0])

    async def block_number(self) -> int:
        """The newest block's number."""
        return _number(await self._rpc("eth_blockNumber"))

    async def id(self) -> int:
        """Which chain the node is of."""
        return _number(await self._rpc("eth_chainId"))

    async def code(self, address: str) -> bytes:
        """What stands at an address."""
        return _bytes(await self._rpc("eth_getCode", address, "latest"))

    async def coin(self, address: str) -> int:
        """What an account has for gas, wei."""
        return _number(await self._rpc("eth_getBalance", address, "latest"))

    async def timestamp(self, number: int | None = None) -> int:
        """A block's Unix time, the newest one's by default."""
        which = "latest" if number is None else hex(number)
        block = await self._rpc("eth_getBlockByNumber", which, False)
        if not isinstance(block, dict):
            raise ChainDown("The chain's node does not have that block.")
        return _number(block.get("timestamp"))

    async def logs(self, to: str, topics: list[str], first: int, last: int) -> list[dict[str, Any]]:
        """Events of a contract in these blocks, oldest first; a node may refuse a range that is too long."""
        wanted = {"address": to, "topics": topics, "fromBlock": hex(first), "toBlock": hex(last)}
        found = await self._rpc("eth_getLogs", wanted)
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ChainDown("The chain's node does not speak JSON-RPC.")
        return found

    async def simulate(self, sender: str, to: str, data: bytes) -> bytes:
        """Run a call as `sender` without sending it; raises Reverted."""
        found = await self._rpc("eth_call", {"from": sender, "to": to, "data": "0x" + data.hex()}, "latest")
        return _bytes(found)

    async def gas(self, sender: str, to: str, data: bytes) -> int:
        """Gas for a call, with room for a change of state before it is mined; raises Reverted if it would fail."""
        call = {"from": sender, "to": to, "data": "0x" + data.hex()}
        return _number(await self._rpc("eth_estimateGas", call)) * 5 // 4

    async def fees(self) -> Fees:
        """What is paid for gas now: room for the base fee to double, and the tip that the node suggests."""
        block = await self._rpc("eth_getBlockByNumber", "latest", False)
        tip = _number(await self._rpc("eth_maxPriorityFeePerGas"))
        if not isinstance(block, dict):
            raise _strange()
        return Fees(2 * _number(block.get("baseFeePerGas")) + tip, tip)

    async def nonce(self, sender: str, at: str) -> int:
        """How many transactions of an account there are: by a block, or with what waits ("pending")."""
        return _number(await self._rpc("eth_getTransactionCount", sender, at))

    async def next_nonce(self, sender: str) -> int:
        """The first nonce that neither the node knows of nor an intent has."""
        return max(await self.nonce(sender, "pending"), self.taken.get(sender, 0))

    async def sign(self, key: bytes, to: str, data: bytes) -> Signed:
        """A signed transaction from `key` with the account's next nonce; raises Reverted if it would fail."""
        sender = address_of(key)
        gas, nonce = await self.gas(sender, to, data), await self.next_nonce(sender)
        return self.sign_with(key, Unsigned(to, data, gas, nonce), await self.fees())

    def sign_with(self, key: bytes, call: Unsigned, fees: Fees) -> Signed:
        """A transaction signed with these fees."""
        signed = Account.sign_transaction(
            {
                "chainId": self._chain_id,
                "nonce": call.nonce,
                "to": to_checksum_address(call.to),
                "data": call.data,
                "value": 0,
                "gas": call.gas,
                "maxFeePerGas": fees.most,
                "maxPriorityFeePerGas": fees.tip,
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
            if not any(words in error.message for words in _KNOWN):
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
        found = await self.mined(tx_hash)
        return None if found is None else found.succeeded

    async def mined(self, tx_hash: str) -> Mined | None:
        """The block that a transaction is in; None while it is in none, or not any more."""
        receipt = await self._rpc("eth_getTransactionReceipt", tx_hash)
        if receipt is None:
            return None
        if not isinstance(receipt, dict):
            raise _strange()
        return Mined(_number(receipt.get("blockNumber")), _number(receipt.get("status")) == 1)


def _refusal(method: str, error: Any) -> ChainDown:
    """What a node's error says: that a contract refuses, or that the node cannot tell."""
    text = str(error.get("message", ""))[:200] if isinstance(error, dict) else ""
    code = error.get("code") if isinstance(error, dict) else None
    refuses = code in _REVERTS or any(word in text.lower() for word in _REFUSES)
    kind = Reverted if refuses and method in ("eth_call", "eth_estimateGas") else ChainDown
    return kind(f"The chain refused: {text}")


def _number(found: Any) -> int:
    if not isinstance(found, str) or not _HEX.fullmatch(found):
        raise _strange()
    return int(found, 16)


def _bytes(found: Any) -> bytes:
    try:
        return bytes.fromhex(str(found).removeprefix("0x"))
    except ValueError as error:
        raise _strange() from error


def _strange() -> ChainDown:
    return ChainDown("The chain's node does not answer as its interface says.")


def deposit_many_data(signer: str, delay: int, salt: int, workers: list[str], amounts: list[int]) -> bytes:
    """Open or top up channels of the sender."""
    return call_data("Channels", "deposit_many", signer, delay, salt, workers, amounts)


def claim_auth_data(
    config: tuple[str, str, str, int, int],
    voucher: tuple[int, int, int],
    signature: bytes,
    auth: tuple[str, str, int, int],
    worker_signature: bytes,
) -> bytes:
    """Claim for a worker who authorised the sender, who keeps the fee."""
    signed = (split(signature), auth, split(worker_signature))
    return call_data("Channels", "claim_auth", config, voucher, *signed)


def transfer_data(message: TransferAuth, signature: bytes) -> bytes:
    """Send GEM that its owner authorised."""
    fields = (message.from_, message.to, message.value, message.valid_after, message.valid_before)
    v, r, s = signature[64], signature[:32], signature[32:64]
    return call_data("Gem", "transferWithAuthorization", *fields, message.nonce, v, r, s)


def claim_many_data(rows: list[tuple[tuple[str, str, str, int, int], tuple[int, int, int], bytes]]) -> bytes:
    """Hand vouchers in for their workers: (config, voucher, signature) each; a row worth nothing does nothing."""
    configs, vouchers, signatures = [list(part) for part in zip(*rows, strict=True)] if rows else ([], [], [])
    if len(rows) == 1:
        return call_data("Channels", "claim", configs[0], vouchers[0], split(signatures[0]))
    return call_data("Channels", "claim_many", configs, vouchers, [split(one) for one in signatures])


def start_close_data(
    config: tuple[str, str, str, int, int], voucher: tuple[int, int, int], signature: bytes
) -> bytes:
    """Start to close as a party of the channel, with the newest voucher; (0, 0, 0) when there never was one."""
    return call_data("Channels", "start_close", config, voucher, split(signature))


def close_auth_data(
    config: tuple[str, str, str, int, int],
    voucher: tuple[int, int, int],
    signature: bytes,
    auth: tuple[str, int, int],
    worker_signature: bytes,
) -> bytes:
    """Start to close for a worker who authorised the sender: (relayer, fee, deadline)."""
    signed = (split(signature), *auth, split(worker_signature))
    return call_data("Channels", "close_auth", config, voucher, *signed)


def submit_debit_data(
    config: tuple[str, str, str, int, int], debited: int, assignments: bytes, signature: bytes
) -> bytes:
    """Register what a worker owes from its bond, while its channel closes."""
    return call_data("Channels", "submit_debit", config, debited, assignments, split(signature))


def finish_close_data(config: tuple[str, str, str, int, int]) -> bytes:
    """End a channel whose delay is over: the worker gets the bond, the payer the rest."""
    return call_data("Channels", "finish_close", config)


def redeem_data(terms: tuple[Any, ...], spent: int, seq: int, signature: bytes) -> bytes:
    """Take from a campaign's escrow what its requester signed for."""
    return call_data("Campaigns", "redeem", terms, (spent, seq), split(signature))


def approve_data(spender: str, amount: int) -> bytes:
    """Let `spender` pull GEM from the sender."""
    return call_data("Gem", "approve", spender, amount)
