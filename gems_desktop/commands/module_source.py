# SPDX-License-Identifier: Apache-2.0
"""What the commands about modules are given: a config, a module package, files of tasks, an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_protocol import canonical
from gems_protocol.errors import MalformedMessage
from gems_protocol.modules import limits
from gems_protocol.modules.package import Package

_MOST_ANSWER_BYTES = (
    4_000_000  # of a file with one answer, which may hold the task and other annotations, too
)
_READY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)


class BadCall(Exception):
    """The command was called with something that cannot be read; why, in words."""


@dataclass(frozen=True)
class Source:
    """A labelling config; with a package also its samples, whose files lie in `folder`."""

    config: str
    package: Package | None = None
    folder: Path | None = None


def read_source(given: Path) -> Source:
    """A config file, the folder or .zip of a module, or the name of a ready one; raises BadCall, PackageRefused."""
    from gems_platform.client.requesting.module_files import READY, read_module, ready_names, unpacked

    path = given
    if not given.exists() and _READY.fullmatch(str(given)) and str(given) in ready_names():
        path = READY / str(given)
    if path.is_dir():
        return _of(read_module(path), path)
    if path.suffix.lower() == ".zip" and path.is_file():
        package = read_module(path)
        return _of(package, unpacked(package))
    return Source(read_text(path, limits.CONFIG_BYTES))


def _of(package: Package, folder: Path) -> Source:
    return Source(package.config, package, folder)


def read_text(path: Path, most: int) -> str:
    """The UTF-8 text of a file of at most `most` bytes; raises BadCall."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise BadCall(f"{path} is larger than {most} bytes.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise BadCall(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise BadCall(f"{path} is not text in UTF-8.") from error


def read_answer(path: Path) -> list[Any]:
    """The results in a file: a list, or what holds one as Label Studio or this program writes it; raises BadCall."""
    from gems_platform.client.requesting.label_studio import annotation_of

    try:
        value = canonical.loads(read_text(path, _MOST_ANSWER_BYTES).encode("utf-8"), _MOST_ANSWER_BYTES)
    except MalformedMessage as error:
        raise BadCall(f"{path} cannot be used. {error.message}") from error
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and "data" in value[0]:
        value = value[0]
    if isinstance(value, dict):
        found: Any = annotation_of(value)[0]
        for name in ("result", "answer", "reference"):
            found = found if found is not None else value.get(name)
        value = found
    if not isinstance(value, list):
        raise BadCall(f"{path} holds no answer: a list of results is needed.")
    return value
