# SPDX-License-Identifier: Apache-2.0
"""Makes the Debian package of a built folder: the same bytes from the same folder, whoever builds it and when."""

import argparse
import gzip
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGING = HERE.parent
ROOT = PACKAGING.parent
sys.path.insert(0, str(HERE))
from deb_texts import changelog, control, copyright_text  # noqa: E402

NAME = "gems-desktop"
PROGRAM = f"usr/lib/{NAME}"
ICONS = {48: "48x48", 64: "64x64", 128: "128x128", 256: "256x256"}
ARCHITECTURES = {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64", "arm64": "arm64"}


@dataclass(frozen=True)
class Wanted:
    """What the package is called and how old everything in it claims to be (`epoch`: seconds since 1970)."""

    version: str
    architecture: str
    epoch: int
    depends: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """As Debian writes it."""
        return f"{NAME}_{self.version}_{self.architecture}.deb"


def depends() -> tuple[str, ...]:
    """Return the packages of packaging/linux/depends.txt: one a line, # begins a comment, | means or."""
    lines = (HERE / "depends.txt").read_text("utf-8").splitlines()
    return tuple(sorted(line for text in lines if (line := text.partition("#")[0].strip())))


def epoch() -> int:
    """Return SOURCE_DATE_EPOCH, or when the newest commit was made, or 1980 where there is no history."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(asked.stdout.strip() or 315532800)


def place(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copy one file with the mode it gets in the package."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def write(text: str, target: Path, mode: int = 0o644) -> None:
    """Write one file with the mode it gets in the package."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, "utf-8")
    target.chmod(mode)


def write_packed(text: str, target: Path) -> None:
    """Write one text as Debian wants documents: gzip without a name or a time in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    target.chmod(0o644)


def stage(built: Path, root: Path, wanted: Wanted) -> None:
    """Lay the package's tree out below `root` as it will be below /."""
    shutil.copytree(built, root / PROGRAM, symlinks=True)
    for path in (root / PROGRAM).rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path == root / PROGRAM / NAME else 0o644)
    (root / "usr/bin").mkdir(parents=True)
    (root / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    share = root / "usr/share"
    place(HERE / "gems-desktop.desktop", share / "applications/gems-desktop.desktop")
    place(HERE / "org.gems.Desktop.metainfo.xml", share / "metainfo/org.gems.Desktop.metainfo.xml")
    for pixels, folder in ICONS.items():
        place(PACKAGING / "icons" / f"{NAME}-{pixels}.png", share / f"icons/hicolor/{folder}/apps/{NAME}.png")
    place(PACKAGING / "icons" / f"{NAME}.svg", share / f"icons/hicolor/scalable/apps/{NAME}.svg")
    place(HERE / "debian/lintian-overrides", share / f"lintian/overrides/{NAME}")
    write(copyright_text(built), share / f"doc/{NAME}/copyright")
    news = changelog(NAME, wanted.version, wanted.epoch)
    write_packed(news, share / f"doc/{NAME}/changelog.gz")
    write_packed((HERE / f"{NAME}.1").read_text("utf-8"), share / f"man/man1/{NAME}.1.gz")
    place(HERE / "debian/prerm.sh", root / "DEBIAN/prerm", 0o755)
    place(HERE / "debian/postrm.sh", root / "DEBIAN/postrm", 0o755)
    size, sums = measured(root)
    write(sums, root / "DEBIAN/md5sums")
    write(control(NAME, wanted.version, wanted.architecture, size, wanted.depends), root / "DEBIAN/control")


def measured(root: Path) -> tuple[int, str]:
    """Return the installed size in KiB as Debian counts it (whole KiB a file, one a folder), and DEBIAN/md5sums."""
    size, lines = 0, []
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] == "DEBIAN":
            continue
        regular = path.is_file() and not path.is_symlink()
        size += -(-path.stat().st_size // 1024) if regular else 1
        if regular:
            digest = md5(path.read_bytes(), usedforsecurity=False).hexdigest()  # the format asks for this sum
            lines.append(f"{digest}  {name}\n")
    return size, "".join(lines)


def settle(root: Path, when: int) -> None:
    """Give every folder its mode and everything its age, so that nothing tells when and where it was built."""
    for path in [root, *root.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
        os.utime(path, (when, when), follow_symlinks=False)


def make(built: Path, out: Path, wanted: Wanted, level: int = 9) -> Path:
    """Write and return the package; raises CalledProcessError when dpkg-deb refuses."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / wanted.file_name
    with tempfile.TemporaryDirectory(dir=out, prefix=".deb-") as folder:
        root = Path(folder) / "root"
        root.mkdir()
        stage(built, root, wanted)
        settle(root, wanted.epoch)
        part = Path(folder) / target.name
        subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--threads-max=1", "--build", root, part],
            env={**os.environ, "SOURCE_DATE_EPOCH": str(wanted.epoch)}, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        part.replace(target)
    return target


def main() -> int:
    """Pack the folder that the command line names; the exit code."""
    parser = argparse.ArgumentParser(description="Make the Debian package of a built folder.")
    parser.add_argument("built", type=Path, nargs="?", default=ROOT / "dist" / NAME)
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    options = parser.parse_args()
    if shutil.which("dpkg-deb") is None:
        print("dpkg-deb is not here: Debian packages are made on Debian or Ubuntu.", file=sys.stderr)
        return 1
    if not (options.built / NAME).is_file():
        print(f"{options.built} holds no built application: ./dev package", file=sys.stderr)
        return 1
    machine = platform.machine()
    if machine not in ARCHITECTURES:
        print(f"Debian's name for {machine} is not known here.", file=sys.stderr)
        return 1
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    wanted = Wanted(version, ARCHITECTURES[machine], epoch(), depends())
    target = make(options.built, options.out, wanted)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
