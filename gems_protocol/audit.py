# SPDX-License-Identifier: Apache-2.0
"""The audit draw that neither hub, miner nor requester can steer alone (docs/protocol.md, "The audit draw")."""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils.crypto import keccak

from gems_protocol.errors import BadSignature

MILLION = 1_000_000
NO_SEED = bytes(32)  # a requester that does not reveal the day's seed in 24 hours counts as zero


LONGEST_CHAIN = 2_000  # days: longer than any campaign's terms allow


def is_seed_of(seed: bytes, tip: bytes) -> bool:
    """Whether the requester's hash chain, whose last hash the terms hold as `seedTip`, has this seed.

    Zero is no seed. Without this check a hub could try seeds until the draw falls as it likes.
    """
    link = _word(seed)
    if link == NO_SEED:
        return True
    if tip == NO_SEED:
        return False
    for _ in range(LONGEST_CHAIN):
        link = keccak(link)
        if link == tip:
            return True
    return False


@dataclass(frozen=True, slots=True)
class AuditReveal:
    """What the hub reveals after the submission: its committed secret and the requester's seed of the day."""

    secret: bytes
    seed: bytes = NO_SEED


def commit(secret: bytes) -> bytes:
    """keccak256 of a 32-byte secret, as the signed assignment carries it."""
    return keccak(_word(secret))


def draw(secret: bytes, salt: bytes, submission_hash: bytes, seed: bytes = NO_SEED) -> int:
    """A number in 0..999,999 from hub's secret, miner's salt and submission, and requester's seed."""
    entropy = _word(secret) + _word(salt) + _word(submission_hash) + _word(seed)
    return int.from_bytes(keccak(entropy), "big") % MILLION


def is_audited(
    audit_commit: bytes, audit_ppm: int, reveal: AuditReveal, salt: bytes, submission_hash: bytes
) -> bool:
    """Whether the draw falls on this submission; raises BadSignature for a secret that was not committed."""
    if commit(reveal.secret) != audit_commit:
        raise BadSignature("The audit secret is not the one the platform committed to.")
    return draw(reveal.secret, salt, submission_hash, reveal.seed) < audit_ppm


def _word(value: bytes) -> bytes:
    if len(value) != 32:
        raise ValueError("the audit draw takes words of 32 bytes")
    return value
