# SPDX-License-Identifier: Apache-2.0
"""`gems module check` and `gems module render`: what a labelling config uses, and how a worker will see it."""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits

if TYPE_CHECKING:
    from gems_protocol.modules import Report

USABLE, UNUSABLE, BAD_CALL = 0, 1, 2
MOST_TASK_BYTES = 4_000_000  # of a task file; a task's texts are at most 20,000 characters each
_SIZE = re.compile(r"([1-9]\d{2,3})x([1-9]\d{2,3})", re.ASCII)


class _BadCall(Exception):
    """The command was called with something that cannot be read."""


def add_parser(subparsers: Any) -> None:
    """Add `module` with its verbs to `gems`' parser."""
    parser = subparsers.add_parser("module", help="check a labelling config, or render it as workers see it")
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="which tags it uses, and whether it can be used here")
    check.add_argument("config", type=Path, metavar="CONFIG", help="a labelling config (XML)")
    check.add_argument("--data", type=Path, metavar="TASK", help="a task (JSON) that should fit it")
    check.add_argument("--json", action="store_true", help="print JSON")
    check.set_defaults(handler=run_check)
    render = verbs.add_parser("render", help="draw a task into a PNG file, without a display")
    render.add_argument("config", type=Path, metavar="CONFIG", help="a labelling config (XML)")
    render.add_argument("--data", type=Path, metavar="TASK", required=True, help="a task (JSON)")
    render.add_argument("--png", type=Path, metavar="OUT", required=True, help="the file to write")
    render.add_argument("--size", type=_size, default=(1366, 768), metavar="WxH", help="default 1366x768")
    render.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    render.add_argument("--text-scale", type=_percent, default=100, metavar="P", help="percent, 100 to 200")
    render.set_defaults(handler=run_render)


def _size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError("a size is two numbers from 100 to 9999, such as 1366x768")
    return int(found[1]), int(found[2])


def _percent(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 100 <= int(text) <= 200:
        raise argparse.ArgumentTypeError("the text scale is a number from 100 to 200")
    return int(text)


def run_check(args: argparse.Namespace) -> int:
    """Print the report of a config; the exit code says whether it is usable."""
    from gems_protocol.modules import check

    try:
        config = _read(args.config, limits.CONFIG_BYTES)
        task = _task(args.data) if args.data is not None else None
    except _BadCall as error:
        return _complain(error)
    report = check(config, task, names=True)
    print(json.dumps(dataclasses.asdict(report), indent=2) if args.json else _told(report))
    return USABLE if report.usable else UNUSABLE


def run_render(args: argparse.Namespace) -> int:
    """Draw a task as a worker sees it; the exit code says whether the picture was written."""
    from gems_protocol.modules import ConfigRefused, parse, task_problems

    try:
        module = parse(_read(args.config, limits.CONFIG_BYTES))
        task = _task(args.data)
    except _BadCall as error:
        return _complain(error)
    except ConfigRefused as refused:
        print("\n".join(("This config cannot be used:", *refused.reasons)), file=sys.stderr)
        return UNUSABLE
    if told := task_problems(module, task, names=True):
        print("\n".join(("This task does not fit the config:", *told)), file=sys.stderr)
        return UNUSABLE
    from gems_desktop.commands import module_render

    job = module_render.Job(
        module, task, args.data.parent, args.png, args.size, args.theme, args.text_scale / 100
    )
    try:
        module_render.render(job)
    except module_render.NotRendered as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    print(f"{args.png}: {args.size[0]}x{args.size[1]}")
    return USABLE


def _complain(error: _BadCall) -> int:
    print(error, file=sys.stderr)
    return BAD_CALL


def _read(path: Path, most: int) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise _BadCall(f"{path} is larger than {most} bytes.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise _BadCall(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise _BadCall(f"{path} is not text in UTF-8.") from error


def _task(path: Path) -> dict[str, Any]:
    """The task in a file: an object of fields, or Label Studio's `{"data": {...}}`, or the first of a list."""
    try:
        value = canonical.loads(_read(path, MOST_TASK_BYTES).encode("utf-8"), MOST_TASK_BYTES)
    except MalformedMessage as error:
        raise _BadCall(f"{path} cannot be used. {error.message}") from error
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict) and isinstance(value.get("data"), dict):
        value = value["data"]
    if not isinstance(value, dict):
        raise _BadCall(f"{path} holds no task: an object of fields is needed.")
    return value


def _told(report: Report) -> str:
    lines = ["This config can be used." if report.usable else "This config cannot be used as it is."]
    lines += _part("Tags", [", ".join(report.tags)] if report.tags else [])
    lines += _part("Not supported", [", ".join(report.unsupported)] if report.unsupported else [])
    lines += _part("What to mend", report.reasons)
    lines += _part("The task", report.task_problems)
    lines += _part("Fields of a task", [", ".join(report.variables)] if report.variables else [])
    lines += _part("Keys", [f"{key}  {control}: {option}" for control, option, key in report.keys])
    lines += _part("Notes", report.notes)
    return "\n".join(lines)


def _part(title: str, said: Any) -> list[str]:
    return [f"{title}:", *(f"  {line}" for line in said)] if said else []
