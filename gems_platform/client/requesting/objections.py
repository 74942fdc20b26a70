# SPDX-License-Identifier: Apache-2.0
"""A requester who looks at accepted work before it is paid: what is held, appeals, commissions, and daily seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from eth_utils.crypto import keccak

from gems_platform.client.requesting.private_file import Private
from gems_platform.client.requesting.requester import Requester
from gems_platform.client.requesting.seeds import DayOfWork, SeedsRefused, check_unchanged, seed_of
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError
from gems_protocol.messages import Appeal, Commission
from gems_protocol.reaching import PlatformLied

LONGEST_REASON = 500  # characters that a platform takes with an appeal


class NotHeld(GemsError):
    """The work is not held any more, or this objection to it is not possible."""


@dataclass(frozen=True, slots=True)
class Held:
    """Accepted work that waits for its requester until Unix second `until`.

    bond: what an appeal keeps back for `seats` more verifiers, None when it cannot be appealed. max_fee: the most
    that having it judged by two strangers may cost.
    """

    index: int
    attempt: int
    until: int
    answer: Any
    round: int
    bond: Amount | None
    seats: int
    max_fee: Amount


def _not_held(index: int, why: str) -> NotHeld:
    return NotHeld(
        f"Task {index} {why}.",
        safe="Nothing was signed.",
        action="gems campaign held lists what you can still object to.",
    )


async def held(requester: Requester, campaign_id: str) -> list[Held]:
    """Everything that can still be objected to, by index."""
    found: list[Held] = []
    after = -1
    while True:
        page = await requester.platform.get(f"/v1/campaigns/{campaign_id}/held?after={after}")
        if not page["held"]:
            return found
        found += [_held(item) for item in page["held"]]
        if found[-1].index <= after:
            raise PlatformLied("its list of held work goes in circles.")
        after = found[-1].index


def _held(item: dict[str, Any]) -> Held:
    try:
        return Held(
            int(item["index"]),
            int(item["attempt"]),
            int(item["until"]),
            item["answer"],
            int(item["round"]),
            None if item["bond"] is None else Amount.parse(item["bond"]),
            int(item["seats"]),
            Amount.parse(item["max_fee"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PlatformLied("its list of held work is malformed.") from error


async def find_held(requester: Requester, campaign_id: str, index: int) -> Held:
    """The held work of one task; raises NotHeld."""
    for item in await held(requester, campaign_id):
        if item.index == index:
            return item
    raise _not_held(index, "is not accepted work that waits for you")


async def appeal(requester: Requester, campaign_id: str, item: Held, reason: str) -> int:
    """Have others judge again; Unix time by which they do. Raises NotHeld."""
    if item.bond is None:
        raise _not_held(
            item.index, "cannot be appealed: no verifiers judged it, or no further panel can be paid"
        )
    asked = Appeal(
        bytes.fromhex(campaign_id[2:]),
        item.index,
        item.attempt,
        item.round,
        item.bond.units,
        keccak(text=reason),
    )
    signature = asked.sign(requester.network.campaigns_domain, requester.key)
    body = {
        "appeal": {"message": asked.to_json(), "signature": "0x" + signature.hex()},
        "reason": reason,
        "debit": None,
    }
    return int((await requester.platform.post("/v1/appeals", body))["judge_by"])


def check_fee(item: Held, fee: Amount) -> None:
    """Raise NotHeld unless the work can be judged by two strangers for `fee`."""
    if not item.max_fee:
        raise _not_held(
            item.index, "cannot be commissioned: its campaign does not allow it, or is over or cancelled"
        )
    if not 0 < fee.units <= item.max_fee.units:
        raise _not_held(
            item.index, f"can be commissioned for more than nothing and at most {item.max_fee.exact()} GEM"
        )


async def commission(requester: Requester, campaign_id: str, item: Held, fee: Amount) -> int:
    """Have two strangers judge for `fee`; Unix time by which they do. Raises NotHeld."""
    check_fee(item, fee)
    asked = Commission(bytes.fromhex(campaign_id[2:]), item.index, item.attempt, fee.units)
    signature = asked.sign(requester.network.campaigns_domain, requester.key)
    body = {"commission": {"message": asked.to_json(), "signature": "0x" + signature.hex()}}
    answer = await requester.platform.post(f"/v1/campaigns/{campaign_id}/commissions", body)
    return int(answer["judge_by"])


async def days_of(requester: Requester, campaign_id: str) -> list[DayOfWork]:
    """The days on which work came in, as the platform states them."""
    value = await requester.platform.get(f"/v1/campaigns/{campaign_id}/seeds")
    return [DayOfWork.from_json(day) for day in value["days"]]


async def show_seeds(
    requester: Requester, campaign_id: str, private: Private, now: int, keep: Callable[[Private], object]
) -> list[int]:
    """Show the seed of every day that is over and waits for it; the days shown.

    now: Unix seconds by a clock that the platform does not set. What the platform commits to is kept before a seed
    leaves: with the seed in hand it could add submissions to the day. Raises SeedsRefused when it says something
    else about a day than before.
    """
    terms = await requester.terms(campaign_id)
    if not any(terms.seed_tip):
        raise SeedsRefused(
            "This campaign has no seeds of its requester: nothing has to be shown.",
            safe="Its draws use the platform's secret alone.",
            action='"seeds": true in campaign.json is for the next campaign.',
        )
    if private.last_seed is None:
        raise SeedsRefused(
            "The seeds of this campaign are not here.",
            safe="Draws go on with zero seeds, so nobody loses pay.",
            action="Use the computer or the folder (--private) that the campaign was created with.",
        )
    last, shown = private.last_seed, []
    for day in await days_of(requester, campaign_id):
        if not day.is_over(now):
            continue
        check_unchanged(day, private.days.get(day.day))
        if day.day not in private.days:
            private = private.with_day(day.day, day.committed())
            keep(private)
        try:
            seed = "0x" + seed_of(last, day.day, terms.ends).hex()
        except ValueError as error:
            raise PlatformLied("it names a day on which the campaign did not run.") from error
        if day.seed is not None and day.seed != seed:
            raise PlatformLied(f"it shows another seed for day {day.day} than the requester's.")
        if day.seed is None and now < day.reveal_by:
            await requester.platform.post(
                f"/v1/campaigns/{campaign_id}/seeds", {"day": day.day, "seed": seed}
            )
            shown.append(day.day)
    return shown
