# SPDX-License-Identifier: Apache-2.0
"""One process that tries mutants of a contract: it loads everything once and forks for each mutant.

It reads `[module, line, text]` per line from stdin and answers with one word per line; its first word says whether
the tests pass on the contract as it is. Started by packaging/mutants.py; needs fork (Linux, macOS).
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CPU_SECONDS = 120
SAME, REFUSED = 100, 101
WORDS = {0: "survived", SAME: "same", REFUSED: "refused"}
_ESCROW = (
    "test_campaigns*.py", "test_verdicts*.py", "test_judge*.py", "test_appeals*.py", "test_collateral*.py",
    "test_escrow*.py", "test_silence*.py", "test_audit*.py",
)  # fmt: skip
SUITES = {
    "Gem": ("test_gem*.py",),
    "Channels": ("test_channels*.py", "test_close_auth.py"),
    "Campaigns": _ESCROW,
    "Judge": _ESCROW,
}


class Judge:
    """A copy of the sources of its own, the loaded tests, and what is the same as something tried before."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"gems-mutants-{number}-"))
        shutil.copytree(ROOT / "gems_protocol" / "contracts", self.folder, dirs_exist_ok=True)
        os.environ["GEMS_CONTRACTS_DIR"] = str(self.folder)
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(self.folder / "hypothesis")
        #: False for the contract as it is, which the other process has seen too.
        self.known = False
        self.seen = ROOT / ".deep" / "seen"
        self.seen.mkdir(parents=True, exist_ok=True)
        files = sorted(path for glob in SUITES[name] for path in (ROOT / "tests" / "contracts").glob(glob))
        # The machines take longest and notice what the small tests do not.
        self.tests = [str(path) for path in sorted(files, key=lambda path: "machine" in path.name)]
        self._load()

    def _load(self) -> None:
        import boa
        import pytest  # noqa: F401 - loaded once, before the forks

        from tests.contracts import world

        boa.interpret.set_cache_dir(str(self.folder / "cache"))
        for other in {"Gem", "Channels", "Campaigns", "Judge"} - {self.name}:
            if (self.folder / f"{other}.vy").is_file():
                world._deployer(other)

    def start(self) -> str:
        """The verdict on the contract as it is."""
        return "ready" if self._tried() == "survived" else "broken"

    def verdict(self, module: str, line: int, text: str) -> str:
        """What becomes of the mutant whose line number `line` (from 1) of `module` is `text`."""
        path = self.folder / f"{module}.vy"
        original = path.read_text("utf-8")
        lines = original.splitlines()
        lines[line - 1] = text
        path.write_text("\n".join(lines) + "\n", "utf-8")
        try:
            return self._tried()
        finally:
            path.write_text(original, "utf-8")

    def _tried(self) -> str:
        """Compile and test in a fork, so that nothing of a mutant stays; the word is the exit code."""
        child = os.fork()
        if child == 0:
            signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # its signal ends the process
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            os._exit(self._child())
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "time"
        return WORDS.get(os.waitstatus_to_exitcode(status), "killed")

    def _child(self) -> int:
        import pytest

        from tests.contracts import world

        try:
            # Compiled once: the tests take the same deployer.
            code = world._deployer(self.name).compiler_data.bytecode
        except Exception:  # noqa: BLE001 - a mutant may break the compiler in any way
            return REFUSED
        name = hashlib.sha256(code[: -_footer(code)]).hexdigest()
        try:
            (self.seen / name).touch(exist_ok=False)
        except FileExistsError:
            if self.known:
                return SAME
        # The digests are compiled anew for those tests, seconds each; the signatures' tests notice the same.
        plugins = [
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "-k",
            "not test_digests",
            "--assert=plain",
            "-W",
            "ignore::pytest.PytestWarning",
        ]
        return int(pytest.main(["-x", "-q", *plugins, *self.tests]))


def _footer(code: bytes) -> int:
    """Bytes at the end that hold the compiler's facts, among them a hash of the source; the last two count them."""
    return int.from_bytes(code[-2:], "big")


def main() -> None:
    """Answer until the input ends."""
    judge = Judge(sys.argv[1], int(sys.argv[2]))
    try:
        print(judge.start(), flush=True)
        judge.known = True
        for line in sys.stdin:
            print(judge.verdict(*json.loads(line)), flush=True)
    finally:
        shutil.rmtree(judge.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
