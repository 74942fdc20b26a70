# SPDX-License-Identifier: Apache-2.0
"""What `create`, `preview` and `launch` share: which files a campaign is made of, and what it would cost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments

if TYPE_CHECKING:
    from gems_platform.client.floors import Floor
    from gems_platform.client.requesting.draft import Draft
    from gems_platform.client.requesting.ports import RequesterPlatform
    from gems_platform.client.requesting.preview import Preview

HOURLY_FLOOR = "8.00"  # GEM; what the preview calls too little for an hour


def add_files(parser: argparse.ArgumentParser) -> None:
    """The options that name a campaign's files."""
    parser.add_argument("campaign", type=Path, help="campaign.json, or the folder that holds it")
    parser.add_argument(
        "--tasks", type=Path, help="CSV, TSV, JSON or JSON Lines (also of Label Studio) instead of its tasks"
    )
    parser.add_argument("--config", type=Path, help="a labelling config (XML) instead of the one it names")
    parser.add_argument(
        "--rows",
        type=arguments.rows,
        metavar="FROM-TO",
        help="only these rows of the tasks, from 1: a part of a large file, one campaign each",
    )
    parser.add_argument(
        "--hourly-floor",
        default=HOURLY_FLOOR,
        metavar="AMOUNT",
        help=f'warn below: GEM, or a currency by the platform\'s rate, "10 USD" (default {HOURLY_FLOOR})',
    )
    parser.add_argument(
        "--seconds-per-task",
        type=arguments.count,
        metavar="S",
        help="what one task took in a trial, instead of expected_seconds",
    )


def read_files(options: argparse.Namespace) -> Draft:
    """The draft in those files, which fits its config; raises BadCampaignFile, DoesNotFit, ConfigRefused."""
    from gems_platform.client.requesting.draft import read_draft
    from gems_platform.client.requesting.fitting import check_fit

    draft = read_draft(options.campaign, options.tasks, options.config, rows=options.rows)
    check_fit(draft)
    return draft


async def floor_in(options: argparse.Namespace, platform: RequesterPlatform | None) -> Floor:
    """The hourly floor; raises BadFloor, also for a currency where no platform was named."""
    from gems_platform.client.floors import currency_of, floor_of
    from gems_protocol.rate import Rate

    rates: list[Rate] = []
    if platform is not None and currency_of(options.hourly_floor):
        rates = [Rate.from_json(one) for one in (await platform.get("/v1/rates", token=False))["rates"]]
    return floor_of(options.hourly_floor, rates)


def tell_cost(draft: Draft, shown: Preview) -> None:
    """Pay, cost, notes and warnings, on standard error."""
    rows: tuple[tuple[str, Any], ...] = (
        ("Tasks", shown.tasks),
        ("Reward", f"{shown.reward.exact()} GEM"),
        ("A verifier's pay", f"{shown.review_reward.exact()} GEM"),
        ("Policy", draft.manifest.policy.name),
        ("Miner's stake", f"{shown.stake.exact()} GEM"),
        ("Verifier's stake", f"{draft.pay.vs.exact()} GEM"),
        ("Pay for an hour", f"{shown.hourly.text()} GEM"),
        ("Escrow for a task", f"{shown.escrow_each.exact()} GEM"),
        ("Escrow in all", f"{shown.escrow.exact()} GEM (what is not spent returns)"),
        ("Files", f"{len(draft.media)}, {shown.media_bytes} bytes"),
        ("Known answers", f"{len(draft.gold)} hidden, {len(draft.practice)} to practise with"),
    )
    for name, value in rows:
        print(f"{name:<20}{value}", file=sys.stderr)
    for note in draft.notes:
        print(f"Note: {note}", file=sys.stderr)
    for warning in shown.warnings:
        print(f"Warning: {warning}", file=sys.stderr)
