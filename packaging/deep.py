# SPDX-License-Identifier: Apache-2.0
"""`./dev contracts --deep`: proofs over the stored bytecode with forge (invariants) and halmos (all values at once).

Every set-up holds a control that is false: if it is not found false, the set-up sees nothing and that is an error.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import deep_tools

#: What the runs of the fuzzer must have reached together, each at least once.
REACHED = ("started", "closed", "cheated", "relayed", "relayed closes", "replayed")
#: Seconds for one symbolic property (a machine of its own needs less than 60), for each last question to the solver,
#: and milliseconds for each question whether a path can be taken at all.
PROPERTY_SECONDS = 600
SOLVER_SECONDS = 120
BRANCH_MS = 20
FORGE_SECONDS = 600


@dataclass(frozen=True)
class Finding:
    """One property: its name, whether it held, the seconds it took, and what the tool said."""

    name: str
    held: bool
    seconds: float
    said: str = ""

    @property
    def control(self) -> bool:
        """Whether this one must be found false."""
        return "_control_" in self.name

    @property
    def as_wanted(self) -> bool:
        """True if it held, or if it is a control with a counterexample."""
        return not self.held and self.said != "" if self.control else self.held


def invariants(project: Path, forge: Path) -> list[Finding]:
    """Fuzz the handlers of the project with forge; one finding for each invariant and one for each state to reach."""
    started = time.monotonic()
    done = _call(
        [str(forge), "test", "--match-contract", "Invariants", "--json"], project, forge, FORGE_SECONDS
    )
    seconds = time.monotonic() - started
    try:
        suites: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    except ValueError:
        raise SystemExit(f"forge did not run the invariants:\n{_end(done)}") from None
    found = [
        Finding(name.partition("(")[0], result["status"] == "Success", seconds, _reason(result))
        for suite in suites.values()
        for name, result in suite["test_results"].items()
    ]
    counts = dict.fromkeys(REACHED, 0)
    for path in (project / "reached").glob("*.txt"):
        for line in path.read_text("utf-8").splitlines():
            name, _, count = line.rpartition(" ")
            counts[name] += int(count)
    print(
        "  reached in all runs:", ", ".join(f"{count} {name}" for name, count in counts.items()), flush=True
    )
    return found + [Finding(f"reached: {name}", count > 0, 0) for name, count in counts.items()]


def symbolic(project: Path, forge: Path, only: str) -> list[Finding]:
    """Prove every `check_` function of the project with halmos, two at a time."""
    program = deep_tools.program("halmos")
    names = _checks(project, only)
    with ThreadPoolExecutor(max_workers=2) as lanes:
        return list(lanes.map(lambda name: _prove(project, forge, program, *name), names))


def _prove(project: Path, forge: Path, program: Path, contract: str, name: str) -> Finding:
    report = project / "out" / f"{name}.json"
    report.unlink(missing_ok=True)
    command = [
        str(program),
        "--contract",
        contract,
        "--match-test",
        rf"^{name}\(",
        "--storage-layout",
        "generic",
    ]
    command += ["--early-exit", "--solver-timeout-assertion", f"{SOLVER_SECONDS}s", "--no-status"]
    command += ["--solver-timeout-branching", f"{BRANCH_MS}ms"]
    command += ["--json-output", str(report)]
    started = time.monotonic()
    try:
        done = _call(command, project, forge, PROPERTY_SECONDS)
    except subprocess.TimeoutExpired:
        return _told(Finding(name, False, time.monotonic() - started))
    seconds = time.monotonic() - started
    if not report.is_file():
        raise SystemExit(f"halmos did not run {name}:\n{_end(done)}")
    (result,) = [
        one for suite in json.loads(report.read_text("utf-8"))["test_results"].values() for one in suite
    ]
    said = "counterexample" if result["num_models"] else ""
    return _told(Finding(name, result["exitcode"] == 0, seconds, said))


def _told(finding: Finding) -> Finding:
    print(f"  {_line(finding)}", flush=True)
    return finding


def _checks(project: Path, only: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for path in sorted((project / "test").glob("*Symbolic.t.sol")):
        contract = path.name.partition(".")[0]
        lines = path.read_text("utf-8").splitlines()
        found += [
            (contract, line.split("function ")[1].partition("(")[0])
            for line in lines
            if "function check_" in line
        ]
    return [(contract, name) for contract, name in found if only in name]


def _call(command: list[str], project: Path, forge: Path, seconds: int) -> "subprocess.CompletedProcess[str]":
    path = os.pathsep.join([str(forge.parent), os.environ.get("PATH", "")])
    return subprocess.run(
        command, cwd=project, env={**os.environ, "PATH": path, "NO_COLOR": "1"}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=seconds,
    )  # fmt: skip


def _end(done: "subprocess.CompletedProcess[str]") -> str:
    return done.stdout[-3000:] + done.stderr[-3000:]


def _reason(result: dict[str, Any]) -> str:
    return str(result.get("reason") or "")


def _line(finding: Finding) -> str:
    verdict = "found false, as it must be" if finding.control and finding.as_wanted else "holds"
    if not finding.as_wanted:
        verdict = f"NOT AS WANTED {finding.said or '(time over, or no counterexample)'}"
    return f"{finding.seconds:6.1f} s  {finding.name}: {verdict}"


def main(arguments: list[str]) -> int:
    """Run both proofs, or those asked for; 0 if everything held and each control was found false."""
    parser = argparse.ArgumentParser(prog="./dev contracts --deep", description=__doc__)
    parser.add_argument("--deep", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--forge", action="store_true", help="only the invariants")
    parser.add_argument("--halmos", action="store_true", help="only the symbolic properties")
    parser.add_argument("--only", default="", help="symbolic properties whose name holds this text")
    options = parser.parse_args(arguments)
    both = options.forge == options.halmos
    tools = deep_tools.npm_tools()
    forge = deep_tools.forge(tools)
    project = deep_tools.project(tools)
    built = _call([str(forge), "build"], project, forge, FORGE_SECONDS)
    if built.returncode:
        raise SystemExit(f"forge could not build the project:\n{_end(built)}")
    findings: list[Finding] = []
    if both or options.forge:
        print("forge: invariants after every call of any order of calls", flush=True)
        findings += [_told(one) for one in invariants(project, forge)]
    if both or options.halmos:
        print("halmos: one call from any state, for all values of all arguments", flush=True)
        findings += symbolic(project, forge, options.only)
    wrong = [finding for finding in findings if not finding.as_wanted]
    print(f"{len(findings) - len(wrong)} of {len(findings)} as wanted")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
