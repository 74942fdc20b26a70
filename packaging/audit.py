# SPDX-License-Identifier: Apache-2.0
"""Looks up known vulnerabilities of what is shipped, and says plainly when that could not be done."""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: What is looked up: the application's lock, and the server's.
LOCKS = ("app", "company")
#: pip-audit asks one address per package; where nothing answers in this time, the look-up was not done.
SECONDS = 60
#: What this gives back: the second lets a release stop where the look-up is required.
CLEAN, FOUND, NOT_DONE = 0, 1, 3


@dataclass(frozen=True)
class Outcome:
    """What a look-up gave: one of CLEAN, FOUND, NOT_DONE; a line for each vulnerability, or why it was not done."""

    code: int
    lines: tuple[str, ...]


def ask(lock: Path, seconds: float = SECONDS) -> Outcome:
    """Have pip-audit look up everything that `lock` pins, in the database that it names: that needs a network."""
    order = [
        sys.executable,
        "-m",
        "pip_audit",
        "-r",
        str(lock),
        "--require-hashes",
        "--disable-pip",
        "--format",
        "json",
    ]
    order += ["--progress-spinner", "off", "--timeout", "5"]
    try:
        done = subprocess.run(
            order,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return Outcome(NOT_DONE, (f"no answer within {seconds:.0f} s",))
    return read(done.stdout, done.stderr)


def read(output: str, said: str) -> Outcome:
    """Return what pip-audit's JSON means; without a whole answer it is not done, whatever its exit code was."""
    try:
        packages = json.loads(output)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        last = said.strip().splitlines()[-1:] or ["pip-audit said nothing"]
        return Outcome(NOT_DONE, (last[0][:200],))
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    found = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version'}"
        for one in packages
        for hole in one.get("vulns", ())
    ]
    if found:
        return Outcome(FOUND, tuple(found))
    if skipped or not packages:
        # pip-audit ends with 0 even when it found nothing of all this in its database
        return Outcome(
            NOT_DONE, (f"{len(skipped)} of {len(packages)} packages were not found in the database",)
        )
    return Outcome(CLEAN, (f"{len(packages)} packages, none with a known vulnerability",))


def main(arguments: list[str] | None = None) -> int:
    """Look both locks up: CLEAN, FOUND or NOT_DONE."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    codes = []
    for name in LOCKS:
        outcome = ask(ROOT / "packaging" / "requirements" / f"{name}.lock")
        word = {CLEAN: "clean", FOUND: "VULNERABLE", NOT_DONE: "NOT LOOKED UP"}[outcome.code]
        print("\n    ".join([f"{name}.lock: {word}", *outcome.lines]), flush=True)
        codes.append(outcome.code)
        if outcome.code == NOT_DONE:
            print("Known vulnerabilities were NOT looked up here: do it where the database can be reached,")
            print("before a release: ./dev check, or python packaging/audit.py (docs/guide/releasing.md).")
            break
    if FOUND in codes:
        return FOUND
    return NOT_DONE if NOT_DONE in codes else CLEAN


if __name__ == "__main__":
    sys.exit(main())
