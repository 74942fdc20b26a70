# SPDX-License-Identifier: Apache-2.0
"""The JSON-RPC methods of the local chain. It holds no keys: there is no eth_accounts, eth_sendTransaction or
personal_*; only signed transactions come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gems_protocol.keccak import keccak

from . import params as read
from . import views
from .chain import Chain
from .evm import base_fee
from .rpc_error import bad_params

CLIENT_VERSION = "gems-local-chain/1/py-evm/prague"
TIP_WEI = 1_000_000
_MAX_HISTORY = 1_024

Method = Callable[[Chain, list[Any]], Any]


def _at(chain: Chain, args: list[Any], position: int) -> Any:
    tag = args[position] if len(args) > position and args[position] is not None else "latest"
    return read.header(chain, tag)


def _context(chain: Chain, args: list[Any], position: int, default: str) -> Any:
    tag = args[position] if len(args) > position and args[position] is not None else default
    return chain.pending_header() if tag == "pending" else read.header(chain, tag)


def get_block_by_number(chain: Chain, args: list[Any]) -> Any:
    """A block by height or tag; None when it is not there."""
    found = chain.evm.header_by_number(read.block_number(chain, _need(args, 0, "block")))
    return None if found is None else views.block_json(chain.evm.block(found), _flag(args, 1))


def get_block_by_hash(chain: Chain, args: list[Any]) -> Any:
    """A block by hash; None when it is not there."""
    found = chain.evm.header_by_hash(read.blob(_need(args, 0, "hash"), "hash", 32))
    return None if found is None else views.block_json(chain.evm.block(found), _flag(args, 1))


def get_balance(chain: Chain, args: list[Any]) -> Any:
    """Wei of an account."""
    who = read.address(_need(args, 0, "address"))
    return views.quantity(chain.state(_at(chain, args, 1)).get_balance(who))


def get_code(chain: Chain, args: list[Any]) -> Any:
    """The code at an address, `0x` when there is none."""
    who = read.address(_need(args, 0, "address"))
    return views.data(chain.state(_at(chain, args, 1)).get_code(who))


def get_transaction_count(chain: Chain, args: list[Any]) -> Any:
    """The account's next nonce."""
    who = read.address(_need(args, 0, "address"))
    if len(args) > 1 and args[1] == "pending":
        return views.quantity(chain.nonce(who, pending=True))
    return views.quantity(chain.state(_at(chain, args, 1)).get_nonce(who))


def get_storage_at(chain: Chain, args: list[Any]) -> Any:
    """One storage slot, 32 bytes; the slot may be a quantity or up to 32 bytes of data."""
    who = read.address(_need(args, 0, "address"))
    where = _need(args, 1, "slot")
    if not isinstance(where, str) or not where.startswith("0x") or not 3 <= len(where) <= 66:
        raise bad_params("slot: expected 0x hex")
    try:
        slot = int(where, 16)
    except ValueError as error:
        raise bad_params("slot: expected 0x hex") from error
    return views.data(chain.state(_at(chain, args, 2)).get_storage(who, slot).to_bytes(32, "big"))


def call(chain: Chain, args: list[Any]) -> Any:
    """Run a message and give its output. State overrides are not supported."""
    if len(args) > 2 and args[2]:
        raise bad_params("state overrides are not supported")
    return views.data(
        chain.call(_context(chain, args, 1, "latest"), read.message(_need(args, 0, "transaction")))
    )


def estimate_gas(chain: Chain, args: list[Any]) -> Any:
    """Gas that the message needs, in the next block unless told otherwise."""
    if len(args) > 2 and args[2]:
        raise bad_params("state overrides are not supported")
    message = read.message(_need(args, 0, "transaction"))
    return views.quantity(chain.estimate(_context(chain, args, 1, "pending"), message))


def gas_price(chain: Chain, args: list[Any]) -> Any:
    """A price that the next block takes: base fee plus the suggested tip."""
    return views.quantity(base_fee(chain.pending_header()) + TIP_WEI)


def fee_history(chain: Chain, args: list[Any]) -> Any:
    """Base fees (one more than blocks: the next one's too), fullness, and tips at the asked percentiles."""
    count = min(read.number_or_int(_need(args, 0, "blockCount"), "blockCount"), _MAX_HISTORY)
    newest = read.header(chain, _need(args, 1, "newestBlock")).block_number
    percentiles = args[2] if len(args) > 2 and args[2] is not None else []
    if count < 1:
        raise bad_params("blockCount: expected at least 1")
    if not isinstance(percentiles, list) or len(percentiles) > 100:
        raise bad_params("rewardPercentiles: expected a list of at most 100")
    for percentile in percentiles:
        if (
            isinstance(percentile, bool)
            or not isinstance(percentile, int | float)
            or not 0 <= percentile <= 100
        ):
            raise bad_params("rewardPercentiles: expected numbers from 0 to 100")
    if percentiles != sorted(percentiles):
        raise bad_params("rewardPercentiles: must rise")
    oldest = max(0, newest - count + 1)
    headers = [read.header(chain, hex(number)) for number in range(oldest, newest + 1)]
    following = chain.evm.header_by_number(newest + 1) or chain.pending_header()
    body: dict[str, Any] = {
        "oldestBlock": views.quantity(oldest),
        "baseFeePerGas": [views.quantity(base_fee(header)) for header in [*headers, following]],
        "gasUsedRatio": [header.gas_used / header.gas_limit for header in headers],
    }
    if percentiles:
        body["reward"] = [_tips(chain, header, percentiles) for header in headers]
    return body


