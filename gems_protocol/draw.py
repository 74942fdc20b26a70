# SPDX-License-Identifier: Apache-2.0
"""Who is drawn among those who asked, so that anybody can compute it again (docs/protocol.md, "Draws").

Whole numbers and keccak256 only. A candidate's chance does not depend on who else is there or on how often it asked:
one ticket follows from the seed and its name, a heavier candidate's is the best of several.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gems_protocol.audit import NO_SEED
from gems_protocol.keccak import keccak

MOST_WEIGHT = 8  # a hash of 256 bits holds eight tickets of 32
_PANEL = keccak(b"GemCampaigns panel draw 1")
_WORK = keccak(b"GemCampaigns work draw 1")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who asked, under a name (32 bytes) that only they and the hub can tell; weight: 1 to 8."""

    name: bytes
    weight: int

    def __post_init__(self) -> None:
        if len(self.name) != 32 or not 1 <= self.weight <= MOST_WEIGHT:
            raise ValueError("a candidate has a name of 32 bytes and a weight of 1 to 8")


def candidate_name(salt: bytes, address: str) -> bytes:
    """The name of an address (lowercase 0x-hex) in a campaign; the 32-byte salt is the hub's and told to its owner."""
    return keccak(_word(salt) + bytes.fromhex(address[2:]))


def panel_seed(
    secret: bytes, salt: bytes, submission_hash: bytes, seed: bytes = NO_SEED, *, attempt: int, round_: int
) -> bytes:
    """The seed of the panel that judges a submission, from what its audit draw is made of.

    secret: the hub committed to it in the assignment, before the miner chose `salt`; seed: the requester's of the day.
    """
    parts = (_PANEL, _word(secret), _word(salt), _word(submission_hash), _word(seed))
    return keccak(b"".join(parts) + attempt.to_bytes(32, "big") + round_.to_bytes(32, "big"))


def work_seed(secret: bytes, campaign_id: bytes, requests: Collection[bytes]) -> bytes:
    """The seed of a round of work: the hub's secret, committed to before, and the ids that the askers chose."""
    asked = keccak(b"".join(sorted(_word(one) for one in requests)))
    return keccak(_WORK + _word(secret) + _word(campaign_id) + asked)


def commitment(candidates: Sequence[Candidate]) -> bytes:
    """One hash of a draw's candidates; raises ValueError unless they are in the order of their names, each once."""
    names = [one.name for one in candidates]
    if any(left >= right for left, right in pairwise(names)):
        raise ValueError("candidates are listed in the order of their names, each once")
    return keccak(b"".join(one.name + bytes([one.weight]) for one in candidates))


def ticket(seed: bytes, candidate: Candidate) -> tuple[int, bytes]:
    """What a candidate is ranked by: the best of `weight` numbers of 32 bits; the hash itself breaks a tie."""
    digest = keccak(_word(seed) + candidate.name)
    tickets = [int.from_bytes(digest[at : at + 4], "big") for at in range(0, 4 * candidate.weight, 4)]
    return max(tickets), digest


def ranked(seed: bytes, candidates: Sequence[Candidate], excluded: Collection[int] = ()) -> list[int]:
    """Places of the candidates in the order in which they are drawn, without those that are excluded."""
    shut = set(excluded)
    places = [place for place in range(len(candidates)) if place not in shut]
    return sorted(places, key=lambda place: ticket(seed, candidates[place]), reverse=True)


def drawn(
    seed: bytes, candidates: Sequence[Candidate], count: int, excluded: Collection[int] = ()
) -> list[int]:
    """Places of the `count` that are drawn, best first; fewer when there are not so many."""
    return ranked(seed, candidates, excluded)[: max(0, count)]


def allotted(order: Sequence[int], wanted: Mapping[int, int], supply: int) -> dict[int, int]:
    """How many tasks each place gets: an equal part each, and what that leaves one by one in the order drawn.

    Nobody gets more than wanted. With less supply than places the first of `order` get one each.
    """
    found = dict.fromkeys(order, 0)
    left = supply
    open_ = [place for place in order if wanted[place] > 0]
    while left > 0 and open_:
        part = max(1, left // len(open_))
        for place in open_:
            more = min(part, wanted[place] - found[place], left)
            found[place] += more
            left -= more
        open_ = [place for place in open_ if found[place] < wanted[place]]
    return found


def _word(value: bytes) -> bytes:
    if type(value) is not bytes or len(value) != 32:
        raise ValueError("a seed, a salt or a hash is 32 bytes")
    return value
