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
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 150
SUITES = {
    "Gem": ("test_gem*.py",),
    "Channels": ("test_channels*.py", "test_close_auth.py"),
    "Campaigns": ("test_campaigns*.py", "test_verdicts*.py", "test_judge*.py"),
}


class Judge:
    """A copy of the sources of its own, the loaded tests, and what is the same as something tried before."""

    def __init__(self, name: str, number: int) -> None:
        self.name = name
        self.folder = Path(tempfile.mkdtemp(prefix=f"gems-mutants-{number}-"))
        shutil.copytree(ROOT / "gems_protocol" / "contracts", self.folder, dirs_exist_ok=True)
        os.environ["GEMS_CONTRACTS_DIR"] = str(self.folder)
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(self.folder / "hypothesis")
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

        boa.interpret.disable_cache()
        for other in {"Gem", "Channels", "Campaigns", "Judge"} - {self.name}:
            if (self.folder / f"{other}.vy").is_file():
                world._deployer(other)

    def start(self) -> str:
        """The verdict on the contract as it is."""
        self._is_new()
        return "ready" if self._tests() == "survived" else "broken"

    def verdict(self, module: str, line: int, text: str) -> str:
        """What becomes of the mutant whose line number `line` (from 1) of `module` is `text`."""
        path = self.folder / f"{module}.vy"
        original = path.read_text("utf-8")
        lines = original.splitlines()
        lines[line - 1] = text
        path.write_text("\n".join(lines) + "\n", "utf-8")
        try:
            new = self._is_new()
            return self._tests() if new else ("refused" if new is None else "same")
        finally:
            path.write_text(original, "utf-8")

    def _is_new(self) -> bool | None:
        """Whether no source before compiled to these bytes; none if it does not compile."""
        from vyper.compiler import compile_from_file_input  # type: ignore[import-untyped]
        from vyper.compiler.input_bundle import FilesystemInputBundle  # type: ignore[import-untyped]

        bundle = FilesystemInputBundle([self.folder])
        try:
            output: Any = compile_from_file_input(
                bundle.load_file(f"{self.name}.vy"), input_bundle=bundle, output_formats=["bytecode"]
            )
        except Exception:  # noqa: BLE001 - a mutant may break the compiler in any way
            return None
        # The last bytes are a hash of the source text.
        code = output["bytecode"][: -_footer(output["bytecode"])]
        try:
            (self.seen / hashlib.sha256(code.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _tests(self) -> str:
        """Run the tests in a fork: "survived", "killed" or "time"."""
        child = os.fork()
        if child == 0:
            signal.alarm(SECONDS)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            import pytest

            plugins = ["-p", "no:randomly", "-p", "no:cacheprovider"]
            os._exit(int(pytest.main(["-x", "-q", *plugins, *self.tests])))
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "time"
        return "survived" if os.waitstatus_to_exitcode(status) == 0 else "killed"


def _footer(code: str) -> int:
    """Hex digits at the end that hold the compiler's facts: a CBOR list whose length the last two bytes give."""
    return 2 * int(code[-4:], 16)


def main() -> None:
    """Answer until the input ends."""
    judge = Judge(sys.argv[1], int(sys.argv[2]))
    try:
        print(judge.start(), flush=True)
        for line in sys.stdin:
            print(judge.verdict(*json.loads(line)), flush=True)
    finally:
        shutil.rmtree(judge.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
