# SPDX-License-Identifier: Apache-2.0
"""Blocks, transactions, receipts and logs in the JSON that Ethereum's RPC prescribes (execution-apis)."""

from __future__ import annotations

import sqlite3
from typing import Any

import rlp  # type: ignore[import-untyped]
from eth.abc import BlockAPI, BlockHeaderAPI, SignedTransactionAPI

from .evm import base_fee, effective_price, type_of

_BLOOM_BYTES = 256


def quantity(value: int) -> str:
    """An RPC quantity: minimal 0x-hex."""
    return hex(value)


def data(value: bytes) -> str:
    """RPC bytes: 0x-hex, two digits a byte."""
    return "0x" + bytes(value).hex()


def header_json(header: BlockHeaderAPI) -> dict[str, Any]:
    """The header's part of a block."""
    return {
        "number": quantity(header.block_number),
        "hash": data(header.hash),
        "parentHash": data(header.parent_hash),
        "nonce": data(header.nonce),
        "sha3Uncles": data(header.uncles_hash),
        "logsBloom": data(header.bloom.to_bytes(_BLOOM_BYTES, "big")),
        "transactionsRoot": data(header.transaction_root),
        "stateRoot": data(header.state_root),
        "receiptsRoot": data(header.receipt_root),
        "miner": data(header.coinbase),
        "difficulty": "0x0",
        "totalDifficulty": "0x0",
        "extraData": data(header.extra_data),
        "gasLimit": quantity(header.gas_limit),
        "gasUsed": quantity(header.gas_used),
        "timestamp": quantity(header.timestamp),
        "mixHash": data(header.mix_hash),
        "baseFeePerGas": quantity(base_fee(header)),
        "withdrawalsRoot": data(header.withdrawals_root or b""),
        "blobGasUsed": quantity(header.blob_gas_used),
        "excessBlobGas": quantity(header.excess_blob_gas),
        "parentBeaconBlockRoot": data(header.parent_beacon_block_root or b""),
        "requestsHash": data(header.requests_hash),  # type: ignore[attr-defined]
    }


def block_json(block: BlockAPI, full: bool) -> dict[str, Any]:
    """A whole block; its transactions as objects when `full`, else as hashes."""
    body = header_json(block.header)
    transactions: list[Any] = [data(transaction.hash) for transaction in block.transactions]
    if full:
        transactions = [
            transaction_json(transaction, bytes(transaction.sender), block.header, index)
            for index, transaction in enumerate(block.transactions)
        ]
    body |= {
        "transactions": transactions,
        "uncles": [],
        "withdrawals": [],
        "size": quantity(len(rlp.encode(block))),
    }
    return body


def transaction_json(
    transaction: SignedTransactionAPI, sender: bytes, header: BlockHeaderAPI | None, index: int | None
) -> dict[str, Any]:
    """A transaction; header and index are None while it waits."""
    kind = type_of(transaction)
    price = transaction.max_fee_per_gas
    if header is not None:
        price = effective_price(transaction, header)
    body: dict[str, Any] = {
        "hash": data(transaction.hash),
        "type": quantity(kind),
        "blockHash": None if header is None else data(header.hash),
        "blockNumber": None if header is None else quantity(header.block_number),
        "transactionIndex": None if index is None else quantity(index),
        "from": data(sender),
        "to": data(transaction.to) if transaction.to else None,
        "nonce": quantity(transaction.nonce),
        "gas": quantity(transaction.gas),
        "gasPrice": quantity(price),
        "value": quantity(transaction.value),
        "input": data(transaction.data),
        "chainId": quantity(transaction.chain_id or 0),
        "r": quantity(transaction.r),
        "s": quantity(transaction.s),
    }
    if kind == 0:
        body["v"] = quantity(transaction.v)  # type: ignore[attr-defined]
        return body
    body |= {"v": quantity(transaction.y_parity), "yParity": quantity(transaction.y_parity)}
    body["accessList"] = [
        {"address": data(address), "storageKeys": [data(slot.to_bytes(32, "big")) for slot in slots]}
        for address, slots in transaction.access_list
    ]
    if kind >= 2:
        body["maxFeePerGas"] = quantity(transaction.max_fee_per_gas)
        body["maxPriorityFeePerGas"] = quantity(transaction.max_priority_fee_per_gas)
    if kind == 4:
        body["authorizationList"] = [
            {
                "chainId": quantity(item.chain_id),
                "address": data(item.address),
                "nonce": quantity(item.nonce),
                "yParity": quantity(item.y_parity),
                "r": quantity(item.r),
                "s": quantity(item.s),
            }
            for item in transaction.authorization_list
        ]
    return body


def receipt_json(
    row: sqlite3.Row, transaction: SignedTransactionAPI, header: BlockHeaderAPI, logs: list[dict[str, Any]]
) -> dict[str, Any]:
    """A receipt from its row in `txs`."""
    return {
        "transactionHash": data(row["hash"]),
        "transactionIndex": quantity(row["idx"]),
        "blockHash": data(header.hash),
        "blockNumber": quantity(row["block"]),
        "from": data(row["sender"]),
        "to": data(transaction.to) if transaction.to else None,
        "type": quantity(type_of(transaction)),
        "status": quantity(row["status"]),
        "gasUsed": quantity(row["gas_used"]),
        "cumulativeGasUsed": quantity(row["cumulative"]),
        "effectiveGasPrice": quantity(int(row["price"])),
        "contractAddress": None if row["created"] is None else data(row["created"]),
        "logsBloom": data(row["bloom"]),
        "logs": logs,
    }


def log_json(row: sqlite3.Row) -> dict[str, Any]:
    """A log from its row in `logs`."""
    topics = [row[f"topic{n}"] for n in range(4)]
    return {
        "address": data(row["address"]),
        "topics": [data(topic) for topic in topics if topic is not None],
        "data": data(row["data"]),
        "blockNumber": quantity(row["block"]),
        "blockHash": data(row["block_hash"]),
        "transactionHash": data(row["tx_hash"]),
        "transactionIndex": quantity(row["tx_idx"]),
        "logIndex": quantity(row["log_idx"]),
        "removed": False,
    }
