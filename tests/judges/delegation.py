# SPDX-License-Identifier: Apache-2.0
"""A chain on which an account takes on code by a real set-code transaction (EIP-7702)."""

from __future__ import annotations

from typing import Any

import boa
from eth.exceptions import Revert
from eth_abi.abi import decode, encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import function_abi_to_4byte_selector, keccak, to_canonical_address
from eth_utils.abi import collapse_if_tuple

from gems_protocol.contracts import artefact
from tests.contracts.chain import CHAIN_ID, GasChain

MAGIC = keccak(text="isValidSignature(bytes32,bytes)")[:4]  # what EIP-1271 asks for and what stands for yes
#: Says yes to whatever signature of whatever digest, and does nothing when it is called otherwise.
YES = """# pragma version 0.4.3
@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[65]) -> bytes4:
    return 0x1626ba7e

@external
@payable
def __default__():
    pass
"""

#: What ecdsa.vy must not be: it asks the code of a signer that has some (EIP-1271), as many contracts do.
ASKS_THE_CODE = """# pragma version 0.4.3
interface Wallet:
    def isValidSignature(digest: bytes32, signature: Bytes[65]) -> bytes4: view

@internal
@view
def is_signed_by(signer: address, digest: bytes32, v: uint256, r: uint256, s: uint256) -> bool:
    if signer.is_contract:
        return staticcall Wallet(signer).isValidSignature(digest, b"") == 0x1626ba7e
    return ecrecover(digest, v, r, s) == signer
"""


class DelegatingChain(GasChain):
    """The contracts' chain with Prague's set-code transactions, and calls that show what they return."""

    def delegate(self, sender: LocalAccount, account: LocalAccount, to: str) -> None:
        """`account` takes on the code at `to`; `sender` brings the transaction (not the account itself)."""
        place = to_canonical_address(account.address)
        signed = Account.sign_authorization(
            {
                "chainId": CHAIN_ID,
                "address": to_canonical_address(to),
                "nonce": self._chain.get_vm().state.get_nonce(place),
            },
            account.key,
        )
        nonce = self._nonces.get(sender.address, 0)
        self._nonces[sender.address] = nonce + 1
        transaction = sender.sign_transaction(
            {
                "type": 4,
                "chainId": CHAIN_ID,
                "nonce": nonce,
                "to": account.address,
                "data": b"",
                "value": 0,
                "gas": 1_000_000,
                "maxFeePerGas": 2,
                "maxPriorityFeePerGas": 0,
                "authorizationList": [signed],
            }
        )
        self._apply(bytes(transaction.raw_transaction))
        self._nonces[account.address] = self._chain.get_vm().state.get_nonce(place)

    def code(self, account: LocalAccount) -> bytes:
        """The code at the account's address: empty, or 0xef0100 and where its code is."""
        found: bytes = self._chain.get_vm().state.get_code(to_canonical_address(account.address))
        return found

    def deploy_source(self, sender: LocalAccount, source: str) -> str:
        """Compiles and deploys Vyper's `source`; returns the contract's address."""
        return self.deploy_code(sender, boa.loads_partial(source).compiler_data.bytecode)

    def call(self, sender: LocalAccount, name: str, address: str, function: str, *values: object) -> Any:
        """The first value that a transaction's call returns, None for none; raises what the contract raises."""
        (abi,) = [entry for entry in artefact(name)["abi"] if entry.get("name") == function]
        types = [collapse_if_tuple(argument) for argument in abi["inputs"]]
        output = self.send(sender, address, function_abi_to_4byte_selector(abi) + encode(types, values))
        return decode([each["type"] for each in abi["outputs"]], output)[0] if abi["outputs"] else None

    def send(self, sender: LocalAccount, address: str, data: bytes) -> bytes:
        """What the code at `address` returns to these bytes."""
        before = self._nonces.get(sender.address, 0)
        try:
            _, computation = self._run(sender, to_canonical_address(address), data)
        except Revert:
            self._nonces[sender.address] = before  # the chain keeps nothing of a call that fails
            raise
        output: bytes = computation.output
        return output
