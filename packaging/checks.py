# SPDX-License-Identifier: Apache-2.0
"""The checks of `./dev check`: each one runs, even after a failure, and is named with its result."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UI = ROOT / "ui"
SCRIPTS = Path(sys.executable).parent

TYPED = (
    "gems_protocol",
    "gems_desktop",
    "gems_platform",
    "bench",
    "dev",
)


def call(*command: str) -> bool:
    """Run `command` in the project's folder and tell whether it succeeded."""
    return subprocess.call(command, cwd=ROOT, stdin=subprocess.DEVNULL) == 0


def module(name: str, *arguments: str) -> bool:
    """Run a Python tool of this environment."""
    return call(sys.executable, "-m", name, *arguments)


def qt_tool(name: str, *arguments: str) -> bool:
    """Run a program that PySide6 brings; fails with its name when the wheel has none."""
    program = shutil.which(name, path=str(SCRIPTS))
    if program is None:
        print(f"{name} is not in this environment's PySide6")
        return False
    return call(program, *arguments)


def qml_files() -> list[str]:
    """Return the QML files below ui/, relative to the project's folder."""
    return sorted(str(path.relative_to(ROOT)) for path in UI.rglob("*.qml"))


def types() -> bool:
    """Run mypy (strict, see pyproject.toml)."""
    found = sorted((ROOT / "packaging").rglob("*.py"))
    # mypy takes ./dev for the one __main__ there may be
    programs = [str(path.relative_to(ROOT)) for path in found if path.name != "__main__.py"]
    return module("mypy", *TYPED, *programs)


def qml_lint() -> bool:
    """Lint the QML; a warning fails unless ui/.qmllint.ini switches its category off, with a reason there."""
    files = qml_files()
    return not files or qt_tool("pyside6-qmllint", "-I", "ui", "--max-warnings", "0", *files)


def qml_format() -> bool:
    """Compare the QML files with what qmlformat makes of them (one process for all, on a copy)."""
    files = qml_files()
    if not files:
        return True
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(UI, copy / "ui")
        if not qt_tool("pyside6-qmlformat", "--inplace", *(str(copy / name) for name in files)):
            return False
        wrong = [name for name in files if (copy / name).read_bytes() != (ROOT / name).read_bytes()]
    for name in wrong:
        print(f"{name} would be reformatted: ./dev check --fix")
    return not wrong


def fix() -> None:
    """Format everything that can be formatted and apply ruff's safe corrections."""
    module("ruff", "check", "--fix", "--quiet")
    module("ruff", "format")
    if files := qml_files():
        qt_tool("pyside6-qmlformat", "--inplace", *files)


def vulnerabilities() -> bool | None:
    """Look up known vulnerabilities of what is shipped; None where the database cannot be reached, which is said."""
    code = subprocess.call([sys.executable, "packaging/audit.py"], cwd=ROOT, stdin=subprocess.DEVNULL)
    return None if code == 3 else code == 0


CHECKS: dict[str, Callable[[], bool | None]] = {
    "format (ruff)": lambda: module("ruff", "format", "--check", "--quiet"),
    "lint (ruff)": lambda: module("ruff", "check", "--quiet"),
    "types (mypy --strict)": types,
    "import rules": lambda: module("pytest", "-q", "--no-header", "tests/test_architecture.py"),
    "QML lint (qmllint)": qml_lint,
    "QML format (qmlformat)": qml_format,
    "known vulnerabilities (pip-audit)": vulnerabilities,
}


def main() -> int:
    """Run the checks, print one line each at the end, and return 1 if any failed."""
    if "--fix" in sys.argv[1:]:
        fix()
    results: list[tuple[str, bool | None, float]] = []
    for name, run in CHECKS.items():
        print(f"== {name}", flush=True)
        start = time.monotonic()
        results.append((name, run(), time.monotonic() - start))
    print()
    for name, passed, seconds in results:
        word = {True: "ok    ", False: "FAILED", None: "NOT DONE"}[passed]
        print(f"{word} {name} ({seconds:.1f} s)")
    return 1 if any(passed is False for _, passed, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
