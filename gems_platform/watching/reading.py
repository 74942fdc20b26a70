# SPDX-License-Identifier: Apache-2.0
"""Events of the channels' contract read in pages, and a channel's config found in the event of its deposit."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from eth_utils import keccak

from gems_platform.channels.chain import Chain
from gems_platform.errors import ChainDown
from gems_platform.schemas import raw
from gems_protocol.abi import DecodingError, decode
from gems_protocol.channel import Config

CLOSING = "0x" + keccak(text="Closing(bytes32,uint64)").hex()
DEPOSITED = "0x" + keccak(text="Deposited(bytes32,address,address,address,uint64,uint64,uint256)").hex()
PAGE = 5_000
LEAST_PAGE = 8
_MOST_PAGES = 2_000


async def pages(
    node: Chain, topics: list[str], first: int, last: int, contract: str = ""
) -> AsyncIterator[tuple[int, Any]]:
    """(Last block, events) of one page after another; a page that the node refuses is asked for in halves.

    contract: whose events, those of Channels by default.
    """
    size, at = PAGE, first
    while at <= last:
        end = min(last, at + size - 1)
        try:
            found = await node.logs(contract or node.channels, topics, at, end)
        except ChainDown as error:
            if size <= LEAST_PAGE or "refused" not in error.message:
                raise
            size = max(LEAST_PAGE, size // 2)
            continue
        yield end, found
        at = end + 1


async def first_block_since(node: Chain, moment: int) -> int:
    """The first block that is not older than a chain time; the newest one when all are."""
    low, high = 0, await node.block_number()
    while low < high:
        middle = (low + high) // 2
        if await node.timestamp(middle) < moment:
            low = middle + 1
        else:
            high = middle
    return low


async def config_of(node: Chain, channel_id: str) -> Config | None:
    """What names a channel, out of its deposit; believed because its hash is the channel's id. None: not found."""
    topics, head = [DEPOSITED, channel_id], await node.block_number()
    try:
        return _config(await node.logs(node.channels, topics, 0, head), channel_id)
    except ChainDown as error:
        if "refused" not in error.message:
            raise
    for back in range(_MOST_PAGES):  # a node that takes no long ranges: backwards, as closes follow deposits
        last = head - back * PAGE
        if last < 0:
            break
        found = _config(await node.logs(node.channels, topics, max(0, last - PAGE + 1), last), channel_id)
        if found is not None:
            return found
    return None


def _config(events: list[dict[str, Any]], channel_id: str) -> Config | None:
    for event in events:
        try:
            payer, worker = ("0x" + event["topics"][place][-40:].lower() for place in (2, 3))
            kinds = ["address", "uint64", "uint64", "uint256"]
            signer, delay, salt, _ = decode(kinds, bytes.fromhex(event["data"][2:]))
            found = Config(payer, str(signer).lower(), worker, delay, salt)
            if found.channel_id() == raw(channel_id):
                return found
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, DecodingError):
            continue  # a node that makes events up is caught by the hash, and one that garbles them here
    return None
