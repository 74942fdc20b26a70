# SPDX-License-Identifier: Apache-2.0
"""Debian's packages of a peer, with all that they need and ours takes from the system too left out, in a folder."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.package.programs import ROOT
from bench.result import CannotMeasure

DEPENDS = ROOT / "packaging" / "linux" / "depends.txt"


def closure(names: list[str]) -> set[str]:
    """The packages that an empty Debian would install for `names`, without recommended ones."""
    command = [
        "apt-get",
        "install",
        "-y",
        "--no-install-recommends",
        "-s",
        "-o",
        "Dir::State::status=/dev/null",
    ]
    done = subprocess.run([*command, *names], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotMeasure(f"apt knows no {' '.join(names)}: {done.stderr[-300:]}")
    return {line.split()[1] for line in done.stdout.splitlines() if line.startswith("Inst ")}


def of_every_desktop() -> set[str]:
    """What the packaged application takes from a Debian system, with all that needs."""
    lines = (
        line.partition("#")[0].partition("|")[0].strip() for line in DEPENDS.read_text("utf-8").splitlines()
    )
    return closure([line.split()[0] for line in lines if line])


def install(names: list[str], folder: Path) -> Path:
    """Fetch and unpack into `folder`/root, if that was not done; the packages stay in `folder`/debs."""
    root, debs = folder / "root", folder / "debs"
    if root.is_dir():
        return root
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        raise CannotMeasure("Debian's packages need apt-get and dpkg-deb")
    debs.mkdir(parents=True, exist_ok=True)
    wanted = sorted(closure(names) - of_every_desktop())
    print(f"fetching {len(wanted)} packages for {names[0]}", flush=True)
    done = subprocess.run(
        ["apt-get", "download", "-q", *wanted], cwd=debs, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotMeasure(f"{names[0]} cannot be fetched: {done.stderr[-300:]}")
    part = folder / "root.part"
    part.mkdir(exist_ok=True)
    for deb in sorted(debs.glob("*.deb")):
        subprocess.run(["dpkg-deb", "-x", str(deb), str(part)], check=True)
    part.rename(root)
    return root


def environment(root: Path) -> dict[str, str]:
    """What makes programs of the unpacked folder find their libraries there."""
    places = [root / "usr/lib/x86_64-linux-gnu", root / "lib/x86_64-linux-gnu"]
    return {"LD_LIBRARY_PATH": ":".join(map(str, places))}
