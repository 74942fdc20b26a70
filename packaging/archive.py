# SPDX-License-Identifier: Apache-2.0
"""Packs what PyInstaller built into the archives that people download, the same bytes each time, and says how large."""

import argparse
import io
import lzma
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from backports import zstd

ROOT = Path(__file__).resolve().parent.parent
LINUX = Path(__file__).resolve().parent / "linux"
#: Scripts of an installation on Linux: name at its top -> where it comes from.
SCRIPTS = {
    "gems-desktop": LINUX / "gems-desktop.sh",
    "install.sh": LINUX / "install.sh",
    "uninstall.sh": LINUX / "uninstall.sh",
}
#: xz with the filter for machine code: 5 % smaller than `xz -9` on what is mostly libraries.
MACHINE_CODE = {"x86_64": lzma.FILTER_X86, "AMD64": lzma.FILTER_X86}
CHUNK = 1 << 20
#: What `zstd -d` opens without asking for more memory (128 MB).
WINDOW_LOG = 27


def when() -> int:
    """Return the time that everything in the archive bears: SOURCE_DATE_EPOCH, or that of the last commit, or 0."""
    if told := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(told)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else 0


def entry(name: str, path: Path | None, content: bytes | None, time: int) -> tarfile.TarInfo:
    """Return one member, without the builder's name, time and umask; `content` where it is no file of the disk."""
    made = tarfile.TarInfo(name)
    made.mtime, made.mode = time, 0o644
    if content is not None:
        made.size = len(content)
    elif path is None or (path.is_dir() and not path.is_symlink()):
        made.type, made.mode = tarfile.DIRTYPE, 0o755
    elif path.is_symlink():
        made.type, made.linkname, made.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
    else:
        made.size = path.stat().st_size
        made.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
    return made


def members(folder: Path, version: str, linux: bool) -> Iterator[tuple[str, Path | None, bytes | None, bool]]:
    """Yield name, file, content and whether it is a program of every member, in the order of the archive.

    On Linux it is an installation that can update itself (gems_desktop/adapters/update_layout.py), else the folder.
    """
    top, inner = "gems-desktop", "gems-desktop"
    yield top, None, None, False
    if linux:
        yield f"{top}/LICENSE", None, (ROOT / "LICENSE").read_bytes(), False
        yield f"{top}/current", None, f"{version}\n".encode(), False
        for name, script in sorted(SCRIPTS.items()):
            yield f"{top}/{name}", None, script.read_bytes(), True
        yield f"{top}/versions", None, None, False
        inner = f"{top}/versions/{version}"
        yield inner, None, None, False
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        yield f"{inner}/{path.relative_to(folder).as_posix()}", path, None, False


def write_tar(folder: Path, version: str, linux: bool, target: BinaryIO, time: int) -> None:
    """Write the uncompressed archive of `folder` to `target`."""
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name, path, content, program in members(folder, version, linux):
            made = entry(name, path, content, time)
            if program:
                made.mode = 0o755
            if content is not None:
                tar.addfile(made, io.BytesIO(content))
            elif path is not None and made.isreg():
                with path.open("rb") as file:
                    tar.addfile(made, file)
            else:
                tar.addfile(made)


def to_xz(source: Path, target: Path) -> None:
    """Compress `source`: small, slow to make."""
    filters: list[dict[str, int]] = []
    if platform.machine() in MACHINE_CODE:
        filters.append({"id": MACHINE_CODE[platform.machine()]})
    filters.append({"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 1 << 26})
    with source.open("rb") as file, lzma.open(target, "wb", filters=filters) as packed:
        while chunk := file.read(CHUNK):
            packed.write(chunk)


def to_zst(source: Path, target: Path) -> None:
    """Compress `source` as `zstd -19 --long` does: larger, and quick to unpack on slow machines."""
    options: dict[int, int] = {
        zstd.CompressionParameter.compression_level: 19,
        zstd.CompressionParameter.window_log: WINDOW_LOG,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
        zstd.CompressionParameter.checksum_flag: 1,
    }
    with source.open("rb") as file, zstd.open(target, "wb", options=options) as packed:
        while chunk := file.read(CHUNK):
            packed.write(chunk)


FORMATS: dict[str, Callable[[Path, Path], None]] = {"tar.xz": to_xz, "tar.zst": to_zst}


def compress(form: str, plain: Path, target: Path) -> None:
    """Write `plain` as `target`, saying that it begins, and how large it became."""
    print(f"{target.name}: packing, it takes minutes ...", flush=True)
    began = time.monotonic()
    FORMATS[form](plain, target)
    took = time.monotonic() - began
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB, packed in {took:.0f} s", flush=True)


def pack(folder: Path, out: Path, formats: tuple[str, ...] = tuple(FORMATS)) -> list[Path]:
    """Write and return NAME-VERSION-SYSTEM-MACHINE.FORMAT in `out`, one for each of `formats`, side by side."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    stem = f"{project['name']}-{project['version']}-{sys.platform}-{platform.machine()}"
    targets = {name: out / f"{stem}.{name}" for name in formats}
    with tempfile.TemporaryDirectory(dir=out) as place, ThreadPoolExecutor(len(formats)) as lanes:
        plain = Path(place) / "all.tar"
        with plain.open("wb") as file:
            write_tar(folder, project["version"], sys.platform.startswith("linux"), file, when())
        list(lanes.map(lambda form: compress(form, plain, targets[form]), formats))
    return list(targets.values())


def main() -> int:
    """Pack what PyInstaller built; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "gems-desktop")
    parser.add_argument("--out", type=Path, help="where the archives go; beside the folder without it")
    parser.add_argument("--only", choices=list(FORMATS), help="one format instead of all")
    options = parser.parse_args()
    folder: Path = options.folder
    if not folder.is_dir():
        print(f"{folder} is not there: ./dev package", file=sys.stderr)
        return 1
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    print(f"{folder.name}: {size / 1e6:.0f} MB in {len(files)} files", flush=True)
    pack(folder, options.out or folder.parent, (options.only,) if options.only else tuple(FORMATS))
    return 0


if __name__ == "__main__":
    sys.exit(main())
