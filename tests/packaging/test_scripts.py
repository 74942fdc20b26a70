# SPDX-License-Identifier: Apache-2.0
"""install.sh and uninstall.sh with a real sh, in homes and folders with spaces, Arabic letters and odd signs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LINUX = ROOT / "packaging" / "linux"
FOLDERS = ["Gems", "my programs/Gems", "برامج/جِمز", 'a $b `c` "d" 100% \\e\'s']

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")


def installed(folder: Path) -> Path:
    """An installation as the archive and one update leave it."""
    program = folder / "versions" / "0.2.0" / "gems-desktop"
    program.parent.mkdir(parents=True)
    shutil.copyfile("/bin/sleep", program)
    program.chmod(0o755)
    for name in ("install.sh", "uninstall.sh", "gems-desktop.sh"):
        target = folder / name.replace("gems-desktop.sh", "gems-desktop")
        shutil.copyfile(LINUX / name, target)
        target.chmod(0o755)
    (folder / "current").write_text("0.2.0\n", "utf-8")
    (folder / "previous").write_text("0.1.0\n", "utf-8")
    return folder


def home(tmp_path: Path) -> Path:
    """A home with a wallet in it, its path in two scripts."""
    folder = tmp_path / "بيت Amal"
    profile = folder / ".local" / "share" / "gems" / "profiles" / "default"
    profile.mkdir(parents=True)
    (profile / "vault.json").write_text("{}", "utf-8")
    return folder


def run(script: Path, where: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(where), "LANG": "C.UTF-8"}
    return subprocess.run(
        ["sh", str(script), *arguments],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def entry_of(where: Path) -> Path:
    return where / ".local" / "share" / "applications" / "gems-desktop.desktop"


def unquoted(entry: Path) -> str:
    """The program of a menu entry, read as the specification says."""
    value = next(line for line in entry.read_text("utf-8").splitlines() if line.startswith("Exec="))[5:]
    value = value.replace("\\\\", "\\")  # a value of type string
    assert value[0] == value[-1] == '"'
    program, rest = "", iter(value[1:-1])
    for letter in rest:
        program += next(rest) if letter == "\\" else letter
    return program.replace("%%", "%")


@pytest.mark.parametrize("name", FOLDERS)
def test_from_the_menu_entry_to_nothing_but_the_wallet(tmp_path: Path, name: str) -> None:
    where, folder = home(tmp_path), installed(tmp_path / name)
    done = run(folder / "install.sh", where)
    assert done.returncode == 0, done.stderr
    entry = entry_of(where)
    assert unquoted(entry) == str(folder / "gems-desktop")
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", entry], check=True)
    done = run(folder / "uninstall.sh", where, "--yes")
    assert done.returncode == 0, done.stderr
    assert not folder.exists() and not entry.exists()
    assert "NOT removed" in done.stdout and str(where / ".local/share/gems") in done.stdout
    assert "Wallets found there: 1." in done.stdout and "12 or 24 words" in done.stdout
    assert (where / ".local/share/gems/profiles/default/vault.json").read_text("utf-8") == "{}"


def test_it_asks_first_and_takes_silence_for_no(tmp_path: Path) -> None:
    where, folder = home(tmp_path), installed(tmp_path / "Gems")
    for typed in ("", "n\n", "maybe\n"):
        done = run(folder / "uninstall.sh", where, typed=typed)
        assert done.returncode == 1 and "Nothing was removed." in done.stdout
        assert (folder / "versions" / "0.2.0" / "gems-desktop").exists()
    assert run(folder / "uninstall.sh", where, typed="y\n").returncode == 0
    assert not folder.exists()


def test_it_refuses_while_the_program_runs(tmp_path: Path) -> None:
    where, folder = home(tmp_path), installed(tmp_path / "جِمز here")
    with subprocess.Popen([folder / "versions" / "0.2.0" / "gems-desktop", "60"]) as program:
        done = run(folder / "uninstall.sh", where, "--yes")
        program.kill()
    assert done.returncode == 1 and "Gems is open" in done.stderr
    assert (folder / "versions" / "0.2.0" / "gems-desktop").exists()


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    where, folder = home(tmp_path), installed(tmp_path / "Gems")
    (folder / "my notes.txt").write_text("mine", "utf-8")
    wallet = (
        folder / "kept here" / "profiles" / "default" / "vault.json"
    )  # --home inside of the program's folder
    wallet.parent.mkdir(parents=True)
    wallet.write_text("{}", "utf-8")
    done = run(folder / "uninstall.sh", where, "--yes")
    assert done.returncode == 0 and "my notes.txt" in done.stdout and "kept here" in done.stdout
    assert wallet.exists() and not (folder / "versions").exists()


def test_a_wallet_among_the_versions_stays(tmp_path: Path) -> None:
    where, folder = home(tmp_path), installed(tmp_path / "Gems")
    wallet = folder / "versions" / "0.2.0" / "mine" / "profiles" / "default" / "vault.json"
    wallet.parent.mkdir(parents=True)
    wallet.write_text("{}", "utf-8")
    done = run(folder / "uninstall.sh", where, "--yes")
    assert done.returncode == 1 and str(wallet) in done.stderr and "Nothing was removed" in done.stderr
    assert wallet.exists() and (folder / "versions" / "0.2.0" / "gems-desktop").exists()


def test_links_are_removed_and_not_what_they_lead_to(tmp_path: Path) -> None:
    where, folder = home(tmp_path), installed(tmp_path / "Gems")
    (folder / "versions").rename(tmp_path / "elsewhere")
    (folder / "versions").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "link").symlink_to(folder)
    assert run(tmp_path / "link" / "uninstall.sh", where, "--yes").returncode == 0
    assert not folder.exists() and (tmp_path / "elsewhere" / "0.2.0" / "gems-desktop").exists()


def test_without_a_home_it_is_done_whole(tmp_path: Path) -> None:
    folder = installed(tmp_path / "Gems")
    script, environment = str(folder / "uninstall.sh"), {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["sh", script, "--yes"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and not folder.exists() and "12 or 24 words" in done.stdout


def test_a_folder_that_holds_no_program_is_left_alone(tmp_path: Path) -> None:
    where = home(tmp_path)
    shutil.copyfile(LINUX / "uninstall.sh", where / "uninstall.sh")
    (where / "versions").mkdir()  # somebody's own
    done = run(where / "uninstall.sh", where, "--yes")
    assert done.returncode == 1 and "nothing was removed" in done.stderr
    assert (where / "versions").exists()


def test_the_menu_entry_of_another_installation_stays(tmp_path: Path) -> None:
    where = home(tmp_path)
    old, new = installed(tmp_path / "old"), installed(tmp_path / "new $1")
    run(old / "install.sh", where)
    run(new / "install.sh", where)
    run(old / "uninstall.sh", where, "--yes")
    assert unquoted(entry_of(where)) == str(new / "gems-desktop")
    run(new / "uninstall.sh", where, "--yes")
    assert not entry_of(where).exists()


def test_what_the_script_carries_is_what_is_drawn() -> None:
    script = (LINUX / "install.sh").read_text("utf-8")
    assert (ROOT / "packaging/icons/gems-desktop.svg").read_text("utf-8").strip() in script
    entry = (LINUX / "gems-desktop.desktop").read_text("utf-8").strip().splitlines()
    assert "\n".join(line for line in entry if not line.startswith("Exec=")) in script


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not here")
def test_shellcheck() -> None:
    scripts = [*LINUX.rglob("*.sh"), LINUX / "appimage/AppRun", *(ROOT / "packaging/macos").glob("*.sh")]
    done = subprocess.run(["shellcheck", *scripts], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
