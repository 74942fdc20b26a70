# SPDX-License-Identifier: Apache-2.0
"""Signatures with minisign: the program asks for the passphrase itself, so that no secret passes through here."""

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from release.facts import MARK, StepFailed

SECRET, PUBLIC = "minisign.key", "minisign.pub"


@dataclass(frozen=True)
class KeyPair:
    """Where the two halves of a signing key are."""

    secret: Path
    public: Path


def program() -> str:
    """Return minisign's path; raises StepFailed where it is not installed."""
    found = shutil.which("minisign")
    if found is None:
        raise StepFailed(
            "minisign is not installed. Debian, Ubuntu: apt install minisign; else: jedisct1.github.io"
        )
    return found


def real(folder: Path) -> KeyPair:
    """Return the keys in `folder`; raises StepFailed when one is not there."""
    pair = KeyPair(folder / SECRET, folder / PUBLIC)
    for path in (pair.secret, pair.public):
        if not path.is_file():
            raise StepFailed(
                f"{path.name} is not in the folder of --keys. docs/guide/releasing.md says how it is made."
            )
    return pair


def throw_away(folder: Path) -> KeyPair:
    """Make keys without a passphrase, for one dry run; `folder` is deleted afterwards."""
    pair = KeyPair(folder / SECRET, folder / PUBLIC)
    ran = _run([program(), "-G", "-W", "-f", "-p", str(pair.public), "-s", str(pair.secret)], quiet=True)
    if ran:
        raise StepFailed("minisign could not make throw-away keys in the temporary folder.")
    return pair


def sign(files: Sequence[Path], pair: KeyPair, version: str, *, dry: bool) -> None:
    """Write NAME.minisig beside each file, all with one question for the passphrase; then verify each."""
    about = f"gems-desktop {version}" + (f" ({MARK})" if dry else "")
    order = [program(), "-S", "-s", str(pair.secret), "-c", about, "-t", about, "-m", *map(str, files)]
    if _run(order, quiet=dry):
        raise StepFailed(
            "minisign did not sign: a wrong passphrase, or a key it cannot read. Nothing was kept."
        )
    for file in files:
        verify(file, pair.public)


def verify(file: Path, public: Path) -> None:
    """Check NAME.minisig of a file; raises StepFailed when it does not fit."""
    ran = subprocess.run(
        [program(), "-V", "-q", "-p", public, "-m", file],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if ran.returncode:
        raise StepFailed(
            f"The signature of {file.name} does not fit {public.name}. Was the right key's half there?"
        )


def _run(order: list[str], *, quiet: bool) -> int:
    """Run minisign at the terminal (it asks there), or where nothing is asked, without one."""
    if quiet:
        return subprocess.run(order, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode
    return subprocess.run(order, check=False).returncode
