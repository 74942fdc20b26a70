# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title Messages of a campaign
@notice The signed messages that Campaigns judges: their EIP-712 hashes, alone or as leaves of a signed batch.
"""

from . import ecdsa
from . import merkle


struct Sig:
    v: uint256
    r: uint256
    s: uint256


# How a message was signed: alone when `path.count` is 0, else as a leaf of a batch.
struct Place:
    path: merkle.Path
    batchId: bytes32
    sealedAt: uint64


struct Assignment:
    index: uint32
    attempt: uint8
    miner: address
    reward: uint128
    stake: uint128
    auditPpm: uint32
    auditCommit: bytes32
    inputHash: bytes32
    dueAt: uint64


_ASSIGNMENT: constant(bytes32) = keccak256(
    "Assignment(bytes32 campaignId,uint32 index,uint8 attempt,address miner,uint128 reward,uint128 stake,uint32 auditPpm,bytes32 auditCommit,bytes32 inputHash,uint64 dueAt)"
)
_SUBMISSION: constant(bytes32) = keccak256("Submission(bytes32 assignmentHash,bytes32 resultHash,bytes32 salt)")
_RECEIPT: constant(bytes32) = keccak256("Receipt(bytes32 submissionHash,uint64 receivedAt)")
_BATCH_RECEIPT: constant(bytes32) = keccak256("BatchReceipt(bytes32 root,uint32 count,uint64 receivedAt)")
_PANEL: constant(bytes32) = keccak256(
    "Panel(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,address[] verifiers)"
)
_VOTE: constant(bytes32) = keccak256(
    "Vote(bytes32 campaignId,uint32 index,uint8 attempt,uint8 round,bytes32 resultHash,bool accept)"
)
_RELEASE: constant(bytes32) = keccak256("Release(bytes32 taskKey,address to)")
_SPEND: constant(bytes32) = keccak256("Spend(bytes32 campaignId,uint128 spent,uint64 seq)")
_BILL: constant(bytes32) = keccak256("Bill(bytes32 campaignId,uint128 spent,bytes32 root,uint32 count)")

BATCH_SUBMISSION: constant(bytes32) = keccak256(
    "BatchSubmission(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
)
BATCH_VOTE: constant(bytes32) = keccak256("BatchVote(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)")
BATCH_RELEASE: constant(bytes32) = keccak256(
    "BatchRelease(bytes32 root,uint32 count,bytes32 batchId,uint64 sealedAt)"
)


@internal
@pure
def task_key(id: bytes32, index: uint32, attempt: uint8) -> bytes32:
    """
    @notice The name of one attempt at one task.
    @param id The campaign.
    @param index The task.
    @param attempt The attempt, from 0.
    @return keccak256(abi_encode(id, index, attempt)).
    """
    return keccak256(abi_encode(id, index, attempt))


@internal
@pure
def assignment(id: bytes32, a: Assignment) -> bytes32:
    """
    @notice EIP-712 hashStruct of an Assignment.
    @param id The campaign.
    @param a The other fields.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_ASSIGNMENT, id, a))


@internal
@pure
def submission(assignment_hash: bytes32, result_hash: bytes32, salt: bytes32) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Submission.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_SUBMISSION, assignment_hash, result_hash, salt))


@internal
@pure
def panel(id: bytes32, index: uint32, attempt: uint8, round: uint8, verifiers: DynArray[address, 7]) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Panel.
    @return 32 bytes.
    """
    # The encoded array begins with its offset and its length.
    words: Bytes[288] = slice(abi_encode(verifiers), 64, 32 * len(verifiers))
    return keccak256(abi_encode(_PANEL, id, index, attempt, round, keccak256(words)))


@internal
@pure
def vote(
    id: bytes32, index: uint32, attempt: uint8, round: uint8, result_hash: bytes32, accept: bool
) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Vote.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_VOTE, id, index, attempt, round, result_hash, accept))


@internal
@pure
def release(key: bytes32, to: address) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Release.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_RELEASE, key, to))


@internal
@pure
def spend(id: bytes32, spent: uint128, seq: uint64) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Spend.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_SPEND, id, spent, seq))


@internal
@pure
def bill(id: bytes32, spent: uint128, root: bytes32, count: uint32) -> bytes32:
    """
    @notice EIP-712 hashStruct of a Bill.
    @return 32 bytes.
    """
    return keccak256(abi_encode(_BILL, id, spent, root, count))


@internal
@pure
def receipt(leaf: bytes32, path: merkle.Path, received_at: uint64) -> bytes32:
    """
    @notice EIP-712 hashStruct of the receipt for a submission: of the batch it lies in, or its own.
    @param leaf The submission's hash.
    @param path Its way into the batch; a count of 0 if it was sent alone.
    @param received_at Unix time.
    @return 32 bytes.
    """
    if path.count == 0:
        return keccak256(abi_encode(_RECEIPT, leaf, received_at))
    return keccak256(abi_encode(_BATCH_RECEIPT, merkle.root_of(leaf, path), path.count, received_at))


@internal
@pure
def is_signed(separator: bytes32, who: address, struct_hash: bytes32, sig: Sig) -> bool:
    """
    @notice Whether `who` signed a message.
    @param separator The domain separator of Campaigns.
    @param who The expected key.
    @param struct_hash EIP-712 hashStruct.
    @param sig The signature.
    @return True if so.
    """
    digest: bytes32 = keccak256(concat(x"1901", separator, struct_hash))
    return ecdsa.is_signed_by(who, digest, sig.v, sig.r, sig.s)


@internal
@pure
def is_signed_in(
    separator: bytes32, who: address, leaf: bytes32, batch_type: bytes32, place: Place, sig: Sig
) -> bool:
    """
    @notice Whether `who` signed a message, alone or in a batch.
    @param separator The domain separator of Campaigns.
    @param who The expected key.
    @param leaf The message's hashStruct.
    @param batch_type The type hash of the batch.
    @param place How it was signed.
    @param sig The signature over the message or over the batch.
    @return True if so.
    """
    if place.path.count == 0:
        return self.is_signed(separator, who, leaf, sig)
    root: bytes32 = merkle.root_of(leaf, place.path)
    if root == empty(bytes32):
        return False
    struct_hash: bytes32 = keccak256(
        abi_encode(batch_type, root, place.path.count, place.batchId, place.sealedAt)
    )
    return self.is_signed(separator, who, struct_hash, sig)
