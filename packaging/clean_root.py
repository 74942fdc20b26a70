# SPDX-License-Identifier: Apache-2.0
"""Runs the built application's self-test where nothing of ours is: a minimal Debian without Python and without network.

`python packaging/clean_root.py [BUILT] [--cache FOLDER] [--report FILE]`; docs/adr/0105-self-test.md. The exit code is
0 when the self-test passed, 1 when it failed, and 3 when it could not be made here, which is said.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import apt_sources

ROOT = Path(__file__).resolve().parent.parent
DEPENDS = ROOT / "packaging" / "linux" / "depends.txt"
PASSED, FAILED, NOT_DONE = 0, 1, 3
#: Who runs it: nobody, with no home.
NOBODY = 65534
_PLACE = "opt/gems-desktop"
_REPORT = "tmp/report.json"
_LIMIT_S = 600


class NotHere(Exception):
    """What keeps the clean root from being made or entered here."""


@contextmanager
def one_at_a_time(cache: Path) -> Iterator[None]:
    """Wait until nobody else uses the roots in `cache`."""
    import fcntl

    cache.mkdir(parents=True, exist_ok=True)
    with (cache / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def packages(file: Path = DEPENDS) -> list[str]:
    """Return what is installed besides the minimal system: of alternatives the first."""
    lines = (line.partition("#")[0].strip() for line in file.read_text("utf-8").splitlines())
    return sorted(line.split("|")[0].split()[0] for line in lines if line)


def missing_here() -> str:
    """Return why it cannot be done on this machine, or ""."""
    if not sys.platform.startswith("linux"):
        return "this is no Linux"
    if os.geteuid() != 0:
        return "chroot needs root"
    for program in ("debootstrap", "chroot"):
        if shutil.which(program) is None:
            return f"there is no {program} (apt-get install debootstrap)"
    return ""


def prepared(cache: Path, besides: Sequence[str] = ()) -> Path:
    """Return a clean root in `cache`, made now unless one with the same packages is there. Raises NotHere.

    besides: packages that a person would install there, such as what a download is verified with.
    """
    source = apt_sources.find()
    if source is None:
        raise NotHere("no apt source of this machine has its own release")
    wanted = sorted({*packages(), *besides})
    name = hashlib.sha256("\n".join([source.suite, platform.machine(), *wanted]).encode()).hexdigest()[:16]
    root = cache / f"{source.suite}-{name}"
    if root.is_dir():
        return root
    part = cache / f".{root.name}.part"
    shutil.rmtree(part, ignore_errors=True)
    cache.mkdir(parents=True, exist_ok=True)
    print(f"Making a minimal {source.suite} with {len(wanted)} packages ...", flush=True)
    keyring = [f"--keyring={source.keyring}"] if source.keyring else []
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={','.join(wanted)}", *keyring,
         source.suite, str(part), source.mirror],
        env={**os.environ, **apt_sources.proxies()}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode != 0:
        log = part / "debootstrap" / "debootstrap.log"
        text = log.read_text("utf-8", "replace") if log.is_file() else made.stdout + made.stderr
        raise NotHere("debootstrap failed: " + " | ".join(text.strip().splitlines()[-4:]))
    shutil.rmtree(part / "var" / "cache" / "apt", ignore_errors=True)
    part.rename(root)
    return root


def pythons(root: Path) -> list[str]:
    """Return what of Python is in `root` outside the application: nothing may be."""
    found = []
    for folder in ("usr/bin", "usr/local/bin", "usr/lib", "usr/local/lib", "usr/share"):
        found += sorted((root / folder).glob("*python*"))
        found += sorted((root / folder).glob("*/libpython*"))
    return [str(path.relative_to(root)) for path in found]


def copy_in(built: Path, root: Path) -> None:
    """Put the built folder in, readable for everybody, in place of one that was there before."""
    place = root / _PLACE
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(built, place, symlinks=True)
    shutil.rmtree(root / "tmp", ignore_errors=True)
    (root / "tmp").mkdir()
    (root / "tmp").chmod(0o1777)


def cut_off() -> list[str]:
    """Return what starts a program without a network where the kernel lets us, else nothing."""
    words = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child"]
    able = shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0
    return words if able else []


def self_test(root: Path, report: Path | None) -> int:
    """Run the self-test as nobody in `root`, its lines going where ours go; the exit code, not of ours."""
    words = cut_off()
    if not words:
        print("No namespace of its own can be had here: the network is not cut off.", flush=True)
    inside = [
        *("chroot", f"--userspec={NOBODY}:{NOBODY}", str(root)),
        *("/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "HOME=/nonexistent", "LANG=C.UTF-8"),
        *(f"/{_PLACE}/gems-desktop", "--self-test", "--report", f"/{_REPORT}"),
    ]
    if words:  # what is mounted here is gone with the namespace
        mounts = 'mount -t proc proc "$1/proc" && shift && exec "$@"'
        inside = ["sh", "-c", mounts, "sh", str(root), *inside]
    try:
        done = subprocess.run([*words, *inside], check=False, timeout=_LIMIT_S)
    except subprocess.TimeoutExpired:
        print(f"The self-test did not end within {_LIMIT_S} s.", flush=True)
        return FAILED
    written = root / _REPORT
    if report is not None and written.is_file():
        shutil.copyfile(written, report)
    if not written.is_file():
        print(f"The self-test ended with {done.returncode} and wrote no report.", flush=True)
        return FAILED
    return done.returncode


def tried(built: Path, root: Path, report: Path | None) -> int:
    """Run the self-test of `built` in `root`, which must be without Python; the exit code, told in words too."""
    if python := pythons(root):
        print(f"FAILED: the clean root has Python in it: {', '.join(python)}", flush=True)
        return FAILED
    copy_in(built, root)
    print(f"Self-test in a clean {root.name.partition('-')[0]} without Python:", flush=True)
    code = self_test(root, report)
    print("passed" if code == 0 else f"FAILED (exit {code})", flush=True)
    return PASSED if code == 0 else FAILED


def main(arguments: list[str]) -> int:
    """Make or find the root, run the self-test in it, say how it went."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("built", nargs="?", type=Path, default=ROOT / "dist" / "gems-desktop")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "clean-root")
    parser.add_argument("--report", type=Path)
    found = parser.parse_args(arguments)
    try:
        if why := missing_here():
            raise NotHere(why)
        if not (found.built / "gems-desktop").is_file():
            raise NotHere(f"there is no built application in {found.built} (./dev package)")
        with one_at_a_time(found.cache.absolute()):
            return tried(found.built, prepared(found.cache.absolute()), found.report)
    except NotHere as why_not:
        print(f"NOT DONE: the self-test in a clean root file system: {why_not}.", flush=True)
        return NOT_DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
