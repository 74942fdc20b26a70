# SPDX-License-Identifier: Apache-2.0
"""Builds the same commit twice, from clones in folders of other names and lengths, and says which bytes differ."""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Names of the folders of the two clones: what they are called must not be seen in the result.
CLONES = ("one", "another-folder-of-the-same")


def digest(path: Path) -> str:
    """Return what a file is: its bytes, whether it may be started, or where a link leads."""
    if path.is_symlink():
        return f"link to {os.readlink(path)}"
    kind = "program" if path.stat().st_mode & 0o100 else "file"
    with path.open("rb") as file:
        return f"{kind} {hashlib.file_digest(file, 'sha256').hexdigest()}"


def contents(folder: Path) -> dict[str, str]:
    """Return every file below `folder` by its path there."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in found}


def difference(first: Path, second: Path) -> list[str]:
    """Return what two folders do not have in common, one line each."""
    one, two = contents(first), contents(second)
    lines = [f"only in the first: {name}" for name in one.keys() - two.keys()]
    lines += [f"only in the second: {name}" for name in two.keys() - one.keys()]
    for name in one.keys() & two.keys():
        if one[name] != two[name]:
            lines.append(f"differs{where(first / name, second / name)}: {name}")
    return sorted(lines)


def where(first: Path, second: Path) -> str:
    """Return how two files differ: in length, or in how many bytes from where on."""
    if first.is_symlink() or second.is_symlink():
        return ""
    one, two = first.read_bytes(), second.read_bytes()
    if len(one) != len(two):
        return f" ({len(one)} and {len(two)} bytes)"
    places = [place for place, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return f" ({len(places)} bytes, the first at {places[0]})" if places else " (in its mode)"


def told_of(commit: str, form: str) -> str:
    """Return what git says of `commit`: %H its whole name, %ct its time, which everything built of it bears."""
    asked = ["git", "log", "-1", f"--format={form}", commit]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def build(place: Path, name: str, commit: str, formats: tuple[str, ...]) -> Path:
    """Clone `commit` to `place`/`name`, build it there with this environment and return the folder of results."""
    clone = place / name
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(clone)], check=True)
    subprocess.run(
        ["git", "-c", "advice.detachedHead=false", "checkout", "-q", commit], cwd=clone, check=True
    )
    environment = {
        **os.environ,
        "PYTHONPATH": str(clone),  # before the folder that this environment is linked with
        "SOURCE_DATE_EPOCH": told_of(commit, "%ct"),
        "PYTHONHASHSEED": "0",
        "PYINSTALLER_CONFIG_DIR": str(clone / "build" / "cache"),
    }
    order = [
        sys.executable,
        "-m",
        "PyInstaller",
        "packaging/gems-desktop.spec",
        "--noconfirm",
        "--log-level",
        "ERROR",
    ]
    order += ["--distpath", "dist", "--workpath", "build"]
    subprocess.run(order, cwd=clone, env=environment, check=True)
    for form in formats:
        packing = [sys.executable, "packaging/archive.py", "dist/gems-desktop", "--only", form]
        subprocess.run(packing, cwd=clone, env=environment, check=True)
    return clone / "dist"


def main() -> int:
    """Build twice and compare; 0 when everything is the same."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commit", default="HEAD", help="what to build; HEAD without it")
    parser.add_argument("--place", type=Path, help="where the clones go; a temporary folder without it")
    parser.add_argument(
        "--archives", action="store_true", help="pack both and compare the archives too: minutes more"
    )
    options = parser.parse_args()
    formats = ("tar.xz", "tar.zst") if options.archives else ()
    commit = told_of(options.commit, "%H")  # once: the branch may move while the first is built
    with tempfile.TemporaryDirectory(prefix="gems-", dir=options.place) as place:
        results = [build(Path(place), name, commit, formats) for name in CLONES]
        lines = difference(*results)
        count = len(contents(results[0]))
    print("\n".join(lines) or f"The two builds are the same: {count} files, byte for byte.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
