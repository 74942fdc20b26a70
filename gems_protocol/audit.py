# SPDX-License-Identifier: Apache-2.0
"""The audit draw that neither hub, miner nor requester can steer alone (docs/protocol.md, "The audit draw")."""

from __future__ import annotations

from dataclasses import dataclass

from gems_protocol.campaign import Terms
from gems_protocol.errors import BadSignature
from gems_protocol.keccak import keccak

MILLION = 1_000_000
NO_SEED = bytes(32)  # a requester that does not reveal the day's seed in 24 hours counts as zero
DAY_S = 86_400
SEED_DAYS = 400  # the length of a requester's hash chain: one seed for each day, the last for that of `ends`


@dataclass(frozen=True, slots=True)
class AuditReveal:
    """What the hub reveals after the submission: its committed secret and the requester's seed of that day.

    day: Unix days on which the submission arrived.
    """

    secret: bytes
    seed: bytes = NO_SEED
    day: int = 0


def seed_chain(last: bytes) -> list[bytes]:
    """The seeds of SEED_DAYS days, in the order in which they are revealed; `last` is secret and random.

    The terms hold the hash of the first as `seed_tip`.
    """
    chain = [_word(last)]
    for _ in range(SEED_DAYS - 1):
        chain.append(keccak(chain[-1]))
    return chain[::-1]


def seed_place(day: int, ends: int) -> int:
    """Which seed of the chain is that of Unix day `day` in a campaign that ends at `ends`; raises ValueError."""
    place = SEED_DAYS - 1 - (ends // DAY_S - day)
    if not 0 <= place < SEED_DAYS:
        raise ValueError("the campaign has no seed for this day")
    return place


def is_seed_of(reveal: AuditReveal, terms: Terms) -> bool:
    """Whether the seed is that of its day in the requester's hash chain. Zero is always allowed: none came.

    Without this check a hub could try seeds until the draw falls as it likes.
    """
    link = _word(reveal.seed)
    if link == NO_SEED:
        return True
    if terms.seed_tip == NO_SEED:
        return False
    try:
        place = seed_place(reveal.day, terms.ends)
    except ValueError:
        return False
    for _ in range(place + 1):
        link = keccak(link)
    return link == terms.seed_tip


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
