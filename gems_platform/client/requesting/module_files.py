# SPDX-License-Identifier: Apache-2.0
"""Module packages on disk: folders and ZIP files, the ready ones of this project, and the one a campaign names."""

from __future__ import annotations

import atexit
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gems_platform.client.requesting.files import bad
from gems_protocol.modules import package
from gems_protocol.modules.package import Package, refused
from gems_protocol.practice import PracticeItem

READY = Path(__file__).resolve().parents[3] / "resources" / "modules"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_HASH = re.compile(r"0x[0-9a-f]{64}", re.ASCII)
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every file in a ZIP, so that the same module gives the same bytes


@dataclass(frozen=True)
class ModuleFolder:
    """A package and the folder in which its files lie."""

    package: Package
    folder: Path

    @property
    def config(self) -> str:
        """The labelling config."""
        return self.package.config

    @property
    def practice(self) -> tuple[PracticeItem, ...]:
        """The examples to try, with media by name."""
        return self.package.practice


def read_module(path: Path) -> Package:
    """The package in a folder or a .zip file; raises PackageRefused."""
    try:
        if path.is_dir():
            return package.read_package(_from_folder(path))
        if path.stat().st_size > package.PACKAGE_BYTES:
            raise refused(f"{path.name} is larger than {package.PACKAGE_BYTES // 1_000_000} MB")
        return package.read_package(_from_zip(path.read_bytes()))
    except OSError as error:
        raise refused(f"{path} cannot be read: {error.strerror or error}") from error


def _from_folder(folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    size = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith((".", "__")) for part in name.split("/")):
            continue  # of editors and file managers
        if path.is_symlink():
            raise refused(f"{name} is a link; put the file itself there")
        if path.is_file():
            size += path.stat().st_size
            if size > package.PACKAGE_BYTES or len(found) >= package.MOST_FILES:
                raise refused("it holds too many files or too large ones")
            found[name] = path.read_bytes()
    return found


def _from_zip(content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    if content.count(b"PK\x01\x02") > 2 * package.MOST_FILES:  # before the library makes an object of each
        raise refused(f"it holds more than {package.MOST_FILES} files")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > package.MOST_FILES:
                raise refused(f"it holds more than {package.MOST_FILES} files")
            left = package.PACKAGE_BYTES
            for entry in entries:
                if entry.is_dir():
                    continue
                # the name as it stands in the archive: the library rewrites some
                if problem := package.path_problem(entry.orig_filename):
                    raise refused(f"the name {entry.orig_filename[:80]!r} {problem}")
                if entry.filename in found or entry.flag_bits & 1 or (entry.external_attr >> 28) == 0xA:
                    raise refused(f"the file {entry.filename} is there twice, locked, or a link")
                if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    raise refused(f"the file {entry.filename} is packed in an unusual way")
                with archive.open(entry) as file:
                    data = file.read(
                        min(left, package.FILE_BYTES) + 1
                    )  # what it unpacks to, not what it says
                left -= len(data)
                if left < 0 or len(data) > package.FILE_BYTES:
                    raise refused("it unpacks to too much")
                found[entry.filename] = data
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise refused("it is no sound ZIP file") from error
    except zlib.error as error:
        raise refused("it is no sound ZIP file") from error
    return found


def write_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a package; the same files give the same bytes. Raises OSError."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, files[name])
    path.write_bytes(buffer.getvalue())


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a package's files into a folder, which need not exist; raises OSError."""
    for name, content in files.items():
        if problem := package.path_problem(name):
            raise refused(f"the name {name[:80]!r} {problem}")
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def ready_names(folder: Path = READY) -> list[str]:
    """The names of the ready modules."""
    return sorted(path.parent.name for path in folder.glob(f"*/{package.ABOUT}"))


def find(name: str, near: Path) -> Path:
    """Where the module is that `name` means: a ready one, a folder or .zip file below or beside `near`, or a hash.

    Raises BadCampaignFile.
    """
    if _HASH.fullmatch(name):
        places = [READY / one for one in ready_names()]
        places += [path.parent for path in sorted(near.glob(f"*/{package.ABOUT}"))]
        places += sorted(near.glob("*.zip"))
        for place in places:
            if "0x" + read_module(place).hash.hex() == name:
                return place
        raise bad(f"no module here has the hash {name}")
    if _NAME.fullmatch(name) and name in ready_names():
        return READY / name
    path = near / name
    if path.is_dir() or path.is_file():
        return path
    raise bad(
        f'there is no module "{name[:80]}": it is none of the ready ones (gems module list), no folder and no file'
    )


def chosen_module(campaign: dict[str, Any], near: Path) -> tuple[ModuleFolder | None, dict[str, Any]]:
    """The package that campaign.json names as a text ("name", a path, a hash, or either with "@0xhash" behind it).

    With it the campaign, in which what it does not say itself comes from the package. None where the campaign
    describes its module itself.
    """
    named = campaign.get("module")
    if not isinstance(named, str):
        return None, campaign
    name, _, pinned = named.partition("@") if _HASH.fullmatch(named[-66:]) else (named, "", "")
    path = find(name or pinned, near)
    found = read_module(path)
    if pinned and "0x" + found.hash.hex() != pinned:
        raise bad(f'the module "{name[:80]}" is not the one with the hash {pinned}: somebody changed it')
    about = found.about
    value = {
        "title": about.title,
        "description": about.description,
        "instructions": found.instructions,
        "languages": list(about.languages),
        "expected_seconds": about.expected_seconds,
        **campaign,
    }
    value["module"] = {
        "name": about.name,
        "version": about.version,
        "family": about.family,
        "difficulty": about.difficulty,
    }
    return ModuleFolder(found, path if path.is_dir() else unpacked(found)), value


def unpacked(found: Package) -> Path:
    """A folder with the package's files, until this program ends."""
    folder = Path(tempfile.mkdtemp(prefix="gems-module-"))
    atexit.register(shutil.rmtree, folder, True)
    write_folder(folder, found.files)
    return folder
