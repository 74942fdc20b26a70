# SPDX-License-Identifier: Apache-2.0
"""File names in a task's data become content hashes: in media fields, lists, and pictures inside of HTML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from gems_platform.client.requesting.media_kinds import SUFFIXES, wrong_kind
from gems_platform.client.requesting.series import columns_of
from gems_protocol.modules.check import MEDIA
from gems_protocol.modules.tree import MEDIA_TAGS, Module, Node

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,19}://|data:", re.ASCII)
_IMG = re.compile(r"""(<img\b[^<>]{0,2000}?\bsrc\s{0,9}=\s{0,9})("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""", re.I)
_LOCAL = "/data/local-files/?d="
_UPLOAD = re.compile(r"/?(?:data/)?upload/", re.ASCII)
_PREFIX = re.compile(r"[0-9a-f]{8}-", re.ASCII)  # Label Studio puts it before an uploaded file's name
_NAME = 1_000
_DEPTH = 32


def candidates(name: str) -> tuple[str, ...]:
    """Where beside the tasks a file may lie: the name itself; of Label Studio's own paths the base name, too."""
    if name.startswith(_LOCAL):
        name = unquote(name[len(_LOCAL) :].partition("&")[0])
        found = [name, PurePosixPath(name).name]
    elif _UPLOAD.match(name):
        base = PurePosixPath(unquote(name)).name
        found = [name.lstrip("/"), base, _PREFIX.sub("", base, count=1)]
    elif name.startswith(("/", "\\")) or name[1:2] == ":":
        found = [re.split(r"[/\\]", name)[-1]]
    elif "\\" in name:
        found = [name.replace("\\", "/"), name.rpartition("\\")[2]]
    else:
        found = [name, unquote(name)]
    return tuple(dict.fromkeys(one for one in found if one))


def is_address(text: str) -> bool:
    """Whether a text is an address on a network, or a file written out in place."""
    return _ADDRESS.match(text) is not None


@dataclass
class MediaNames:
    """Finds what tasks name below `roots`, in this order; `media` (SHA-256 -> file) and `names` collect what was found.

    A task never reaches a file outside of these folders. Nothing is ever fetched.
    """

    roots: tuple[Path, ...]
    module: Module | None = None
    media: dict[str, Path] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _hashed: dict[Path, str] = field(default_factory=dict)
    _tags: dict[str, str] = field(default_factory=dict)
    _series: dict[str, Node] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.module.objects() if self.module is not None else ():
            if node.tag in MEDIA_TAGS:
                self._tags[node.variable] = node.tag
            elif node.tag == "TimeSeries":
                self._series[node.variable] = node
            if node.sound:
                self._tags[node.sound] = "Audio"
        for node in self.module.nodes if self.module is not None else ():
            for variable in (node.variable, *node.woven):
                if variable and variable not in self._tags and variable not in self._series:
                    self._texts[variable] = node.tag

    def named(self, data: dict[str, Any], problems: list[str]) -> dict[str, Any]:
        """`data` with hashes in place of names; what cannot be found is told in `problems` and stays as it is."""
        return {name: self._field(name, value, problems) for name, value in data.items()}

    def picture(self, name: str, where: str, problems: list[str]) -> str:
        """The hash ("sha256:…") of a picture that the field `where` names."""
        return str(self._file(name, "Image", where, problems))

    def _field(self, name: str, value: Any, problems: list[str]) -> Any:
        if name in self._tags:
            if isinstance(value, list):
                return [self._file(item, self._tags[name], name, problems) for item in value]
            return self._file(value, self._tags[name], name, problems)
        if name in self._series and isinstance(value, str):
            return self._columns(self._series[name], value, name, problems)
        if self._texts.get(name) in ("HyperText", "Text", "Header"):
            return value  # shown as words: pictures in them are not drawn
        return self._inside(value, name, problems, name not in self._texts, 0)

    def _inside(self, value: Any, name: str, problems: list[str], plain: bool, depth: int) -> Any:
        if depth > _DEPTH:
            return value
        if isinstance(value, list):
            return [self._inside(item, name, problems, plain, depth + 1) for item in value]
        if isinstance(value, dict):
            return {key: self._inside(item, name, problems, plain, depth + 1) for key, item in value.items()}
        if not isinstance(value, str):
            return value
        if plain and value.lower().endswith(SUFFIXES) and self._find(value) is not None:
            return self._file(value, "", name, problems)  # not shown, so a name alone is no fault
        if "<img" in value.lower():
            return _IMG.sub(lambda found: self._picture(found, name, problems), value)
        return value

    def _picture(self, found: re.Match[str], name: str, problems: list[str]) -> str:
        source = found[2].strip("\"'")
        return f'{found[1]}"{self._file(source, "Image", name, problems)}"'

    def _file(self, value: Any, tag: str, name: str, problems: list[str]) -> Any:
        if not isinstance(value, str) or MEDIA.fullmatch(value):
            return value  # the module's own check tells what is wrong
        if is_address(value):
            problems.append(
                f"The field {name} holds an address ({value[:80]}): download the file first, put it beside the "
                "tasks and write its name."
            )
            return value
        path = self._find(value)
        if path is None:
            problems.append(f"The field {name}: the file {value[:200]} is not there.")
            return value
        try:
            if tag and (wrong := wrong_kind(path, tag)):
                problems.append(f"The field {name}: the file {value[:200]} {wrong}.")
                return value
            sha256 = self._hash(path)
        except OSError as error:
            problems.append(f"The field {name}: the file {value[:200]} cannot be read: {error.strerror}.")
            return value
        self.media[sha256] = path
        self.names.setdefault(sha256, value)
        return f"sha256:{sha256}"

    def _find(self, name: str) -> Path | None:
        for one in candidates(name) if len(name) <= _NAME and "\0" not in name else ():
            for root in self.roots:
                file = root / one
                if file.is_file() and file.resolve().is_relative_to(root.resolve()):
                    return file
        return None

    def _hash(self, path: Path) -> str:
        if path not in self._hashed:
            with path.open("rb") as file:
                self._hashed[path] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._hashed[path]

    def _columns(self, node: Node, value: str, name: str, problems: list[str]) -> Any:
        """The columns of a CSV file, or of CSV that stands in the task itself."""
        if is_address(value):
            return self._file(value, "", name, problems)
        if "\n" in value.strip():
            text = value
        else:
            path = self._find(value)
            if path is None:
                problems.append(f"The field {name}: the file {value[:200]} is not there.")
                return value
            try:
                text = path.read_text("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                problems.append(f"The field {name}: the file {value[:200]} is not text in UTF-8.")
                return value
        try:
            return columns_of(text, node)
        except ValueError as error:
            problems.append(f"The field {name}: {error}.")
            return value
