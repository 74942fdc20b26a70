# SPDX-License-Identifier: Apache-2.0
"""Strict reading of JSON-RPC parameters: the right shape or a -32602 that names the fault."""

from __future__ import annotations

import re
from typing import Any

from eth.abc import BlockHeaderAPI
from eth_typing import Address

from .calls import Call
from .chain import Chain
from .evm import GAS_LIMIT
from .index import LogFilter
from .rpc_error import bad_params, refused

_QUANTITY = re.compile(r"0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})", re.ASCII)
_DATA = re.compile(r"0x([0-9a-fA-F]{2})*", re.ASCII)
_CALL_FIELDS = {
    "from",
    "to",
    "gas",
    "gasPrice",
    "maxFeePerGas",
    "maxPriorityFeePerGas",
    "value",
    "data",
    "input",
    "nonce",
    "chainId",
    "type",
    "accessList",
}
_MAX_CHOICES = 1_000


def quantity(value: Any, what: str) -> int:
    """A 0x-hex number without leading zeros, below 2**256."""
    if not isinstance(value, str) or _QUANTITY.fullmatch(value) is None:
        raise bad_params(f"{what}: expected a 0x quantity")
    return int(value, 16)


def blob(value: Any, what: str, length: int | None = None) -> bytes:
    """0x-hex bytes, of exactly `length` bytes when given."""
    if not isinstance(value, str) or _DATA.fullmatch(value) is None:
        raise bad_params(f"{what}: expected 0x hex data")
    raw = bytes.fromhex(value[2:])
    if length is not None and len(raw) != length:
        raise bad_params(f"{what}: expected {length} bytes, got {len(raw)}")
    return raw


def address(value: Any, what: str = "address") -> Address:
    """A 20 byte address; its case is not checked."""
    return Address(blob(value, what, 20))


def number_or_int(value: Any, what: str) -> int:
    """A test method's argument: a JSON integer or a quantity."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return quantity(value, what)


def block_number(chain: Chain, tag: Any) -> int:
    """The height that a tag or quantity names; it may not exist."""
    if tag in ("latest", "pending", "safe", "finalized"):
        return chain.head().block_number
    if tag == "earliest":
        return 0
    return quantity(tag, "block")


def header(chain: Chain, tag: Any) -> BlockHeaderAPI:
    """The header that a tag, a height or an EIP-1898 object names. Raises RpcError when it is not there."""
    found: BlockHeaderAPI | None
    if isinstance(tag, dict):
        if (
            set(tag) - {"blockNumber", "blockHash", "requireCanonical"}
            or len({"blockNumber", "blockHash"} & set(tag)) != 1
        ):
            raise bad_params("block: expected blockNumber or blockHash")
        if "blockHash" in tag:
            found = chain.evm.header_by_hash(blob(tag["blockHash"], "blockHash", 32))
        else:
            found = chain.evm.header_by_number(quantity(tag["blockNumber"], "blockNumber"))
    else:
        found = chain.evm.header_by_number(block_number(chain, tag))
    if found is None:
        raise refused("header not found")
    return found


def message(value: Any) -> Call:
    """The transaction object of eth_call and eth_estimateGas."""
    if not isinstance(value, dict):
        raise bad_params("transaction: expected an object")
    unknown = set(value) - _CALL_FIELDS
    if unknown:
        raise bad_params(f"transaction: unknown field {sorted(unknown)[0][:40]!r}")
    fields = {name: content for name, content in value.items() if content is not None}
    if "data" in fields and "input" in fields and fields["data"] != fields["input"]:
        raise bad_params("transaction: both data and input are set and differ")
    gas = quantity(fields["gas"], "gas") if "gas" in fields else GAS_LIMIT
    return Call(
        sender=address(fields["from"], "from") if "from" in fields else Address(bytes(20)),
        to=address(fields["to"], "to") if "to" in fields else None,
        data=blob(fields.get("input", fields.get("data", "0x")), "data"),
        value=quantity(fields.get("value", "0x0"), "value"),
        gas=min(gas, GAS_LIMIT),
        gas_price=quantity(fields.get("gasPrice", fields.get("maxFeePerGas", "0x0")), "gasPrice"),
    )


def log_filter(chain: Chain, value: Any) -> LogFilter:
    """The filter of eth_getLogs, by range or by block hash."""
    if not isinstance(value, dict):
        raise bad_params("filter: expected an object")
    unknown = set(value) - {"fromBlock", "toBlock", "blockHash", "address", "topics"}
    if unknown:
        raise bad_params(f"filter: unknown field {sorted(unknown)[0][:40]!r}")
    if value.get("blockHash") is not None:
        if "fromBlock" in value or "toBlock" in value:
            raise bad_params("filter: blockHash cannot stand beside fromBlock or toBlock")
        found = chain.evm.header_by_hash(blob(value["blockHash"], "blockHash", 32))
        if found is None:
            raise refused("unknown block")
        first = last = int(found.block_number)
    else:
        first = block_number(chain, value.get("fromBlock") or "latest")
        last = block_number(chain, value.get("toBlock") or "latest")
        if first > last:
            raise bad_params("filter: fromBlock is after toBlock")
        last = min(last, chain.head().block_number)
    return LogFilter(first, last, _addresses(value.get("address")), _topics(value.get("topics")))


def _addresses(value: Any) -> tuple[bytes, ...]:
    if value is None:
        return ()
    choices = value if isinstance(value, list) else [value]
    if len(choices) > _MAX_CHOICES:
        raise bad_params(f"filter: more than {_MAX_CHOICES} addresses")
    return tuple(address(choice) for choice in choices)


def _topics(value: Any) -> tuple[tuple[bytes, ...], ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > 4:
        raise bad_params("filter: topics must be a list of at most four")
    positions = []
    for choices in value:
        choices = [] if choices is None else choices if isinstance(choices, list) else [choices]
        if len(choices) > _MAX_CHOICES:
            raise bad_params(f"filter: more than {_MAX_CHOICES} topics")
        positions.append(() if None in choices else tuple(blob(choice, "topic", 32) for choice in choices))
    return tuple(positions)
