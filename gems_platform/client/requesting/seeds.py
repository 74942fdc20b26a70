# SPDX-License-Identifier: Apache-2.0
"""The requester's part in random audits: a chain of daily seeds, of which each is shown only when its day is over."""

from __future__ import annotations

from dataclasses import dataclass

from eth_utils.crypto import keccak

from gems_protocol.audit import DAY_S, SEED_DAYS, seed_chain, seed_place
from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.messages import hash_from_hex


class SeedsRefused(GemsError):
    """The platform asks for a seed that may not be shown, or changed what it had committed to."""


def seed_tip(last: bytes, now: int, ends: int) -> bytes:
    """What the terms hold of the chain that ends in `last`; raises SeedsRefused when it is too short."""
    if ends // DAY_S - now // DAY_S >= SEED_DAYS:
        raise SeedsRefused(
            f"A campaign with seeds of its requester lasts at most {SEED_DAYS - 1} days.",
            safe="Nothing was sent.",
            action='Shorten "lasts_s".',
        )
    return keccak(seed_chain(last)[0])


def seed_of(last: bytes, day: int, ends: int) -> bytes:
    """The seed of Unix day `day`; raises ValueError outside the campaign."""
    return seed_chain(last)[seed_place(day, ends)]


@dataclass(frozen=True, slots=True)
class DayOfWork:
    """What the platform says came in on a Unix day: how many submissions, and the root over them.

    seed: the requester's, once it was shown. reveal_by: Unix seconds after which a zero seed is drawn with.
    """

    day: int
    count: int
    root: str
    reveal_by: int
    seed: str | None

    @classmethod
    def from_json(cls, value: object) -> DayOfWork:
        """Read one of the platform's "days"; raises MalformedMessage."""
        if not isinstance(value, dict):
            raise MalformedMessage("A day of work is malformed.")
        day, count, by = value.get("day"), value.get("count"), value.get("reveal_by")
        if type(day) is not int or type(count) is not int or type(by) is not int:
            raise MalformedMessage("A day of work is malformed.")
        seed = value.get("seed")
        root = "0x" + hash_from_hex(value.get("root"), "root").hex()
        return cls(day, count, root, by, None if seed is None else "0x" + hash_from_hex(seed, "seed").hex())

    def is_over(self, now: int) -> bool:
        """Whether nothing can come in on it any more."""
        return now >= (self.day + 1) * DAY_S

    def committed(self) -> dict[str, object]:
        """What must never change once the day is over."""
        return {"count": self.count, "root": self.root}


def check_unchanged(day: DayOfWork, before: object) -> None:
    """Raise SeedsRefused when the platform says something else about a day than it said before."""
    if before is not None and before != day.committed():
        raise SeedsRefused(
            f"The platform changed what it says came in on day {day.day}: before {before}, now {day.committed()}.",
            safe="No seed was shown, so nothing can be drawn with it.",
            action="Keep both statements; the platform signed them. Ask its operator, and appeal to workers.",
        )
