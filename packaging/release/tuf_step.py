# SPDX-License-Identifier: Apache-2.0
"""The step of a release that adds it to the updates' repository, and has our own client verify it (ADR 0106)."""

import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from release.facts import StepFailed, Wanted, made, megabytes
from release.steps import ROOT

PROGRAM = "packaging/updates"
FOLDER = "updates"
#: The program's exit code when other holders of keys must sign as well.
_WAITS = 3
_ROOT_FILE = "_internal/resources/updates/root.json"
_SIGNED = "1.root.json"
_PARTS = ("metadata", "targets", "waiting")

Say = Callable[[str, str, str], None]


def order(*arguments: str) -> int:
    """Start packaging/updates; its exit code when that is 0 or 3. Raises StepFailed with the end of what it said."""
    # A build's age is the commit's; a signature's is now, or it would have ended before it begins.
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, ROOT / PROGRAM, *arguments], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in (0, _WAITS):
        said = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-8:])
        raise StepFailed(f"updates: {PROGRAM} {arguments[0]} failed with {done.returncode}:\n{said}")
    return done.returncode


def prepared(wanted: Wanted, aside: Path) -> Path:
    """Lay the repository out and return the folder of its keys: the real one and `keys`, or new ones below `aside`."""
    target = wanted.work / FOLDER
    if wanted.keys is not None:
        if wanted.repository is None or not (wanted.repository / "metadata" / _SIGNED).is_file():
            raise StepFailed("updates: --repository FOLDER must be the repository that is published now.")
        for name in _PARTS:  # and nothing else that may lie there, such as keys
            if (wanted.repository / name).is_dir():
                shutil.copytree(wanted.repository / name, target / name)
        return wanted.keys / FOLDER
    keys = aside / FOLDER
    order("init-keys", "--keys", str(keys))
    order("init", "--keys", str(keys), "--repository", str(target))
    return keys


def publish(wanted: Wanted, aside: Path, say: Say) -> list[str]:
    """Make `updates/` with metadata and targets; what it still waits for comes back. Raises StepFailed."""
    keys = prepared(wanted, aside)
    target = wanted.work / FOLDER
    earlier = ["--earlier", str(wanted.earlier)] if wanted.earlier else []
    arguments = ("--keys", str(keys), "--repository", str(target), "--built", str(wanted.built))
    if order("add-release", *arguments, "--version", wanted.version, *earlier) == _WAITS:
        say("WAITS", "updates", "other holders must sign the targets (docs/guide/releasing.md)")
        return ["the other signatures of the updates"]
    say("ok", "updates", verified(wanted, aside))
    return []


def verified(wanted: Wanted, aside: Path) -> str:
    """Have the application's own client read the repository under its first root; what there is, in words."""
    from gems_desktop.adapters.update_source import Folder
    from gems_desktop.adapters.update_trust import Trust, newest_index
    from gems_desktop.adapters.updates import target_name
    from gems_desktop.services.ports_updates import UpdateFailed

    target = wanted.work / FOLDER
    trust = Trust(aside / "client", aside / "newest.json", (target / "metadata" / _SIGNED).read_bytes())
    try:
        index = newest_index(trust, Folder(target), target_name(platform.machine()), int(time.time()))
    except UpdateFailed as failure:
        raise StepFailed(
            f"updates: our own client does not take this repository ({failure.trouble})."
        ) from failure
    if index.version != wanted.version:
        raise StepFailed(f"updates: our own client finds {index.version} and not {wanted.version}.")
    words = f"verified by our own client; {megabytes(index.whole_size)} whole"
    if wanted.earlier is None:
        return words
    there = {file.sha256 for file in made(wanted.earlier, below=True)}
    new = {file.sha256: file for file in index.files if file.sha256 not in there}
    least = [
        min([file.blob_size, *(patch.size for patch in file.patches if patch.source in there)])
        for file in new.values()
    ]
    return f"{words}, {megabytes(sum(least))} in {len(new)} files from the earlier build"


def shipped_root(built: Path, repository: Path | None) -> str:
    """Return why the build would not take its updates from `repository`, or "" when it would."""
    root = built / _ROOT_FILE
    if not root.is_file():
        return "the build holds no resources/updates/root.json, so copies of it will not update themselves"
    known = (
        []
        if repository is None
        else [path.read_bytes() for path in (repository / "metadata").glob("*.root.json")]
    )
    if repository is not None and root.read_bytes() not in known:
        return "the build trusts another root than the repository has"
    return ""
