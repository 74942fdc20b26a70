# SPDX-License-Identifier: Apache-2.0
"""A bare py-evm chain on which signed transactions run as on a real one, to read gas from their receipts."""

from typing import Any

from eth.chains.base import MiningChain
from eth.db.atomic import AtomicDB
from eth.vm.forks import PragueVM
from eth_abi import encode
from eth_account.signers.local import LocalAccount
from eth_utils import function_abi_to_4byte_selector, to_canonical_address, to_checksum_address
from eth_utils.abi import collapse_if_tuple

from gems_desktop.deploying.plan import contract_address
from gems_protocol.contracts import artefact
from tests.contracts.signing import key

CHAIN_ID = 1337
_GAS = 16_000_000
_TIME = 1_700_000_000


class GasChain:
    """One block that never ends; every transaction is a real, signed one, cold at its start."""

    def __init__(self, rich: list[LocalAccount]) -> None:
        parameters = {
            "difficulty": 0,
            "gas_limit": 10**12,
            "timestamp": _TIME,
            "coinbase": b"\0" * 20,
            "nonce": b"\0" * 8,
            "mix_hash": b"\0" * 32,
            "extra_data": b"",
            "base_fee_per_gas": 1,
        }
        empty = {"nonce": 0, "code": b"", "storage": {}}
        state = {to_canonical_address(account.address): {"balance": 10**30, **empty} for account in rich}
        configured = MiningChain.configure(
            __name__="GasChain", vm_configuration=((0, PragueVM),), chain_id=CHAIN_ID
        )
        self._chain: Any = configured.from_genesis(AtomicDB(), parameters, state)
        genesis = self._chain.get_canonical_head()
        self._chain.header = self._chain.create_header_from_parent(genesis, timestamp=_TIME + 12)
        self._nonces: dict[str, int] = {}

    def deploy(self, sender: LocalAccount, name: str, *arguments: str) -> str:
        """Deploys the stored artefact `name` with its address arguments; returns the contract's address."""
        code = bytes.fromhex(artefact(name)["bytecode"][2:])
        return self.deploy_code(sender, code + encode(["address"] * len(arguments), arguments))

    def next_address(self, sender: LocalAccount, later: int = 0) -> str:
        """Where the contract will be that `sender` deploys next, or so many transactions later."""
        nonce = self._nonces.get(sender.address, 0) + later
        return to_checksum_address(contract_address(sender.address, nonce))

    def deploy_code(self, sender: LocalAccount, code: bytes) -> str:
        """Deploys what this creation code returns; returns the contract's address."""
        _, computation = self._run(sender, b"", code)
        return to_checksum_address(computation.msg.storage_address)

    def gas(self, sender: LocalAccount, name: str, address: str, function: str, *values: object) -> int:
        """The gas that the receipt charges for one call: intrinsic, calldata and execution together."""
        (abi,) = [entry for entry in artefact(name)["abi"] if entry.get("name") == function]
        return self.gas_by_abi(sender, abi, address, *values)

    def gas_by_abi(self, sender: LocalAccount, abi: Any, address: str, *values: object) -> int:
        """The same for one entry of an ABI, whoever wrote the contract."""
        types = [collapse_if_tuple(argument) for argument in abi["inputs"]]
        data = function_abi_to_4byte_selector(abi) + encode(types, values)
        used, _ = self._run(sender, to_canonical_address(address), data)
        return used

    def pass_time(self, seconds: int) -> None:
        """Moves the chain's clock on; the block stays open."""
        header = self._chain.header
        self._chain.header = header.copy(timestamp=header.timestamp + seconds)

    def _run(self, sender: LocalAccount, to: bytes, data: bytes) -> tuple[int, Any]:
        nonce = self._nonces.get(sender.address, 0)
        self._nonces[sender.address] = nonce + 1
        signed = sender.sign_transaction(
            {
                "type": 2,
                "chainId": CHAIN_ID,
                "nonce": nonce,
                "to": to_checksum_address(to) if to else b"",
                "data": data,
                "value": 0,
                "gas": _GAS,
                "maxFeePerGas": 2,
                "maxPriorityFeePerGas": 0,
            }
        )
        return self._apply(bytes(signed.raw_transaction))

    def _apply(self, raw: bytes) -> tuple[int, Any]:
        """Runs one signed transaction; one that fails leaves nothing behind."""
        # The block's own tries are left out: rebuilding them for each transaction takes most of the time.
        before = self._chain.header
        machine = self._chain.get_vm(before)
        transaction = machine.get_transaction_builder().decode(raw)
        receipt, computation = machine.apply_transaction(before, transaction)
        computation.raise_if_error()
        machine.state.persist()
        after = machine.add_receipt_to_header(before, receipt)
        self._chain.header = after.copy(state_root=machine.state.state_root)
        return receipt.gas_used - before.gas_used, computation


class GasWorld:
    """Gem and Channels on one GasChain, the payer's approvals, and a relayer that already holds GEM."""

    def __init__(self) -> None:
        self.payer, self.signer, self.relayer = key("payer"), key("signer"), key("relayer")
        self.new_relayer = key("relayer without GEM")
        self.chain = GasChain([self.payer, self.relayer, self.new_relayer])
        self.gem = self.chain.deploy(self.payer, "Gem", self.payer.address)
        self.channels = self.chain.deploy(self.payer, "Channels", self.gem)
        self.approve(self.channels)
        self.transfer(self.relayer.address)

    def transfer(self, to: str) -> int:
        """The gas of one ERC-20 transfer of a GEM by the payer."""
        return self.chain.gas(self.payer, "Gem", self.gem, "transfer", to, 10**18)

    def approve(self, contract: str) -> None:
        """The payer lets a contract take as much GEM as it asks for."""
        self.chain.gas(self.payer, "Gem", self.gem, "approve", contract, 2**256 - 1)
