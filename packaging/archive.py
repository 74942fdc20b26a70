# SPDX-License-Identifier: Apache-2.0
"""Packs dist/gems-desktop into the archive that people download, and says how large it became."""

import lzma
import platform
import sys
import tarfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

#: xz with the filter for machine code: 5 % smaller than `xz -9` on what is mostly libraries.
MACHINE_CODE = {"x86_64": lzma.FILTER_X86, "AMD64": lzma.FILTER_X86}


def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return the entry without the builder's name and time."""
    entry.uid = entry.gid = entry.mtime = 0
    entry.uname = entry.gname = ""
    return entry


def pack(folder: Path) -> Path:
    """Write and return NAME-VERSION-SYSTEM-MACHINE.tar.xz beside `folder`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    machine = platform.machine()
    target = folder.parent / f"{project['name']}-{project['version']}-{sys.platform}-{machine}.tar.xz"
    filters = [{"id": MACHINE_CODE[machine]}] if machine in MACHINE_CODE else []
    filters.append({"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 1 << 26})
    with lzma.open(target, "wb", filters=filters) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
        for path in sorted(folder.rglob("*")):
            tar.add(path, f"{folder.name}/{path.relative_to(folder)}", recursive=False, filter=plain)
    return target


def main() -> int:
    """Pack what PyInstaller built; the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "gems-desktop"
    if not folder.is_dir():
        print(f"{folder} is not there: ./dev package", file=sys.stderr)
        return 1
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    target = pack(folder)
    print(
        f"{target.name}: {target.stat().st_size / 1e6:.1f} MB packed, {size / 1e6:.0f} MB in {len(files)} files"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
