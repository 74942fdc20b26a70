# SPDX-License-Identifier: Apache-2.0
"""The real program as a process on a machine that lacks something: from source, or the build that GEMS_BUILT names.

What its first screen says comes from GEMS_USABLE_PROBE; mounts are made in a mount namespace of the child's own.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "0x" + "ab" * 20
CLOSED = "http://127.0.0.1:9"  # the discard port, where nobody listens
#: what a machine brings that has nothing to do with the test
_LEFT = ("PATH", "LANG", "LC_ALL", "QT_QPA_PLATFORM", "QT_QUICK_BACKEND", "PYTHON_KEYRING_BACKEND")


@dataclass(frozen=True)
class Seen:
    """How a run ended, and what it said: `said` on its first screen, `text` on the terminal."""

    code: int
    text: str
    said: dict[str, Any] = field(default_factory=dict)


def built() -> Path | None:
    """The packaged program to test, if there is one."""
    named = os.environ.get("GEMS_BUILT")
    folder = Path(named) if named else ROOT / "dist" / "gems-desktop"
    program = folder / "gems-desktop"
    return program if program.is_file() else None


def network(folder: Path, platform: str = CLOSED, rpc: str = CLOSED) -> Path:
    """A description of a network."""
    names = ("platform_signer", "gem", "channels", "campaigns", "hub_payer", "relayer")
    told: dict[str, Any] = dict.fromkeys(names, ADDRESS)
    told |= {
        "name": "Elsewhere",
        "chain_id": 1,
        "rpc_urls": [rpc],
        "platform_url": platform,
        "practice": True,
    }
    file = folder / "network.json"
    file.write_text(json.dumps(told), "utf-8")
    return file


def can_mount() -> bool:
    """Whether this user may make mounts of its own."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0


class Machine:
    """A computer with a home in `folder`; `environ` is all that the program finds there beside its usual path."""

    def __init__(self, folder: Path, home: str = "home", program: Path | None = None) -> None:
        self.folder, self.home = folder, folder / home
        self.home.mkdir(parents=True, exist_ok=True)
        (folder / "tmp").mkdir(exist_ok=True)
        self.network = network(folder)
        self.probe = folder / "said.json"
        self._program = program
        kept = {name: os.environ[name] for name in _LEFT if name in os.environ}
        self.environ = kept | {"HOME": str(self.home), "TMPDIR": str(folder / "tmp")}

    def command(self, *more: str) -> list[str]:
        """How the program is started here."""
        start = [str(self._program)] if self._program else [sys.executable, "-m", "gems_desktop"]
        return [*start, "--network", str(self.network), *more]

    def start(self, *more: str, first: str = "", apart: str = "") -> Seen:
        """Run it to its first screen. first: shell words before it; apart: options of `unshare`, "" for none."""
        self.probe.unlink(missing_ok=True)
        command = self.command(*more)
        if first or apart:
            script = f"set -e; {first or 'true'}; exec {shlex.join(command)}"
            command = [*(["unshare", *apart.split()] if apart else []), "sh", "-c", script]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environ | {"GEMS_USABLE_PROBE": str(self.probe)},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
        )
        said = json.loads(self.probe.read_text("utf-8")) if self.probe.exists() else {}
        return Seen(done.returncode, done.stdout + done.stderr, said)

    def full(self, megabytes: int = 8) -> str:
        """Shell words for a home on a disk of its own, which is full when the program starts."""
        home = shlex.quote(str(self.home))
        fill = f"dd if=/dev/zero of={home}/filler bs=1k >{home}/../dd 2>&1 || true"
        copy = f"cp -a {home}/. {home}/../was 2>/dev/null || true"
        back = f"cp -a {home}/../was/. {home}"
        return f"{copy}; mount -t tmpfs -o size={megabytes}m none {home}; {back}; {fill}"

    def read_only(self) -> str:
        """Shell words for a home on a disk that cannot be written."""
        home = shlex.quote(str(self.home))
        return f"mount --bind {home} {home}; mount -o remount,ro,bind {home}"
