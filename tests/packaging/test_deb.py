# SPDX-License-Identifier: Apache-2.0
"""The Debian package: what is in it, that it is the same from the same folder, that it leaves homes alone."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.append(str(ROOT / "packaging" / "linux"))
import deb  # noqa: E402
import deb_texts  # noqa: E402

pytestmark = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="dpkg-deb is not here")
WANTED = deb.Wanted("1.2.3", "amd64", 1_700_000_000, ("libc6", "libegl1"))
LINE = "=" * 78
LICENCES = (
    f"Read this.\n\n{LINE}\nGems (Apache-2.0)\n{LINE}\n\ntext\n\n{LINE}\nattrs 26.1.0 (MIT)\n{LINE}\n\ntext\n"
)


def built(folder: Path) -> Path:
    """A folder as PyInstaller leaves one, in small."""
    (folder / "_internal").mkdir(parents=True)
    (folder / "_internal" / "LICENCES.txt").write_text(LICENCES, "utf-8")
    (folder / "_internal" / "libx.so").write_bytes(b"\x7fELF not really")
    (folder / "_internal" / "libx.so").chmod(0o775)
    (folder / "_internal" / "libx.so.1").symlink_to("libx.so")
    (folder / "gems-desktop").write_text("#!/bin/sh\necho hello\n", "utf-8")
    (folder / "gems-desktop").chmod(0o700)
    return folder


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def said(*order: str | Path) -> str:
    return subprocess.run(order, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return deb.make(built(tmp_path / "built"), tmp_path / "out", WANTED, level=0)


def test_fields(package: Path) -> None:
    assert package.name == "gems-desktop_1.2.3_amd64.deb"
    told = said(
        "dpkg-deb", "--field", package, "Package", "Version", "Architecture", "Depends", "Installed-Size"
    )
    assert "Version: 1.2.3" in told and "Depends: libc6, libegl1" in told
    assert 20 < int(told.rpartition("Installed-Size: ")[2]) < 400


def test_what_is_where(package: Path) -> None:
    lines = {line.split()[5]: line for line in said("dpkg-deb", "--contents", package).splitlines()}
    assert lines["./usr/lib/gems-desktop/gems-desktop"].startswith("-rwxr-xr-x root/root")
    assert lines["./usr/lib/gems-desktop/_internal/libx.so"].startswith("-rw-r--r-- root/root")
    assert lines["./usr/bin/gems-desktop"].endswith("-> ../lib/gems-desktop/gems-desktop")
    for name in ("applications/gems-desktop.desktop", "metainfo/org.gems.Desktop.metainfo.xml",
                 "icons/hicolor/48x48/apps/gems-desktop.png", "icons/hicolor/scalable/apps/gems-desktop.svg",
                 "doc/gems-desktop/copyright", "man/man1/gems-desktop.1.gz"):  # fmt: skip
        assert f"./usr/share/{name}" in lines
    assert all("2023-11-14" in line for line in lines.values()), "everything is as old as the commit"


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path, package: Path) -> None:
    other = built(tmp_path / "built elsewhere")
    for path in other.rglob("*"):
        os.utime(path, (1, 1), follow_symlinks=False)
    assert digest(deb.make(other, tmp_path / "again", WANTED, level=0)) == digest(package)
    (other / "_internal" / "libx.so").write_bytes(b"\x7fELF not quite")
    assert digest(deb.make(other, tmp_path / "third", WANTED, level=0)) != digest(package)


def test_the_sums_fit(tmp_path: Path, package: Path) -> None:
    said("dpkg-deb", "--raw-extract", package, tmp_path / "raw")
    sums = tmp_path / "raw" / "DEBIAN" / "md5sums"
    subprocess.run(["md5sum", "--check", "--quiet", "DEBIAN/md5sums"], cwd=tmp_path / "raw", check=True)
    assert len(sums.read_text("utf-8").splitlines()) > 10


def test_licences_are_named(tmp_path: Path) -> None:
    text = deb_texts.copyright_text(built(tmp_path / "built"))
    assert "\n  Gems (Apache-2.0)\n  attrs 26.1.0 (MIT)\n" in text
    assert "Files: *\n" in text and "/usr/share/common-licenses/Apache-2.0" in text


@pytest.mark.parametrize("call", ["remove", "purge"])
def test_removing_says_what_stays_and_touches_no_home(tmp_path: Path, call: str) -> None:
    vault = tmp_path / ".local" / "share" / "gems" / "profiles" / "default" / "vault.json"
    vault.parent.mkdir(parents=True)
    vault.write_text("{}", "utf-8")
    scripts = ROOT / "packaging" / "linux" / "debian"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    for name in ("prerm.sh", "postrm.sh"):
        done = subprocess.run(
            ["sh", scripts / name, call], env=environment, capture_output=True, text=True, check=True
        )
    assert "NOT removed" in done.stdout and "12 or 24 words" in done.stdout
    assert vault.read_text("utf-8") == "{}"
    assert "rm " not in (scripts / "postrm.sh").read_text("utf-8")


def test_an_upgrade_says_nothing() -> None:
    script = ROOT / "packaging" / "linux" / "debian" / "postrm.sh"
    assert said("sh", script, "upgrade", "2.0.0") == ""
