# SPDX-License-Identifier: Apache-2.0
"""`gems module check`: which tags a config uses, what cannot be used here, and what is wrong with each task."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from gems_desktop.commands.module_advice import advised
from gems_desktop.commands.module_source import BadCall, Source, read_source
from gems_desktop.commands.printed import printed

USABLE, UNUSABLE = 0, 1


def add_parser(verbs: Any) -> None:
    """Add the verb."""
    check = verbs.add_parser("check", help="which tags it uses, and whether it can be used here")
    check.add_argument(
        "config",
        type=Path,
        metavar="CONFIG",
        help="a labelling config (XML), a module's folder or .zip, or its name",
    )
    check.add_argument(
        "--data", type=Path, metavar="FILE", help="tasks that should fit it (JSON, JSON Lines, CSV, TSV)"
    )
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(verb_handler=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Print the report of a config; the exit code says whether it is usable."""
    from gems_protocol.modules import check

    source = read_source(args.config)
    report = dataclasses.asdict(check(source.config))
    report["reasons"] = [advised(reason) for reason in report["reasons"]]
    report["wrong_examples"] = examples(source) if report["usable"] else []
    report["rows"] = 0
    if args.data is not None:
        _add_tasks(report, source, args.data)
    if report["wrong_examples"]:
        report["usable"] = False
    print(printed(report, indent=2) if args.json else _told(report))
    return USABLE if report["usable"] else UNUSABLE


def _add_tasks(report: dict[str, Any], source: Source, path: Path) -> None:
    """Look through the tasks; raises BadCall when the file cannot be read as tasks."""
    from gems_platform.client.requesting.files import BadCampaignFile, read_rows
    from gems_platform.client.requesting.row_checks import look_through
    from gems_protocol.modules import parse

    try:
        rows = read_rows(path)
        if not rows:
            raise BadCall(f"{path} holds no task: an object of fields is needed.")
        if not report["usable"]:
            return
        looked = look_through(parse(source.config), path)
    except BadCampaignFile as error:
        raise BadCall(f"{path}: {error.message.rpartition('cannot be made: ')[2]}") from error
    report["rows"] = looked.rows
    report["task_problems"] = list(looked.problems)
    report["task_notes"] = list(looked.notes)
    report["usable"] = not looked.problems


def examples(source: Source) -> list[str]:
    """What is wrong with a package's own samples and practice set."""
    from gems_platform.client.requesting.imported import TaskDraft
    from gems_platform.client.requesting.media_names import MediaNames
    from gems_platform.client.requesting.row_checks import problems_of
    from gems_protocol.modules import parse

    if source.package is None or source.folder is None:
        return []
    module = parse(source.config)
    media = MediaNames((source.folder, source.folder / "media"), module)
    found = []
    for number, data in enumerate(source.package.samples, 1):
        found += [f"sample {number}: {told}" for told in problems_of(TaskDraft(data), module, media)]
    for number, item in enumerate(source.package.practice, 1):
        task = TaskDraft(item.data, item.answer)
        found += [f"practice {number}: {told}" for told in problems_of(task, module, media)]
    return found


def _told(report: dict[str, Any]) -> str:
    lines = ["This config can be used." if report["usable"] else "This config cannot be used as it is."]
    if report["reasons"] == [] and not report["usable"]:
        lines = ["This config can be used, but something does not fit it."]
    lines += _part("Tags", [", ".join(report["tags"])] if report["tags"] else [])
    lines += _part("Not supported", [", ".join(report["unsupported"])] if report["unsupported"] else [])
    lines += _part("What to mend", report["reasons"])
    lines += _part("Its own examples", report["wrong_examples"])
    lines += _part("The tasks" if report["rows"] > 1 else "The task", report["task_problems"])
    lines += _part("What was left out", report.get("task_notes", []))
    lines += _part("Fields of a task", [", ".join(report["variables"])] if report["variables"] else [])
    lines += _part("Keys", [f"{key}  {control}: {option}" for control, option, key in report["keys"]])
    lines += _part("Notes", report["notes"])
    if report["rows"] > 1 and not report["task_problems"]:
        lines.append(f"All {report['rows']} tasks fit.")
    return "\n".join(lines)


def _part(title: str, said: Any) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in said)] if said else []
