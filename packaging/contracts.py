# SPDX-License-Identifier: Apache-2.0
"""Compiles the contracts into resources/contracts, or with --check says whether those files are current.

The files hold no path and no time, so every machine and every Python writes the same bytes.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[1]
SOURCES = _ROOT / "gems_protocol" / "contracts"
ARTEFACTS = _ROOT / "resources" / "contracts"
NAMES = ("Gem", "Channels", "Campaigns", "Judge")
VYPER = "0.4.3"
_MORE = "--deep --help: proofs by forge and halmos; --mutate NAME --help: would a test notice a mistake?"
_IMPORT = re.compile(r"^from \. import (\w+)$", re.MULTILINE)


def modules_of(name: str) -> list[str]:
    """The contract `name` and the modules of ours that it imports, directly or not, sorted by name."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += _IMPORT.findall(_source(module))
    return sorted(found)


def source_sha256(name: str) -> str:
    """One hash over the names and texts of the contract and its modules."""
    digest = hashlib.sha256()
    for module in modules_of(name):
        text = _source(module).encode()
        digest.update(f"{module}.vy\0{len(text)}\0".encode() + text)
    return digest.hexdigest()


def compiled(name: str) -> str:
    """The artefact of the contract `name` as JSON text. Raises SystemExit if Vyper is not the pinned one."""
    import vyper  # type: ignore[import-untyped]
    from vyper.compiler import compile_from_file_input  # type: ignore[import-untyped]
    from vyper.compiler.input_bundle import FilesystemInputBundle  # type: ignore[import-untyped]

    if vyper.__version__ != VYPER:
        raise SystemExit(f"Vyper {VYPER} is needed to compile the contracts, found {vyper.__version__}.")
    bundle = FilesystemInputBundle([SOURCES])
    output = compile_from_file_input(
        bundle.load_file(f"{name}.vy"),
        input_bundle=bundle,
        output_formats=["abi", "bytecode", "bytecode_runtime", "layout"],
    )
    start = (output["bytecode"].index(output["bytecode_runtime"][2:]) - 2) // 2
    facts = {
        "contract": name,
        "compiler": f"vyper {VYPER} evm=cancun optimize=gas",
        "source_sha256": source_sha256(name),
        "abi": output["abi"],
        "bytecode": output["bytecode"],
        "runtime": {"start": start, "length": len(output["bytecode_runtime"]) // 2 - 1},
        "immutables": _immutables(output["layout"].get("code_layout", {})),
    }
    return json.dumps(facts, indent=1, ensure_ascii=True) + "\n"


def stale() -> list[str]:
    """The names of the artefacts that are missing or differ from what their sources compile to."""
    return [name for name in NAMES if _stored(name) != compiled(name)]


def main(arguments: list[str]) -> int:
    """Writes the artefacts, or with --check only compares; returns 0 if all is well and 1 if stale."""
    parser = argparse.ArgumentParser(description=__doc__, epilog=_MORE)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if an artefact is stale")
    if parser.parse_args(arguments).check:
        names = stale()
        for name in names:
            print(f"resources/contracts/{name}.json is not current: run ./dev contracts", file=sys.stderr)
        return 1 if names else 0
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (ARTEFACTS / f"{name}.json").write_text(compiled(name), encoding="utf-8", newline="\n")
    return 0


def _immutables(layout: dict[str, Any], inside: str = "") -> dict[str, int]:
    """Where each immutable stands behind the runtime code, in bytes, by its name, those of modules dotted.

    Raises SystemExit for one that is not a word: `gems_protocol.contracts.deployed` could not tell its value.
    """
    found: dict[str, int] = {}
    for name, entry in sorted(layout.items()):
        if "offset" not in entry:
            found |= _immutables(entry, f"{inside}{name}.")
        elif entry["length"] != 32:
            raise SystemExit(f"The immutable {inside}{name} is not 32 bytes long.")
        else:
            found[inside + name] = entry["offset"]
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _source(module: str) -> str:
    return (SOURCES / f"{module}.vy").read_text(encoding="utf-8")


def _stored(name: str) -> str | None:
    path = ARTEFACTS / f"{name}.json"
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
