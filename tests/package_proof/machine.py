# SPDX-License-Identifier: Apache-2.0
"""The fresh machine: a minimal Debian in a folder, without Python, with one ordinary user who sits at it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "packaging"))
import clean_root  # noqa: E402

USER, UID = "worker", 4242
#: What a person installs to download and to verify, besides what the program depends on.
BESIDES = ("curl", "minisign", "xz-utils")
#: In a namespace of its own: what is mounted is gone with the last process. Processes have the numbers of this
#: computer, as the launcher looks whether an earlier start still runs.
_ALONE = ("unshare", "--mount")
_MOUNTS = (
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && mount --bind "$2" "$1$2"'
    ' && shift 2 && exec "$@"'
)


def missing_here() -> str:
    """Why no fresh machine can be made on this computer, or ""."""
    if why := clean_root.missing_here():
        return why
    able = subprocess.run([*_ALONE, "true"], capture_output=True, check=False).returncode == 0
    return "" if able else "no namespace of its own can be had here"


@dataclass(frozen=True)
class Machine:
    """The folder that is its disk, and a folder that it shares with the desk, at the same path on both."""

    disk: Path
    runtime: Path

    @property
    def home(self) -> Path:
        """The user's home as seen from outside."""
        return self.disk / "home" / USER

    def command(self, *words: str, **environment: str) -> list[str]:
        """What runs a program there as the user; it sees nothing of this computer's environment."""
        own = {
            "HOME": f"/home/{USER}",
            "USER": USER,
            "LOGNAME": USER,
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            **environment,
        }
        inside = [
            *("chroot", f"--userspec={UID}:{UID}", str(self.disk), "/usr/bin/env", "-i"),
            *("-C", f"/home/{USER}", *(f"{name}={value}" for name, value in own.items()), *words),
        ]
        return [*_ALONE, "sh", "-c", _MOUNTS, "sh", str(self.disk), str(self.runtime), *inside]

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a program to its end."""
        return subprocess.run(
            self.command(*words, **environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, check=False, timeout=300,
        )  # fmt: skip


def made(work: Path, cache: Path) -> Machine:
    """A new machine in `work`. Raises clean_root.NotHere."""
    disk, runtime = work / "disk", work / "run"
    subprocess.run(["cp", "-a", str(clean_root.prepared(cache, BESIDES)), str(disk)], check=True)
    add = ["useradd", "--create-home", "--shell", "/bin/sh", "--uid", str(UID), USER]
    subprocess.run(["chroot", str(disk), *add], check=True, capture_output=True)
    runtime.mkdir(mode=0o700)
    os.chown(runtime, UID, UID)
    (disk / runtime.relative_to("/")).mkdir(parents=True)
    if python := clean_root.pythons(disk):
        raise AssertionError(f"the fresh machine has Python on it: {python}")
    return Machine(disk, runtime)
