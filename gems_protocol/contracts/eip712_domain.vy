# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title EIP-712 domain
@notice The domain separator of one contract, computed at deployment and rebuilt when the chain id
        changes, so that a signature never holds on a fork (attack 23).
"""

_DOMAIN_TYPE_HASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)

_NAME_HASH: immutable(bytes32)
_VERSION_HASH: immutable(bytes32)
_DEPLOYED_CHAIN_ID: immutable(uint256)
_DEPLOYED_SEPARATOR: immutable(bytes32)


@deploy
def __init__(name: String[32], version: String[8]):
    """
    @notice Fixes the name and version of the domain.
    @param name The domain's name.
    @param version The domain's version.
    """
    _NAME_HASH = keccak256(name)
    _VERSION_HASH = keccak256(version)
    _DEPLOYED_CHAIN_ID = chain.id
    _DEPLOYED_SEPARATOR = keccak256(
        abi_encode(_DOMAIN_TYPE_HASH, keccak256(name), keccak256(version), chain.id, self)
    )


@internal
@view
def separator() -> bytes32:
    """
    @notice The domain separator for the chain the call runs on.
    @return 32 bytes, as EIP-712 defines `hashStruct(eip712Domain)`.
    """
    if chain.id == _DEPLOYED_CHAIN_ID:
        return _DEPLOYED_SEPARATOR
    return keccak256(abi_encode(_DOMAIN_TYPE_HASH, _NAME_HASH, _VERSION_HASH, chain.id, self))


@internal
@view
def digest(struct_hash: bytes32) -> bytes32:
    """
    @notice The 32 bytes to sign for a message of this domain.
    @param struct_hash EIP-712 `hashStruct(message)`.
    @return keccak256("\x19\x01" || separator || struct_hash).
    """
    return keccak256(concat(0x1901, self.separator(), struct_hash))
