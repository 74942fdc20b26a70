# SPDX-License-Identifier: Apache-2.0
"""`gems campaign plan`: which policy, panel and stakes for a budget and an accuracy, and what that should cost."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.client.requesting.planning import Advice, Wish

REWARD = "0.10"  # GEM, where nothing else is said


class BadWish(GemsError):
    """What is asked for is no plan."""


def add_parser(parts: Any) -> None:
    """Add the command."""
    plan = parts.add_parser("plan", help="which policy for a budget and an accuracy; nothing is sent")
    plan.add_argument("--budget", required=True, metavar="GEM")
    plan.add_argument(
        "--accuracy", required=True, metavar="PERCENT", help="right results wanted, such as 95 or 0.95"
    )
    what = plan.add_mutually_exclusive_group()
    what.add_argument("--tasks", type=int, metavar="N", help="without it: as many as the budget pays for")
    what.add_argument(
        "--campaign", type=Path, metavar="FILE", help="tasks, classes and reward from its files"
    )
    plan.add_argument(
        "--classes", type=int, metavar="K", help="different answers a task can have (default 2)"
    )
    plan.add_argument("--reward", metavar="GEM", help=f"for one task (default {REWARD}, or the campaign's)")
    plan.add_argument(
        "--workers-accuracy", metavar="SHARE", help="right answers of workers in the mean (default .85)"
    )
    plan.add_argument(
        "--cheap-verifying", type=int, metavar="Z", help="approving is Z times quicker than doing, 1 to 10"
    )
    plan.add_argument("--json", action="store_true", help="print JSON, amounts in base units")
    plan.set_defaults(handler=show_plan)


def show_plan(options: argparse.Namespace) -> int:
    """0 when the accuracy is reached within the budget, 1 when it is not."""
    from gems_platform.client.requesting.planning import advise, as_json

    wish = wish_of(options)
    advice = advise(wish)
    if options.json:
        print(json.dumps(as_json(wish, advice), indent=1))
    else:
        print("\n".join(in_words(wish, advice)))
    return 0 if advice.plan.best is not None else 1


def wish_of(options: argparse.Namespace) -> Wish:
    """The wish in the options; raises BadWish, MalformedAmount, BadCampaignFile."""
    from gems_platform.client.requesting.draft import read_draft
    from gems_platform.client.requesting.planning import USUAL_ACCURACY, Wish
    from gems_protocol.amount import ZERO, Amount
    from gems_protocol.rules import classes_of

    mr, floor, tasks, classes, z = Amount.gem(REWARD), ZERO, options.tasks, 2, 1
    if options.campaign is not None:
        draft = read_draft(options.campaign)
        mr, floor, tasks = draft.pay.mr, draft.pay.floor, len(draft.tasks)
        classes = classes_of(draft.manifest.module.config)
        z = draft.pay.z
    mr = mr if options.reward is None else Amount.gem(options.reward)
    classes = classes if options.classes is None else options.classes
    z = z if options.cheap_verifying is None else options.cheap_verifying
    workers = USUAL_ACCURACY if options.workers_accuracy is None else _share(options.workers_accuracy)
    if not 2 <= classes <= 20:
        raise _bad("--classes is 2 to 20")
    if not 1 <= z <= 10:
        raise _bad("--cheap-verifying is 1 to 10")
    if not mr or (tasks is not None and tasks < 1):
        raise _bad("a task has a reward, and there is at least one")
    return Wish(Amount.gem(options.budget), _share(options.accuracy), mr, floor, tasks, classes, z, workers)


def _share(text: str) -> float:
    """95, 95% and 0.95 are the same; less than a tenth is a slip of the pen."""
    try:
        found = float(text.rstrip("%"))
    except ValueError:
        found = 0.0
    found = found / 100 if text.endswith("%") or found >= 1 else found
    if not 0.1 <= found < 1:
        raise _bad(f"{text} is not a share of right answers")
    return found


def _bad(why: str) -> BadWish:
    return BadWish(
        f"No plan can be made: {why}.", safe="Nothing was sent.", action="gems campaign plan --help"
    )


def in_words(wish: Wish, advice: Advice) -> list[str]:
    """The plan as lines."""
    from gems_platform.client.requesting.planning import table

    plan = advice.plan
    lines = [
        f"{plan.tasks} tasks, {wish.classes} classes, reward {wish.mr.exact()} GEM, workers right in "
        f"{wish.workers:.0%}, verifiers in {advice.crowd.verifiers.accuracy:.0%}; GEM a task:",
        "",
        *table(plan.rows, plan.votes),
        "",
    ]
    row = plan.best or plan.affordable
    if row is not None:
        e, terms = row.expected, row.candidate.terms
        word = "Recommended" if plan.best is not None else "Best within the budget"
        lines += [
            f"{word}: {row.candidate.label}; {e.right:.1%} right.",
            f"  expected cost {e.cost.text()} GEM a task, {(e.cost * plan.tasks).text()} in all",
            f"  escrow {e.escrow.text()} GEM a task, {(e.escrow * plan.tasks).text()} in all; the rest returns",
            f"  miner's stake {terms.ms.exact()}, verifier's pay {terms.vr().exact()}, verifier's stake "
            f"{terms.vs.exact()} GEM",
        ]
        same = plan.same_cost
        if same is not None:
            lines.append(f"  for no more paid work, plain redundancy: {same.label}, {same.right:.1%} right")
        lines += [f"  campaign.json: {json.dumps(advice.files[row.candidate.label])}", ""]
    return lines + [f"- {note}" for note in advice.notes]
