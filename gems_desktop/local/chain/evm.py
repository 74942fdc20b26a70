# SPDX-License-Identifier: Apache-2.0
"""py-evm set up as this project's chain: Prague rules from block 0, a steady gas limit, no puzzle."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import eth
import rlp  # type: ignore[import-untyped]
from eth.abc import BlockAPI, BlockHeaderAPI, ComputationAPI, ReceiptAPI, SignedTransactionAPI, StateAPI
from eth.chains.base import BaseChain
from eth.chains.base import Chain as EvmChain
from eth.exceptions import PyEVMError
from eth.typing import AccountDetails, HeaderParams
from eth.vm.chain_context import ChainContext
from eth.vm.forks.prague import PragueVM
from eth_typing import Address, BlockNumber, Hash32
from eth_utils.exceptions import ValidationError

from .rpc_error import bad_params, refused
from .store import BlockDB

GAS_LIMIT = 30_000_000
GENESIS_BASE_FEE_WEI = 1_000_000_000
COINBASE = Address(b"GEMS local chain\0\0\0\0")
_BLOB_TYPE = 3

# py-evm needs 12,288 frames for calls 1,024 deep; py_ecc under it raises the limit to 100,000, at which
# json.loads overflows the C stack on deep input and ends the process. Nothing here needs that much.
sys.setrecursionlimit(eth.EVM_RECURSION_LIMIT)


@dataclass(frozen=True)
class Mined:
    """One block with what its transactions did, in order."""

    block: BlockAPI
    transactions: tuple[SignedTransactionAPI, ...]
    receipts: tuple[ReceiptAPI, ...]
    computations: tuple[ComputationAPI, ...]


class Evm:
    """The rules of the chain over its database. Not thread-safe."""

    def __init__(self, db: BlockDB, chain_id: int) -> None:
        self.db = db
        self.chain_id = chain_id
        vms = ((BlockNumber(0), PragueVM),)
        self._chain_class = EvmChain.configure("LocalChain", vm_configuration=vms, chain_id=chain_id)
        self._chain: BaseChain = self._chain_class(db)

    def make_genesis(self, accounts: dict[str, int], timestamp: int) -> None:
        """Write block 0 with the given balances (address -> wei). Call inside `db.block()`."""
        state: dict[Address, AccountDetails] = {
            Address(bytes.fromhex(address.removeprefix("0x"))): AccountDetails(
                balance=wei, nonce=0, code=b"", storage={}
            )
            for address, wei in accounts.items()
        }
        params: dict[str, HeaderParams] = {
            "timestamp": timestamp,
            "gas_limit": GAS_LIMIT,
            "base_fee_per_gas": GENESIS_BASE_FEE_WEI,
            "coinbase": COINBASE,
            "extra_data": b"gems local chain",
        }
        self._chain = self._chain_class.from_genesis(self.db, params, state)

    def head(self) -> BlockHeaderAPI:
        """The newest block's header."""
        return self._chain.get_canonical_head()

    def header_by_number(self, number: int) -> BlockHeaderAPI | None:
        """The header at a height, or None when there is none yet."""
        if not 0 <= number <= self.head().block_number:
            return None
        return self._chain.get_canonical_block_header_by_number(BlockNumber(number))

    def header_by_hash(self, block_hash: bytes) -> BlockHeaderAPI | None:
        """The header with this hash, or None."""
        try:
            return self._chain.get_block_header_by_hash(Hash32(block_hash))
        except PyEVMError:
            return None

    def block(self, header: BlockHeaderAPI) -> BlockAPI:
        """The block with its transactions."""
        return self._chain.get_block_by_header(header)

    def next_header(self, timestamp: int) -> BlockHeaderAPI:
        """The header that a block made now would start from."""
        parent = self.head()
        return self._chain.create_header_from_parent(
            parent, timestamp=timestamp, gas_limit=parent.gas_limit, coinbase=COINBASE
        )

    def state(self, header: BlockHeaderAPI) -> StateAPI:
        """The state after `header`, with that header as the context for code that runs on it."""
        previous = PragueVM.get_prev_hashes(header.parent_hash, self._chain.chaindb)
        context = ChainContext(self.chain_id)
        return PragueVM.build_state(self.db, header, context, previous or ())

    def mine(self, transactions: Sequence[SignedTransactionAPI], timestamp: int) -> Mined:
        """Make the next block from these transactions. Call inside `db.block()`.

        Raises RpcError when one of them is not valid in this block; then nothing of it may be kept.
        """
        header = self.next_header(timestamp)
        vm = self._chain.get_vm(header)
        try:
            filled, receipts, computations = vm.apply_all_transactions(transactions, header)
            block = vm.set_block_transactions_and_withdrawals(vm.get_block(), filled, transactions, receipts)
            block = vm.mine_block(block).block
        except ValidationError as error:
            raise refused(f"invalid transaction: {error}") from error
        self._chain.chaindb.persist_block(block)
        return Mined(block, tuple(transactions), receipts, computations)

    def decode(self, raw: bytes) -> SignedTransactionAPI:
        """Read and check one signed transaction. Raises RpcError with what is wrong with it."""
        builder = PragueVM.get_transaction_builder()
        try:
            transaction = builder.decode(raw)
            transaction.validate()
            transaction.check_signature_validity()
        except (rlp.exceptions.RLPException, ValidationError, PyEVMError) as error:
            raise bad_params(f"not a valid signed transaction: {type(error).__name__}") from error
        except (ValueError, TypeError, IndexError, KeyError) as error:
            raise bad_params(f"not a valid signed transaction: {type(error).__name__}") from error
        if transaction.encode() != raw:
            raise bad_params("not a valid signed transaction: bytes left over")
        chain_id = transaction.chain_id
        if chain_id is None:
            raise refused("only replay-protected (EIP-155) transactions allowed over RPC")
        if chain_id != self.chain_id:
            raise refused(f"invalid chain id for signer: have {chain_id} want {self.chain_id}")
        if type_of(transaction) == _BLOB_TYPE:
            raise refused("transaction type not supported: the local chain takes no blobs")
        return transaction


def type_of(transaction: SignedTransactionAPI) -> int:
    """EIP-2718 type: 0 legacy, 1 access list, 2 dynamic fee, 3 blob, 4 set code."""
    return transaction.type_id or 0


def base_fee(header: BlockHeaderAPI) -> int:
    """Wei per gas that a block burns (EIP-1559)."""
    return header.base_fee_per_gas or 0


def effective_price(transaction: SignedTransactionAPI, header: BlockHeaderAPI) -> int:
    """Wei per gas that the sender pays in the block of this header (EIP-1559)."""
    return min(transaction.max_fee_per_gas, base_fee(header) + transaction.max_priority_fee_per_gas)
