# SPDX-License-Identifier: Apache-2.0
"""The record of a draw as the hub shows it, and the check that finds a hub which did not draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gems_protocol.draw import Candidate, candidate_name, commitment, drawn, panel_seed
from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.messages import Submission, hash_from_hex

#: Why somebody who asked could not be drawn for a task.
REASONS = ("author", "requester", "judged", "share", "family", "bond", "linked", "full", "needs")
MOST_CANDIDATES = 256
_SEED = ("assignment_hash", "result_hash", "salt", "secret", "seed")


class DrawWrong(GemsError):
    """A draw is not what its seed gives; `action` says what to keep."""


@dataclass(frozen=True, slots=True)
class DrawRecord:
    """One draw for `count` seats at Unix time `at`; excluded: place -> one of REASONS; chosen: places, best first.

    before: whoever asked before that time (Unix seconds) and got nothing yet is among the candidates.
    """

    candidates: tuple[Candidate, ...]
    excluded: dict[int, str]
    count: int
    chosen: tuple[int, ...]
    at: int
    before: int
    root: bytes

    def to_json(self) -> dict[str, Any]:
        """As the interface shows it."""
        return {
            "candidates": [["0x" + one.name.hex(), one.weight] for one in self.candidates],
            "excluded": [[place, why] for place, why in sorted(self.excluded.items())],
            "count": self.count,
            "chosen": list(self.chosen),
            "at": self.at,
            "before": self.before,
            "root": "0x" + self.root.hex(),
        }

    @classmethod
    def from_json(cls, value: Any) -> DrawRecord:
        """Read what `to_json` wrote; raises MalformedMessage."""
        try:
            listed, shut, chosen = value["candidates"], value["excluded"], value["chosen"]
            if len(listed) > MOST_CANDIDATES or any(why not in REASONS for _, why in shut):
                raise ValueError
            numbers = [value["count"], value["at"], value["before"], *chosen, *(place for place, _ in shut)]
            if any(type(number) is not int or number < 0 for number in numbers):
                raise ValueError
            return cls(
                candidates=tuple(Candidate(hash_from_hex(name), weight) for name, weight in listed),
                excluded=dict(shut),
                count=value["count"],
                chosen=tuple(chosen),
                at=value["at"],
                before=value["before"],
                root=hash_from_hex(value["root"]),
            )
        except (KeyError, TypeError, ValueError, MalformedMessage) as error:
            raise MalformedMessage("A draw's record is malformed.") from error

    def check(self, seed: bytes) -> None:
        """Raise DrawWrong unless the seed draws exactly those who were chosen, out of those the root names."""
        try:
            listed = commitment(self.candidates)
        except ValueError as error:
            raise _wrong("its candidates are not listed once each in order") from error
        if listed != self.root:
            raise _wrong("its candidates are not those that were committed to")
        if tuple(drawn(seed, self.candidates, self.count, self.excluded)) != self.chosen:
            raise _wrong("its seed draws somebody else")

    def place_of(self, salt: bytes, address: str) -> int | None:
        """Where an address stands among the candidates."""
        name = candidate_name(salt, address)
        return next((place for place, one in enumerate(self.candidates) if one.name == name), None)


def check_asked(records: Sequence[DrawRecord], salt: bytes, address: str, since: int, until: int) -> None:
    """Raise DrawWrong when a draw while somebody's wish stood (from `since` until `until`) left them out unseen."""
    for record in records:
        if since < record.before and record.at < until and record.place_of(salt, address) is None:
            raise _wrong("it left out somebody who had asked")


def check_panels(shown: Any, attempt: int, commit: bytes) -> list[str]:
    """Check the draws of an attempt as the interface shows them, once its verdict stands.

    commit: the `audit_commit` of the signed assignment. Gives the verifiers who voted without having been drawn:
    they were seated at once, which is right only while nobody else's wish stood. Raises DrawWrong, MalformedMessage.
    """
    try:
        told = {name: hash_from_hex(shown["seed"][name]) for name in _SEED}
        records = [(one["round"], DrawRecord.from_json(one)) for one in shown["draws"]]
        voted = [(one["round"], str(one["verifier"]), hash_from_hex(one["salt"])) for one in shown["voted"]]
    except (KeyError, TypeError) as error:
        raise MalformedMessage("The draws of a panel are malformed.") from error
    if keccak(told["secret"]) != commit:
        raise _wrong("its secret is not the one that was committed to")
    submission = Submission(told["assignment_hash"], told["result_hash"], told["salt"]).struct_hash()
    chosen: dict[int, set[bytes]] = {}
    for number, record in records:
        record.check(
            panel_seed(told["secret"], told["salt"], submission, told["seed"], attempt=attempt, round_=number)
        )
        chosen.setdefault(number, set()).update(record.candidates[place].name for place in record.chosen)
    return [
        verifier
        for number, verifier, salt in voted
        if candidate_name(salt, verifier) not in chosen.get(number, set())
    ]


def _wrong(why: str) -> DrawWrong:
    return DrawWrong(
        f"A draw of the platform does not hold: {why}.",
        action="Keep the record and the platform's signed answer: together they prove it.",
    )
