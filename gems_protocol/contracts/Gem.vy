# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma evm-version cancun
"""
@title Gem
@notice The GEM token: ERC-20 with EIP-2612 permits and EIP-3009 authorizations, a fixed supply, no owner.
@dev It calls no other contract, so nothing can re-enter it and it needs no lock. It takes no fee, calls
     nobody back and blocks nobody: the other contracts rely on that (attack 27).
"""

from ethereum.ercs import IERC20

from . import ecdsa
from . import eip712_domain

implements: IERC20
initializes: eip712_domain


event Transfer:
    sender: indexed(address)
    receiver: indexed(address)
    value: uint256


event Approval:
    owner: indexed(address)
    spender: indexed(address)
    value: uint256


event AuthorizationUsed:
    authorizer: indexed(address)
    nonce: indexed(bytes32)


event AuthorizationCanceled:
    authorizer: indexed(address)
    nonce: indexed(bytes32)


name: public(constant(String[3])) = "Gem"
symbol: public(constant(String[3])) = "GEM"
decimals: public(constant(uint8)) = 18
# One thousand million GEM: below 2**96 base units, so every amount fits the smallest field of a channel.
totalSupply: public(constant(uint256)) = 1_000_000_000 * 10**18

PERMIT_TYPEHASH: public(constant(bytes32)) = keccak256(
    "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
)
TRANSFER_WITH_AUTHORIZATION_TYPEHASH: public(constant(bytes32)) = keccak256(
    "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)
RECEIVE_WITH_AUTHORIZATION_TYPEHASH: public(constant(bytes32)) = keccak256(
    "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
)
CANCEL_AUTHORIZATION_TYPEHASH: public(constant(bytes32)) = keccak256(
    "CancelAuthorization(address authorizer,bytes32 nonce)"
)

balanceOf: public(HashMap[address, uint256])
allowance: public(HashMap[address, HashMap[address, uint256]])
nonces: public(HashMap[address, uint256])
authorizationState: public(HashMap[address, HashMap[bytes32, bool]])


@deploy
def __init__(holder: address):
    """
    @notice Creates the whole supply, once.
    @param holder Who gets all of it.
    """
    assert holder != empty(address), "Gem: no holder"
    eip712_domain.__init__("Gem", "1")
    self.balanceOf[holder] = totalSupply
    log Transfer(sender=empty(address), receiver=holder, value=totalSupply)


@external
def transfer(to: address, amount: uint256) -> bool:
    """
    @notice Sends the caller's GEM.
    @param to Receiver, not the zero address.
    @param amount Base units.
    @return Always true; it reverts otherwise.
    """
    self._transfer(msg.sender, to, amount)
    return True


@external
def transferFrom(owner: address, to: address, amount: uint256) -> bool:
    """
    @notice Sends GEM of somebody who allowed the caller to.
    @param owner Whose GEM.
    @param to Receiver, not the zero address.
    @param amount Base units; taken off the allowance unless that is the largest number.
    @return Always true; it reverts otherwise.
    """
    allowed: uint256 = self.allowance[owner][msg.sender]
    if allowed != max_value(uint256):
        assert allowed >= amount, "Gem: allowance too small"
        self.allowance[owner][msg.sender] = unsafe_sub(allowed, amount)
    self._transfer(owner, to, amount)
    return True


@external
def approve(spender: address, amount: uint256) -> bool:
    """
    @notice Sets what `spender` may take from the caller. Known danger: changing one non-zero allowance to
            another lets a fast spender use both; set zero first, or use permits.
    @param spender Who may take it.
    @param amount Base units; the largest number means without limit.
    @return Always true.
    """
    self._approve(msg.sender, spender, amount)
    return True


@external
@view
def DOMAIN_SEPARATOR() -> bytes32:
    """
    @notice The EIP-712 domain separator (EIP-2612).
    @return 32 bytes for the chain the call runs on.
    """
    return eip712_domain.separator()


@external
def permit(owner: address, spender: address, amount: uint256, deadline: uint256, v: uint8, r: bytes32, s: bytes32):
    """
    @notice Sets an allowance by the owner's signature (EIP-2612); anybody may bring it.
    @param owner Whose GEM.
    @param spender Who may take it.
    @param amount Base units.
    @param deadline Last second at which the signature holds.
    @param v 27 or 28.
    @param r First half of the signature.
    @param s Second half, low.
    """
    assert block.timestamp <= deadline, "Gem: permit expired"
    nonce: uint256 = self.nonces[owner]
    struct_hash: bytes32 = keccak256(abi_encode(PERMIT_TYPEHASH, owner, spender, amount, nonce, deadline))
    self._check(owner, struct_hash, v, r, s)
    self.nonces[owner] = unsafe_add(nonce, 1)
    self._approve(owner, spender, amount)


@external
def transferWithAuthorization(
    owner: address,
    to: address,
    amount: uint256,
    validAfter: uint256,
    validBefore: uint256,
    nonce: bytes32,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice Sends GEM by the owner's signature (EIP-3009); anybody may bring it.
    @param owner Whose GEM.
    @param to Receiver.
    @param amount Base units.
    @param validAfter The signature holds strictly after this second.
    @param validBefore The signature holds strictly before this second.
    @param nonce 32 bytes the owner never used before.
    @param v 27 or 28.
    @param r First half of the signature.
    @param s Second half, low.
    """
    self._authorized(
        TRANSFER_WITH_AUTHORIZATION_TYPEHASH, owner, to, amount, validAfter, validBefore, nonce, v, r, s
    )


@external
def receiveWithAuthorization(
    owner: address,
    to: address,
    amount: uint256,
    validAfter: uint256,
    validBefore: uint256,
    nonce: bytes32,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice Like transferWithAuthorization, but only the receiver may bring it, so a contract that pulls
            a deposit cannot be front-run (EIP-3009).
    @param owner Whose GEM.
    @param to Receiver, who must be the caller.
    @param amount Base units.
    @param validAfter The signature holds strictly after this second.
    @param validBefore The signature holds strictly before this second.
    @param nonce 32 bytes the owner never used before.
    @param v 27 or 28.
    @param r First half of the signature.
    @param s Second half, low.
    """
    assert msg.sender == to, "Gem: caller is not the receiver"
    self._authorized(
        RECEIVE_WITH_AUTHORIZATION_TYPEHASH, owner, to, amount, validAfter, validBefore, nonce, v, r, s
    )


@external
def cancelAuthorization(authorizer: address, nonce: bytes32, v: uint8, r: bytes32, s: bytes32):
    """
    @notice Uses up a nonce without moving anything (EIP-3009).
    @param authorizer Who signed.
    @param nonce The nonce to use up; it must be unused.
    @param v 27 or 28.
    @param r First half of the signature.
    @param s Second half, low.
    """
    assert not self.authorizationState[authorizer][nonce], "Gem: authorization used"
    self._check(authorizer, keccak256(abi_encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce)), v, r, s)
    self.authorizationState[authorizer][nonce] = True
    log AuthorizationCanceled(authorizer=authorizer, nonce=nonce)


@internal
def _authorized(
    type_hash: bytes32,
    owner: address,
    to: address,
    amount: uint256,
    valid_after: uint256,
    valid_before: uint256,
    nonce: bytes32,
    v: uint8,
    r: bytes32,
    s: bytes32,
):
    """
    @notice Checks and uses an EIP-3009 authorization, then moves the GEM.
    @param type_hash Which of the two messages was signed; the rest as in the callers.
    """
    assert block.timestamp > valid_after, "Gem: authorization not yet valid"
    assert block.timestamp < valid_before, "Gem: authorization expired"
    assert not self.authorizationState[owner][nonce], "Gem: authorization used"
    struct_hash: bytes32 = keccak256(
        abi_encode(type_hash, owner, to, amount, valid_after, valid_before, nonce)
    )
    self._check(owner, struct_hash, v, r, s)
    self.authorizationState[owner][nonce] = True
    log AuthorizationUsed(authorizer=owner, nonce=nonce)
    self._transfer(owner, to, amount)


@internal
@view
def _check(signer: address, struct_hash: bytes32, v: uint8, r: bytes32, s: bytes32):
    """
    @notice Reverts unless `signer` signed the message.
    @param signer The expected key.
    @param struct_hash EIP-712 `hashStruct(message)`; the rest is the signature.
    """
    assert ecdsa.is_signed_by(
        signer, eip712_domain.digest(struct_hash), convert(v, uint256), convert(r, uint256), convert(s, uint256)
    ), "Gem: bad signature"


@internal
def _transfer(owner: address, to: address, amount: uint256):
    """
    @notice Moves GEM from one balance to another.
    @param owner Whose GEM.
    @param to Receiver, not the zero address.
    @param amount Base units.
    """
    assert to != empty(address), "Gem: no receiver"
    balance: uint256 = self.balanceOf[owner]
    assert balance >= amount, "Gem: balance too small"
    self.balanceOf[owner] = unsafe_sub(balance, amount)
    # The sum of all balances is the supply, so this cannot overflow.
    self.balanceOf[to] = unsafe_add(self.balanceOf[to], amount)
    log Transfer(sender=owner, receiver=to, value=amount)


@internal
def _approve(owner: address, spender: address, amount: uint256):
    """
    @notice Sets an allowance.
    @param owner Whose GEM.
    @param spender Who may take it.
    @param amount Base units.
    """
    self.allowance[owner][spender] = amount
    log Approval(owner=owner, spender=spender, value=amount)
