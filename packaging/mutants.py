# SPDX-License-Identifier: Apache-2.0
"""`./dev contracts --mutate NAME`: break the contract in one place at a time and see whether its tests notice.

The mutants come from universalmutator; only lines of logic are changed. What no test notices is written into
tests/deep/mutation/NAME.md, where each such line has its explanation (kept from run to run).
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import deep_tools
from contracts import NAMES, SOURCES, modules_of

ROOT = deep_tools.ROOT
REPORTS = ROOT / "tests" / "deep" / "mutation"
PROCESSES = 2
#: Words at the start of lines that declare things; a change there is another contract, not a mistake in this one.
_DECLARES = re.compile(
    r"(from|import|struct|event|interface|def|initializes|uses|implements|exports|@|\)|_\w+_TYPE\w*:)"
    r"|\w+: (indexed\()?(address|bytes32|bool|u?int\d+|uint8|HashMap\[.*|DynArray\[.*|immutable\(.*)\)?$"
)


@dataclass(frozen=True)
class Mutant:
    """One changed line of one module."""

    module: str
    line: int
    old: str
    new: str

    @property
    def key(self) -> str:
        """What names the mutant in the report, whatever its line number."""
        return f"{self.module}: `{self.old.strip()}` -> `{self.new.strip()}`"


def logic_lines(text: str) -> list[int]:
    """The numbers (from 1) of the lines that do something: no comment, docstring, declaration or type string."""
    found = []
    inside = block = False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if bare.startswith('"""') or inside:
            inside ^= bare.count('"""') % 2 == 1
            continue
        if not bare or bare.startswith(("#", '"')):
            continue
        if not line.startswith((" ", ")")):
            block = bool(
                re.match(r"(struct|event|interface|flag) ", line)
                or (line.startswith("def") and line[-1] != ":")
            )
        elif line.startswith(")"):
            block = False
            continue
        if not block and not _DECLARES.match(bare):
            found.append(number)
    return found


def mutants(name: str) -> list[Mutant]:
    """All changed lines of the contract and the modules of ours that it imports, no two alike."""
    program = deep_tools.program("mutate")
    made: dict[Mutant, None] = {}
    for module in modules_of(name):
        folder = deep_tools.WORK / "mutants" / module
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        source = SOURCES / f"{module}.vy"
        lines = source.read_text("utf-8").splitlines()
        numbers = logic_lines("\n".join(lines))
        (folder / "lines.txt").write_text("".join(f"{number}\n" for number in numbers))
        command = [str(program), str(source), "vyper", "--noCheck", "--mutantDir", str(folder)]
        subprocess.run(
            [*command, "--lines", str(folder / "lines.txt")], check=True, capture_output=True, cwd=folder
        )
        for path in folder.glob("*.mutant.*.vy"):
            for number, (old, new) in enumerate(
                zip(lines, path.read_text("utf-8").splitlines(), strict=False), 1
            ):
                if old != new:
                    if number in numbers and old.split() != new.split():
                        made[Mutant(module, number, old, new)] = None
                    break
    return list(made)


def order(found: list[Mutant], seed: int) -> list[Mutant]:
    """The mutants so that each line's first comes before any line's second: a part of a run sees every line."""
    lines: dict[tuple[str, int], list[str]] = {}
    ranked = []
    for mutant in sorted(found, key=lambda one: _chance(one, seed)):
        of_line = lines.setdefault((mutant.module, mutant.line), [])
        ranked.append((len(of_line), _chance(mutant, seed), mutant))
        of_line.append(mutant.new)
    return [mutant for _, _, mutant in sorted(ranked, key=lambda entry: entry[:2])]


def _chance(mutant: Mutant, seed: int) -> str:
    return hashlib.sha256(f"{seed} {mutant.line} {mutant.key}".encode()).hexdigest()


