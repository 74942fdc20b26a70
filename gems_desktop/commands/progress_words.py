# SPDX-License-Identifier: Apache-2.0
"""A campaign's progress in plain lines that any terminal, log and screen reader can take, and as JSON for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gems_desktop.commands.moment import utc

if TYPE_CHECKING:
    from gems_platform.client.floors import Floor
    from gems_platform.client.progress import Progress

_REASONS = {"": "no reason given"}


def in_words(found: Progress, floor: Floor) -> list[str]:
    """The lines of one look."""
    from gems_platform.client.progress import STATES

    states = sorted(
        found.tasks.items(), key=lambda item: STATES.index(item[0]) if item[0] in STATES else len(STATES)
    )
    percent = 100 * found.done // found.total if found.total else 0
    tasks = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in states)
    lines = [
        f"{utc(found.at)}  {found.state}  {found.done} of {found.total} tasks done ({percent} %)  {_left(found)}",
        f"Tasks         {tasks or 'none'}",
        f"Pay           {found.due.text()} GEM for work so far, {found.signed.text()} signed for, "
        f"{found.redeemed.text()} taken by the platform, {found.escrowed.text()} left in escrow",
        f"Verdicts      {found.accepted} accepted, {found.rejected} rejected"
        + (f", {found.held} wait for your objection" if found.held else ""),
    ]
    share = found.disagreement
    if share.whole:
        lines.append(
            f"Disagreement  {share.part} of {share.whole} judged tasks (95 % bounds {share.lower:.0%} to "
            f"{share.upper:.0%})"
        )
    if found.rejections:
        told = ", ".join(
            f"{number} {_REASONS.get(name, name.replace('_', ' '))}"
            for name, number in sorted(found.rejections.items(), key=lambda item: (-item[1], item[0]))
        )
        lines.append(f"Rejected for  {told}")
    lines += _hour(found, floor)
    return lines


def _left(found: Progress) -> str:
    if found.is_over:
        return "over"
    left = found.seconds_left
    if left is None:
        return "no pace yet"
    if left < 3_600:
        return f"about {max(1, left // 60)} min left"
    return f"about {left // 3_600} h left" if left < 172_800 else f"about {left // 86_400} days left"


def _hour(found: Progress, floor: Floor) -> list[str]:
    hourly = found.hourly
    if hourly is None or found.seconds is None:
        return ["Pay an hour   not measured yet"]
    lines = [
        f"Pay an hour   {hourly.text()} GEM measured ({found.seconds} s a task, {found.measured} answers)"
    ]
    warning = floor.warning(found.reward, found.seconds, "measured")
    return lines if warning is None else [*lines, f"Warning       {warning}"]


def as_json(found: Progress, floor: Floor) -> dict[str, Any]:
    """One look for programs; amounts in base units as text, times in Unix seconds."""
    hourly = found.hourly
    share = found.disagreement
    return {
        "campaign_id": found.campaign_id,
        "at": found.at,
        "state": found.state,
        "ends": found.ends,
        "over": found.is_over,
        "tasks_total": found.total,
        "tasks_done": found.done,
        "tasks": dict(found.tasks),
        "held": found.held,
        "accepted": found.accepted,
        "rejected": found.rejected,
        "disagreement": {
            "part": share.part,
            "whole": share.whole,
            "lower": share.lower,
            "upper": share.upper,
        },
        "rejections": dict(found.rejections),
        "funded": str(found.funded),
        "due": str(found.due),
        "signed": str(found.signed),
        "redeemed": str(found.redeemed),
        "escrowed": str(found.escrowed),
        "seconds_left": found.seconds_left,
        "median_seconds": found.seconds,
        "pay_per_hour": None if hourly is None else str(hourly),
        "floor": str(floor.amount),
        "below_floor": hourly is not None and hourly < floor.amount,
    }
