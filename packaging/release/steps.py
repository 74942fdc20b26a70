# SPDX-License-Identifier: Apache-2.0
"""The steps of a release that other programs of packaging/ do: each is started, and its files must be there after."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from release.facts import NAME, StepFailed, Wanted, made

ROOT = Path(__file__).resolve().parent.parent.parent
#: How much of what a failed program said is shown.
_LAST_LINES = 12


@dataclass(frozen=True)
class Step:
    """One program of packaging/: what it makes, its file, its arguments, and the endings of what it must leave."""

    name: str
    script: str
    arguments: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def there(self) -> bool:
        """Whether somebody has written it."""
        return (ROOT / self.script).is_file()


def archives(wanted: Wanted) -> Step:
    """Return the step that packs the installation, as tar.xz (small) and tar.zst (quick)."""
    return Step(
        "archives",
        "packaging/archive.py",
        (str(wanted.built), "--out", str(wanted.work)),
        (".tar.xz", ".tar.zst"),
    )


def debian(wanted: Wanted) -> Step:
    """Return the step that makes the Debian package."""
    return Step(
        "Debian package", "packaging/linux/deb.py", (str(wanted.built), "--out", str(wanted.work)), (".deb",)
    )


def parts_list(wanted: Wanted) -> Step:
    """Return the step that lists what the application is made of (CycloneDX)."""
    target = wanted.work / f"{NAME}-{wanted.version}.cdx.json"
    return Step("parts list", "packaging/sbom.py", (str(wanted.built), "--out", str(target)), (".cdx.json",))


def run(step: Step, when: int) -> None:
    """Do one step; raises StepFailed with the end of what it said, or with what it did not leave."""
    work = Path(step.arguments[step.arguments.index("--out") + 1])
    folder = work if work.is_dir() else work.parent
    before = {file.name for file in made(folder)}
    done = subprocess.run(
        [sys.executable, ROOT / step.script, *step.arguments], cwd=ROOT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(when)},
    )  # fmt: skip
    if done.returncode:
        said = "\n".join(f"    {line}" for line in done.stdout.strip().splitlines()[-_LAST_LINES:])
        raise StepFailed(f"{step.name}: {step.script} failed with {done.returncode}:\n{said}")
    new = {file.name for file in made(folder)} - before
    for ending in step.leaves:
        if not any(name.endswith(ending) for name in new):
            raise StepFailed(f"{step.name}: {step.script} left no *{ending}.")


def build(work: Path, when: int) -> Path:
    """Build the application below `work` and return its folder; raises StepFailed."""
    done = subprocess.run(
        [sys.executable, "-m", "PyInstaller", "packaging/gems-desktop.spec", "--noconfirm", "--log-level", "WARN",
         "--distpath", str(work / "dist"), "--workpath", str(work / "build")],
        cwd=ROOT, stdin=subprocess.DEVNULL, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(when), "PYTHONHASHSEED": "0"},
    )  # fmt: skip
    if done.returncode:
        raise StepFailed("The application was not built; what PyInstaller said is above.")
    return taken(work / "dist" / NAME)


def taken(folder: Path) -> Path:
    """Return `folder` when it holds a built application; raises StepFailed."""
    program = NAME + (".exe" if os.name == "nt" else "")
    if not (folder / program).is_file():
        raise StepFailed(f"{folder.name} holds no built application ({program}): ./dev package makes one.")
    return folder


def clear(folder: Path) -> None:
    """Delete what an earlier try left."""
    if folder.exists():
        shutil.rmtree(folder)