def _tips(chain: Chain, header: Any, percentiles: list[float]) -> list[str]:
    receipts = chain.block_receipts_json(header)
    paid = sorted(
        (int(receipt["effectiveGasPrice"], 16) - base_fee(header), int(receipt["gasUsed"], 16))
        for receipt in receipts
    )
    tips = []
    for percentile in percentiles:
        threshold, seen, tip = header.gas_used * percentile / 100, 0, 0
        for tip, gas in paid:  # noqa: B007 - the tip where the threshold falls
            seen += gas
            if seen >= threshold:
                break
        tips.append(views.quantity(tip))
    return tips


def send_raw_transaction(chain: Chain, args: list[Any]) -> Any:
    """Take a signed transaction; its hash, once it is on disk."""
    return views.data(chain.send_raw(read.blob(_need(args, 0, "transaction"), "transaction")))


def get_transaction_by_hash(chain: Chain, args: list[Any]) -> Any:
    """A transaction, mined or waiting."""
    return chain.transaction_json(read.blob(_need(args, 0, "hash"), "hash", 32))


def get_transaction_receipt(chain: Chain, args: list[Any]) -> Any:
    """The receipt of a mined transaction."""
    return chain.receipt_json(read.blob(_need(args, 0, "hash"), "hash", 32))


def get_block_receipts(chain: Chain, args: list[Any]) -> Any:
    """All receipts of a block."""
    return chain.block_receipts_json(_at(chain, args, 0))


def get_logs(chain: Chain, args: list[Any]) -> Any:
    """Logs by range or block hash, address and topics."""
    return chain.logs_json(read.log_filter(chain, _need(args, 0, "filter")))


def sha3(chain: Chain, args: list[Any]) -> Any:
    """keccak256 of the data."""
    return views.data(keccak(read.blob(_need(args, 0, "data"), "data")))


def increase_time(chain: Chain, args: list[Any]) -> Any:
    """Tests: move the clock on; the total offset in seconds."""
    seconds = read.number_or_int(_need(args, 0, "seconds"), "seconds")
    if not 0 <= seconds <= 10**10:
        raise bad_params("seconds: expected 0 to 10**10")
    return chain.shift_time(seconds)


def set_time(chain: Chain, args: list[Any]) -> Any:
    """Tests: make the clock show a Unix time in seconds; the total offset."""
    at = read.number_or_int(_need(args, 0, "timestamp"), "timestamp")
    if not 0 <= at <= 10**11:
        raise bad_params("timestamp: expected Unix seconds")
    return chain.set_time(at)


def mine(chain: Chain, args: list[Any]) -> Any:
    """Tests: make `n` blocks (one when not said); the new height."""
    count = read.number_or_int(args[0], "count") if args else 1
    if not 1 <= count <= 10_000:
        raise bad_params("count: expected 1 to 10000")
    for _ in range(count):
        chain.mine()
    return views.quantity(chain.head().block_number)


def _need(args: list[Any], position: int, what: str) -> Any:
    if len(args) <= position:
        raise bad_params(f"missing value for required argument {position}: {what}")
    return args[position]


def _flag(args: list[Any], position: int) -> bool:
    value = args[position] if len(args) > position else False
    if not isinstance(value, bool):
        raise bad_params("expected true or false")
    return value


METHODS: dict[str, Method] = {
    "web3_clientVersion": lambda chain, args: CLIENT_VERSION,
    "web3_sha3": sha3,
    "net_version": lambda chain, args: str(chain.chain_id),
    "net_listening": lambda chain, args: True,
    "eth_chainId": lambda chain, args: views.quantity(chain.chain_id),
    "eth_syncing": lambda chain, args: False,
    "eth_blockNumber": lambda chain, args: views.quantity(chain.head().block_number),
    "eth_getBlockByNumber": get_block_by_number,
    "eth_getBlockByHash": get_block_by_hash,
    "eth_getBlockReceipts": get_block_receipts,
    "eth_getBalance": get_balance,
    "eth_getCode": get_code,
    "eth_getTransactionCount": get_transaction_count,
    "eth_getStorageAt": get_storage_at,
    "eth_call": call,
    "eth_estimateGas": estimate_gas,
    "eth_gasPrice": gas_price,
    "eth_maxPriorityFeePerGas": lambda chain, args: views.quantity(TIP_WEI),
    "eth_feeHistory": fee_history,
    "eth_sendRawTransaction": send_raw_transaction,
    "eth_getTransactionByHash": get_transaction_by_hash,
    "eth_getTransactionReceipt": get_transaction_receipt,
    "eth_getLogs": get_logs,
}
TEST_METHODS: dict[str, Method] = {
    "evm_increaseTime": increase_time,
    "evm_setTime": set_time,
    "evm_mine": mine,
}


__all__ = ["CLIENT_VERSION", "METHODS", "TEST_METHODS"]
