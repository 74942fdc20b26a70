# SPDX-License-Identifier: Apache-2.0
"""`gems campaign results --format`: as a Label Studio project, and in what label-studio-sdk's converter writes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from gems_desktop.commands.as_requester import private_folder
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_platform.client.requesting.requester import Requester

PROJECT = "label-studio"
#: what `requesting.sdk_export` can write, without importing it for every command
FORMATS = (
    PROJECT,
    *("coco", "yolo", "yolo-obb", "voc", "brush-to-coco", "brush-to-png", "brush-to-numpy", "asr-manifest"),
    *("conll2003", "json-min", "ls-csv", "ls-tsv"),
)


class CannotWrite(GemsError):
    """A file for results cannot be written."""

    @classmethod
    def of(cls, path: Path, error: OSError) -> Self:
        """What to say about `path`."""
        return cls(
            f"{path} cannot be written: {error.strerror or error}.",
            safe="The results are still at the platform.",
            action="Choose another place for the file.",
        )


def add_options(parser: argparse.ArgumentParser) -> None:
    """What only these formats need."""
    parser.add_argument(
        "--media-prefix",
        default="",
        metavar="TEXT",
        help='put before file names in a project, such as "/data/local-files/?d=photos/"',
    )
    parser.add_argument(
        "--converter",
        type=Path,
        metavar="PYTHON",
        help="the Python that has label-studio-sdk, if not this one",
    )


async def export(options: argparse.Namespace, requester: Requester, rows: list[dict[str, Any]]) -> int:
    """Write a project, or have the SDK convert it; raises CannotWrite, CannotConvert, TasksNotKept."""
    from gems_platform.client.requesting import sdk_export
    from gems_platform.client.requesting.sent_tasks import read_sent

    terms = await requester.terms(options.campaign_id)
    sent = read_sent(private_folder(options), options.campaign_id, terms.content_root)
    if options.format == PROJECT:
        return _project(options, sent, rows)
    if options.out is None:
        raise sdk_export.CannotConvert(
            "This format is a folder of files.",
            safe="Nothing was written.",
            action="Name a folder with --out.",
        )
    python = sdk_export.interpreter(options.converter)
    for note in sdk_export.convert(sent, rows, options.format, options.out, python):
        print(note, file=sys.stderr)
    print(options.out)
    return 0


def _project(options: argparse.Namespace, sent: Any, rows: list[dict[str, Any]]) -> int:
    """A file of tasks with annotations, and the config beside it."""
    from gems_platform.client.requesting.exporting import as_given, config_for_import, project

    tasks = project(sent, rows, as_given(sent, options.media_prefix))
    text = json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"
    if options.out is None:
        sys.stdout.write(text)
        return 0
    config = options.out.with_name(options.out.stem + ".config.xml")
    try:
        options.out.write_text(text, "utf-8")
        config.write_text(config_for_import(sent.config), "utf-8")
    except OSError as error:
        raise CannotWrite.of(options.out, error) from error
    print(
        f"{options.out}: {len(tasks)} tasks; {config} is the labelling config of the project.",
        file=sys.stderr,
    )
    return 0
