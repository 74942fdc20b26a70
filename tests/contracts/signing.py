# SPDX-License-Identifier: Apache-2.0
"""The messages of the contracts as typed data, signed and hashed by eth-account: the independent oracle."""

from typing import Any, NamedTuple

from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_typed_data
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141

VOUCHER = "Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)"
DEBIT = "Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)"
CLAIM_AUTH = (
    "ClaimAuth(bytes32 channelId,uint128 claimedBefore,"
    "address to,address relayer,uint128 fee,uint64 deadline)"
)
CLOSE_AUTH = "CloseAuth(bytes32 channelId,address relayer,uint128 fee,uint64 deadline)"
SPEND = "Spend(bytes32 campaignId,uint128 spent,uint64 seq)"
PERMIT = "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
_AUTHORIZATION = (
    "(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)
TRANSFER_AUTHORIZATION = "TransferWithAuthorization" + _AUTHORIZATION
RECEIVE_AUTHORIZATION = "ReceiveWithAuthorization" + _AUTHORIZATION
CANCEL_AUTHORIZATION = "CancelAuthorization(address authorizer,bytes32 nonce)"


class Sig(NamedTuple):
    """A signature as the contracts take it."""

    v: int
    r: int
    s: int

    def twin(self) -> "Sig":
        """The malleated signature of the same message by the same key: high s, other v."""
        return Sig(55 - self.v, self.r, ORDER - self.s)


NO_SIG = Sig(0, 0, 0)


class Domain(NamedTuple):
    """The EIP-712 domain of one contract on one chain."""

    name: str
    contract: str
    chain_id: int

    def encoded(self, type_string: str, *values: object) -> Any:
        """The message of `type_string` with `values` in its order, ready for eth-account."""
        name, _, rest = type_string.partition("(")
        fields = [part.split(" ") for part in rest.rstrip(")").split(",")]
        return encode_typed_data(
            domain_data={
                "name": self.name,
                "version": "1",
                "chainId": self.chain_id,
                "verifyingContract": self.contract,
            },
            message_types={name: [{"name": field, "type": kind} for kind, field in fields]},
            message_data={field: value for (_, field), value in zip(fields, values, strict=True)},
        )

    def digest(self, type_string: str, *values: object) -> bytes:
        """The 32 bytes that are signed."""
        return bytes(_hash_eip191_message(self.encoded(type_string, *values)))

    def sign(self, key: LocalAccount, type_string: str, *values: object) -> Sig:
        """The signature of `key` over the message."""
        signed = key.sign_message(self.encoded(type_string, *values))
        return Sig(signed.v, signed.r, signed.s)


def key(name: str) -> LocalAccount:
    """A test key of that name, the same in every run."""
    account: LocalAccount = Account.from_key(keccak(text=f"gems test key {name}"))
    return account
