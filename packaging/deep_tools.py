# SPDX-License-Identifier: Apache-2.0
"""Installs what `--deep` and `--mutate` of `./dev contracts` need: forge and solc from npm, the rest from PyPI.

Nothing of it touches `.venv`: the Python part has its own environment, the npm part its own ignored folder.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Made by these commands and ignored by git; may be deleted at any time.
WORK = ROOT / ".deep"
VENV = ROOT / ".venv-deep"
LOCK = ROOT / "packaging" / "requirements" / "deep.lock"
TOOLS = ROOT / "tests" / "deep" / "tools"
_BIN = "Scripts" if sys.platform == "win32" else "bin"


def npm_tools() -> Path:
    """The folder with solc.mjs and node_modules, installed as the lock says. Raises SystemExit without node or npm."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        raise SystemExit(
            f"{' and '.join(missing)} not found. forge and the Solidity compiler come from npm: please install "
            "Node.js 20 or newer with npm. On Debian: apt-get install --no-install-recommends nodejs npm"
        )
    folder = WORK / "tools"
    wanted = _mark(*(TOOLS / name for name in ("package.json", "package-lock.json")))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "solc.mjs"):
        shutil.copy(TOOLS / name, folder)
    (folder / "solc.mjs").chmod(0o755)
    stamp = folder / ".installed"
    if not stamp.is_file() or stamp.read_text() != wanted:
        stamp.unlink(missing_ok=True)
        print("Installing forge and solc from npm, each checked against its hash: once, 90 MB.", flush=True)
        npm = str(shutil.which("npm"))
        _run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", cwd=folder)
        stamp.write_text(wanted)
    return folder


def forge(tools: Path) -> Path:
    """The native program inside the npm packages, for this machine."""
    found = sorted((tools / "node_modules" / "@foundry-rs").glob("forge-*/bin/forge*"))
    if not found:
        raise SystemExit("npm has no forge for this machine (it has Linux, macOS, and Windows on x86-64).")
    return found[0]


def program(name: str) -> Path:
    """A program of `.venv-deep` such as "halmos", after installing the environment from its lock."""
    python = VENV / _BIN / "python"
    stamp = VENV / ".installed"
    wanted = _mark(LOCK)
    if not stamp.is_file() or stamp.read_text() != wanted:
        print(f"Setting up {VENV.name}, each package checked against its hash: once, 100 MB.", flush=True)
        _run(sys.executable, "-m", "venv", "--clear", str(VENV))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
             "--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(LOCK))  # fmt: skip
        stamp.write_text(wanted)
    return VENV / _BIN / name


def project(tools: Path) -> Path:
    """A copy of tests/deep/forge beside the tools, with the stored bytecode as Solidity constants in it."""
    folder = tools.parent / "forge"
    for part in ("src", "test", "reached"):
        shutil.rmtree(folder / part, ignore_errors=True)
    shutil.copytree(ROOT / "tests" / "deep" / "forge", folder, dirs_exist_ok=True)
    (folder / "reached").mkdir()
    lines = ["// SPDX-License-Identifier: Apache-2.0", "pragma solidity ^0.8.28;", "", "library Bytecode {"]
    for path in sorted((ROOT / "resources" / "contracts").glob("*.json")):
        code = json.loads(path.read_text("utf-8"))["bytecode"].removeprefix("0x")
        lines.append(f'    bytes internal constant {path.stem.upper()} = hex"{code}";')
    (folder / "src" / "Bytecode.sol").write_text("\n".join([*lines, "}", ""]), "utf-8", newline="\n")
    return folder


def _mark(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def _run(*command: str, cwd: Path = ROOT) -> None:
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise SystemExit(f"{Path(command[0]).name} failed:\n{tail}")
