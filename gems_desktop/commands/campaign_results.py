# SPDX-License-Identifier: Apache-2.0
"""`gems campaign results` and `report`: what came of the tasks, how sure it is, and what a requester's past says."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from gems_desktop.commands import arguments, campaign_export
from gems_desktop.commands.as_requester import add_common, add_part, private_folder
from gems_desktop.commands.campaign_export import CannotWrite
from gems_desktop.commands.printed import printed

if TYPE_CHECKING:
    from gems_platform.client.requesting.readings import Reading
    from gems_platform.client.requesting.requester import Requester
    from gems_protocol.gold import GoldItem
    from gems_protocol.verification.calibration import Calibration


_OWN = ("json", "jsonl", "csv")
_COLUMNS = ("index", "state", "attempts", "accepts", "rejects", "answer")
_MORE = ("adopted", "agreement", "probability", "source")


def add_parsers(parts: Any) -> None:
    """Add both commands."""
    results = add_part(parts, "results", "answers, and how many agreed with them", show_results)
    results.add_argument(
        "--format",
        choices=(*_OWN, *campaign_export.FORMATS),
        default="json",
        metavar="FORMAT",
        help=f"{', '.join(_OWN)}, label-studio (a project to import there), or by label-studio-sdk: "
        f"{', '.join(name for name in campaign_export.FORMATS if name != campaign_export.PROJECT)}",
    )
    results.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="instead of standard output; a folder for what the SDK writes",
    )
    campaign_export.add_options(results)
    results.add_argument(
        "--follow",
        action="store_true",
        help="JSON Lines as they come, each task once when its answer stands, until the campaign is over",
    )
    results.add_argument(
        "--probability",
        action="store_true",
        help="how probable each answer is, fitted on at least 50 known answers (blind verification only)",
    )
    report = parts.add_parser("report", help="what a requester's past says (without an address: yours)")
    report.add_argument("requester", nargs="?", type=arguments.address, metavar="ADDRESS")
    add_common(report, show_report)


async def show_results(options: argparse.Namespace, requester: Requester) -> int:
    """Every task with its state and answer."""
    from gems_platform.client.requesting.private_file import read_private
    from gems_platform.client.requesting.readings import agreement

    if options.follow:
        return await _follow(options, requester)
    rows = await requester.results(options.campaign_id)
    private = read_private(private_folder(options), options.campaign_id)
    chances: dict[int, float] = {}
    if options.probability:
        chances = await _probabilities(requester, options.campaign_id, rows, private.gold if private else ())
    for row in rows:
        row["agreement"] = agreement(row).text()
        row["probability"] = chances.get(row["index"])
        if private is not None and row["index"] < len(private.sources):
            row["source"] = private.sources[row["index"]]
    if options.format in campaign_export.FORMATS:
        return await campaign_export.export(options, requester, rows)
    if options.out is None:
        _write(rows, options.format, sys.stdout)
    else:
        try:
            with options.out.open("w", encoding="utf-8", newline="") as out:
                _write(rows, options.format, out)
        except OSError as error:
            raise CannotWrite.of(options.out, error) from error
    return 0


async def _follow(options: argparse.Namespace, requester: Requester) -> int:
    """Write each task when its answer stands. With --out, those that the file holds already are left out."""
    from gems_platform.client.campaign import Campaign

    if options.format not in ("json", "jsonl") or options.probability:
        raise CannotWrite(
            "Results that are followed are JSON Lines.",
            safe="Nothing was written.",
            action="Leave --format and --probability away, or leave --follow away.",
        )
    known = _known(options.out) if options.out is not None else set()
    try:
        out = sys.stdout if options.out is None else options.out.open("a", encoding="utf-8")
        with out if options.out is not None else nullcontext():
            async for row in Campaign(requester, options.campaign_id).follow():
                if row.index not in known:
                    out.write(printed(asdict(row)) + "\n")
                    out.flush()
    except OSError as error:
        raise CannotWrite.of(options.out, error) from error
    return 0


def _known(path: Path) -> set[int]:
    """The tasks that a file from before holds whole; what was cut off in the middle of a line is cut away."""
    if not path.exists():
        return set()
    found = set()
    with path.open("rb+") as file:
        end = 0
        for line in file:
            if not line.endswith(b"\n"):
                break
            end += len(line)
            try:
                found.add(int(json.loads(line)["index"]))
            except (ValueError, KeyError, TypeError) as error:
                raise CannotWrite(
                    f"{path} holds something else than followed results.",
                    safe="It was left as it is; the results are still at the platform.",
                    action="Choose another file.",
                ) from error
        file.truncate(end)
    return found


async def _probabilities(
    requester: Requester, campaign_id: str, rows: list[dict[str, Any]], gold: tuple[GoldItem, ...]
) -> dict[int, float]:
    """The calibrated probability of each answer; none when too little is known.

    Only evidence that holds is weighed; raises BadSignature, MalformedMessage, MoneyDiffers for any other.
    """
    from gems_platform.client.requesting.audit_file import audit_file_of
    from gems_platform.client.requesting.readings import calibrate, last_attempt, probability, reading
    from gems_protocol.campaign import Manifest
    from gems_protocol.rules import rules_of
    from gems_protocol.verdict import check_verdict

    network = requester.network

    shown = await requester.show(campaign_id)
    rules = rules_of(await requester.terms(campaign_id), Manifest.from_json(shown["manifest"]))
    read: list[Reading] = []
    if rules.policy.blind:
        for row in rows:
            if row["answer"] is None or not row["votes"]:
                continue
            place = f"{row['index']}/{last_attempt(row)}"
            value = await requester.platform.get(f"/v1/campaigns/{campaign_id}/evidence/{place}")
            evidence = audit_file_of(value).evidence
            check_verdict(evidence, rules, network.campaigns_domain, network.platform_signer)
            one = reading(row["index"], evidence, rules, row["answer"])
            read += [one] if one is not None else []
    read, found = calibrate(read, gold, rules)
    print(_calibration_in_words(read, found), file=sys.stderr)
    chances = {one.index: probability(one, found) for one in read}
    return {index: round(chance, 4) for index, chance in chances.items() if chance is not None}


def _calibration_in_words(read: list[Reading], found: Calibration | None) -> str:
    from gems_protocol.verification.calibration import SHOWN_FROM

    known = sum(one.known is not None for one in read)
    if found is None:
        return (
            f"No probability is shown: {known} of the {SHOWN_FROM} known answers that it takes are in, verified "
            "blind. How many agreed is in each row."
        )
    return f"Fitted on {found.items} known answers: log-odds times {found.beta:.2f}."


def _write(rows: list[dict[str, Any]], form: str, out: TextIO) -> None:
    if form == "csv":
        writer = csv.writer(out)
        writer.writerow([*_COLUMNS, *_MORE])
        writer.writerows(_cells(row) for row in rows)
    elif form == "jsonl":
        out.writelines(printed(row) + "\n" for row in rows)
    else:
        out.write(printed(rows, indent=1))
        out.write("\n")


def _cells(row: dict[str, Any]) -> list[Any]:
    votes = [vote["accept"] for vote in row["votes"]]
    from gems_protocol.text import cell

    answer = "" if row["answer"] is None else json.dumps(row["answer"], ensure_ascii=False)
    cells = [row["index"], row["state"], row["attempts"], votes.count(True), votes.count(False), answer]
    cells += ["" if row.get(name) is None else row[name] for name in _MORE]
    return [cell(each) if isinstance(each, str) else each for each in cells]


async def show_report(options: argparse.Namespace, requester: Requester) -> int:
    """JSON with the platform's report; amounts in base units."""
    address = options.requester or requester.address
    print(json.dumps(await requester.platform.get(f"/v1/requesters/{address}/report"), indent=1))
    return 0