def judged(name: str, chosen: list[Mutant], until: float) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with "killed", "survived", "time", "same" or "refused" (by the compiler), until the time is over."""
    shutil.rmtree(deep_tools.WORK / "seen", ignore_errors=True)
    waiting = iter(chosen)
    workers = []
    for number in range(PROCESSES):
        command = [sys.executable, "-m", "tests.deep.mutation.judge", name, str(number)]
        workers.append(
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        )
    try:
        yield from _fed(workers, waiting, until)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _fed(
    workers: "list[subprocess.Popen[str]]", waiting: Iterator[Mutant], until: float
) -> Iterator[tuple[Mutant, str]]:
    import selectors

    busy: dict[int, Mutant] = {}
    chooser = selectors.DefaultSelector()
    for number, worker in enumerate(workers):
        assert worker.stdout is not None  # noqa: S101 - for the type checker
        chooser.register(worker.stdout, selectors.EVENT_READ, number)
    while chooser.get_map():
        for key, _ in chooser.select():
            worker, number = workers[key.data], key.data
            assert worker.stdin is not None and worker.stdout is not None  # noqa: S101
            said = worker.stdout.readline().strip()
            if not said or said == "broken":
                raise SystemExit(
                    "The tests do not pass on the contract as it is, so there is nothing to learn."
                )
            if number in busy:
                yield busy.pop(number), said
            mutant = next(waiting, None) if time.monotonic() < until else None
            if mutant is None:
                chooser.unregister(worker.stdout)
                continue
            busy[number] = mutant
            worker.stdin.write(json.dumps([mutant.module, mutant.line, mutant.new]) + "\n")
            worker.stdin.flush()


def explanations(path: Path) -> dict[str, str]:
    """What an earlier report says about survivors: key -> explanation."""
    if not path.is_file():
        return {}
    found = re.findall(r"^- (.+? -> `.*?`)\n  (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {key: text for key, text in found if not text.startswith("(")}


def write_report(name: str, made: int, results: list[tuple[Mutant, str]], minutes: float) -> Path:
    """Write the counts and the survivors; explanations of an earlier report stay. Returns the file."""
    path = REPORTS / f"{name.upper()}.md"
    known = explanations(path)
    counts = Counter(verdict for _, verdict in results)
    judged_ = counts["killed"] + counts["time"] + counts["survived"]
    score = f"{100 * (judged_ - counts['survived']) / judged_:.1f} %" if judged_ else "none judged"
    lines = [
        f"# Mutants of {name}",
        "",
        f"Written by `./dev contracts --mutate {name}`: universalmutator's rules for Vyper on the lines of logic of "
        f"{', '.join(f'`{module}.vy`' for module in modules_of(name))}.",
        "",
        f"{made} mutants, {len(results)} of them tried in {minutes:.0f} minutes (every line before any line twice).",
        "",
        "| | |",
        "|---|---|",
        f"| refused by the compiler | {counts['refused']} |",
        f"| same bytecode as the contract or as a mutant before | {counts['same']} |",
        f"| noticed by a test | {counts['killed']} |",
        f"| noticed by running out of time | {counts['time']} |",
        f"| survived | {counts['survived']} |",
        f"| noticed, of those that could be | {score} |",
        "",
        "## Survivors",
        "",
    ]
    lines += [
        f"- {mutant.key}\n  {known.get(mutant.key, '(not explained yet)')}"
        for mutant, verdict in sorted(results, key=lambda entry: (entry[0].module, entry[0].line))
        if verdict == "survived"
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    return path


def main(arguments: list[str]) -> int:
    """Judge the mutants and write the report; 0 if each survivor of the report is explained."""
    parser = argparse.ArgumentParser(prog="./dev contracts", description=__doc__)
    parser.add_argument("--mutate", metavar="NAME", choices=NAMES, required=True)
    parser.add_argument("--limit", type=int, default=0, help="how many mutants at most; 0: all")
    parser.add_argument("--minutes", type=float, default=60, help="start no mutant after this time (60)")
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--only", default="", help="only mutants whose text holds this")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    found = mutants(options.mutate)
    chosen = [mutant for mutant in order(found, options.seed) if options.only in mutant.key]
    chosen = chosen[: options.limit or None]
    print(f"{len(found)} mutants of {options.mutate}, trying {len(chosen)} of them", flush=True)
    results = []
    for mutant, verdict in judged(options.mutate, chosen, started + 60 * options.minutes):
        results.append((mutant, verdict))
        if verdict == "survived":
            print(f"  survived: {mutant.key} (line {mutant.line})", flush=True)
        if len(results) % 50 == 0:
            print(f"  {len(results)} tried: {dict(Counter(said for _, said in results))}", flush=True)
    if options.only:  # a look at some mutants is no report
        print(dict(Counter(said for _, said in results)))
        return 0
    path = write_report(options.mutate, len(found), results, (time.monotonic() - started) / 60)
    print(f"{dict(Counter(said for _, said in results))}: {path.relative_to(ROOT)}")
    return 1 if "(not explained yet)" in path.read_text("utf-8") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
