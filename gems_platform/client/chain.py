# SPDX-License-Identifier: Apache-2.0
"""What a requester needs of the chain over JSON-RPC: to read its own sums, and to send its own transactions once."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from eth_utils.crypto import keccak

from gems_protocol.abi import DecodingError, decode, encode
from gems_protocol.contracts.deployed import Place, difference, judge_in
from gems_protocol.errors import GemsError
from gems_protocol.network import Network
from gems_protocol.reaching import ChainUnreachable
from gems_protocol.text import clean

_MAX_ANSWER = 4_000_000
_REVERTED = 3
_ERROR = bytes.fromhex("08c379a0")  # Error(string)


class CallReverted(GemsError):
    """The contract refuses the call; its reason is in the message."""


class WrongContract(GemsError):
    """What stands at the address of one of the network's contracts is not that contract, byte for byte."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a transaction that is in a block."""

    succeeded: bool


class ChainLine:
    """The first of the network's nodes that answers. Made and used on one event loop; raises ChainUnreachable."""

    def __init__(self, network: Network, *, timeout_s: float = 15.0) -> None:
        self._network, self._ids = network, itertools.count(1)
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None
        self._known: set[str] = set()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def check_contracts(self) -> None:
        """Raises WrongContract unless our four contracts, byte for byte, are where the network says."""
        where, chain_id = self._network, self._network.chain_id
        judge = judge_in(await self._code(where.campaigns))
        places = (
            Place("Gem", chain_id, where.gem, where.gem),
            Place("Channels", chain_id, where.channels, where.gem),
            Place("Campaigns", chain_id, where.campaigns, where.gem, judge),
            Place("Judge", chain_id, judge, where.gem, where.campaigns),
        )
        for place in places:
            why = difference(await self._code(place.address), place)
            if why is not None:
                raise WrongContract(
                    f"The {place.name} contract is not at its address on the chain: {why} ({place.address}).",
                    safe="Nothing was signed and no money moved.",
                    action="Do not use this network until its publisher has explained it.",
                )

    async def newest_time(self) -> int:
        """Unix seconds of the newest block."""
        return _number((await self._ask("eth_getBlockByNumber", "latest", False))["timestamp"])

    async def view(self, to: str, data: bytes) -> bytes:
        """The raw output of a read-only call; raises CallReverted."""
        return _bytes(await self._ask("eth_call", {"to": to, "data": "0x" + data.hex()}, "latest"))

    async def nonce(self, address: str, *, mined: bool = False) -> int:
        """The account's next nonce, counting what waits unless only what is `mined` counts."""
        return _number(await self._ask("eth_getTransactionCount", address, "latest" if mined else "pending"))

    async def gas_price(self) -> tuple[int, int]:
        """(max fee, priority fee) in wei per gas: twice the newest base fee plus the node's suggested tip."""
        base = _number((await self._ask("eth_getBlockByNumber", "latest", False))["baseFeePerGas"])
        tip = _number(await self._ask("eth_maxPriorityFeePerGas"))
        return 2 * base + tip, tip

    async def estimate_gas(self, sender: str, to: str | None, data: bytes, value: int = 0) -> int:
        """Gas for this transaction; raises CallReverted when the contract would refuse it."""
        message = {"from": sender, "data": "0x" + data.hex(), "value": hex(value)}
        return _number(await self._ask("eth_estimateGas", message if to is None else {**message, "to": to}))

    async def send_raw(self, signed: bytes) -> bytes:
        """Hand a signed transaction over; its hash, computed here. One that the node already has counts as sent."""
        await self._ask("eth_sendRawTransaction", "0x" + signed.hex(), known="already known")
        return keccak(signed)

    async def receipt(self, tx_hash: bytes) -> Receipt | None:
        """What became of a transaction; None while it is in no block."""
        found = await self._ask("eth_getTransactionReceipt", "0x" + tx_hash.hex())
        return None if found is None else Receipt(_number(found["status"]) == 1)

    async def gem_balance(self, address: str) -> int:
        """GEM of an account, base units."""
        data = keccak(text="balanceOf(address)")[:4] + encode(["address"], [address])
        return int.from_bytes(await self.view(self._network.gem, data))

    async def campaign_funded(self, campaign_id: bytes) -> int:
        """What the requester put into the campaign, base units."""
        data = keccak(text="funded(bytes32)")[:4] + encode(["bytes32"], [campaign_id])
        return int.from_bytes(await self.view(self._network.campaigns, data))

    async def _code(self, address: str) -> bytes:
        return _bytes(await self._ask("eth_getCode", address, "latest"))

    async def _ask(self, method: str, *params: Any, known: str = "") -> Any:
        problem: ChainUnreachable | None = None
        for url in self._network.rpc_urls:
            try:
                if url not in self._known:
                    if _number(await self._post(url, "eth_chainId")) != self._network.chain_id:
                        raise ChainUnreachable
                    self._known.add(url)
                return await self._post(url, method, *params, known=known)
            except ChainUnreachable as error:
                problem = error
        raise problem or ChainUnreachable()

    async def _post(self, url: str, method: str, *params: Any, known: str = "") -> Any:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout, trust_env=False, cookie_jar=aiohttp.DummyCookieJar()
            )
        asked = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}
        try:
            async with self._session.post(url, json=asked, allow_redirects=False) as response:
                raw = await response.content.read(_MAX_ANSWER)
                while len(raw) < _MAX_ANSWER and not response.content.at_eof():
                    raw += await response.content.read(_MAX_ANSWER - len(raw))
            answer = json.loads(raw)
            error = answer.get("error")
            if error is None:
                return answer["result"]
            said, code = str(error.get("message", "")), error.get("code")
        except (
            aiohttp.ClientError,
            TimeoutError,
            OSError,
            ValueError,
            AttributeError,
            KeyError,
            RecursionError,
        ) as why:
            raise ChainUnreachable from why
        if known and known in said.lower():
            return None
        if code == _REVERTED or "revert" in said.lower():
            raise CallReverted(
                f"The contract refused the call: {_reason(error.get('data')) or clean(said[:200], multiline=False)}.",
                safe="Nothing was sent to the chain.",
                action="Look at what the chain says now: gems campaign status.",
            )
        if method == "eth_sendRawTransaction":
            raise CallReverted(
                f"The chain node did not take the transaction: {clean(said[:200], multiline=False)}.",
                safe="Nothing was spent.",
                action="Look at the account's balance, then try again.",
            )
        raise ChainUnreachable


def _reason(data: Any) -> str:
    """The text of a contract's Error(string); empty for anything else."""
    try:
        raw = _bytes(data)
        return clean(decode(["string"], raw[4:])[0][:200], multiline=False) if raw[:4] == _ERROR else ""
    except (ChainUnreachable, DecodingError, OverflowError):
        return ""


def _number(value: Any) -> int:
    try:
        return int(value, 16)
    except (TypeError, ValueError) as error:
        raise ChainUnreachable from error


def _bytes(value: Any) -> bytes:
    try:
        return bytes.fromhex(value[2:])
    except (TypeError, ValueError) as error:
        raise ChainUnreachable from error
