# SPDX-License-Identifier: Apache-2.0
"""Compiles the texts that dataclasses run, for `gems_desktop/compiled_texts.py`: those of every module of ours.

They are met by importing the modules in a process of its own, with the stand-ins of the package, so that libraries
do what they will do there. Called as a program it reads the modules' names and writes the file.
"""

import dataclasses
import importlib
import marshal
import os
import runpy
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gems_desktop.compiled_texts import DIGEST, NUMBER, compiled, digest, head
from gems_desktop.compiled_texts import NAME as NAME

HERE = Path(__file__).resolve().parent
OURS = ("gems_desktop", "gems_protocol")
STAND_INS = ("no_widgets.py", "stand_ins.py")
#: What processes of ours begin with, first: what is needed together stands together.
FIRST = (
    "gems_desktop.decoding.__main__",
    "gems_desktop.signer.__main__",
    "gems_desktop.main",
    "gems_desktop.session",
)
#: Marshal's last form without references: in later ones the same code is other bytes when a name is used elsewhere.
FORM = 2


def met(modules: Iterable[str]) -> list[str]:
    """Return the texts that dataclasses run while `modules` are imported, each once, in this order.

    Raises ImportError when one of them cannot be.
    """
    texts: dict[str, None] = {}

    def run(text: str, names: dict[str, Any], local: Any) -> None:
        texts[text] = None
        exec(text, names, local)  # noqa: S102 - what dataclasses does itself

    vars(dataclasses)["exec"] = run
    try:
        for name in modules:
            importlib.import_module(name)
    finally:
        del vars(dataclasses)["exec"]
    return list(texts)


def packed(texts: Iterable[str]) -> bytes:
    """Return the file for `texts`: the code in their order, the hashes sorted."""
    codes = {digest(text): marshal.dumps(compiled(text), FORM) for text in texts}
    begin = head()
    place = len(begin) + NUMBER + len(codes) * (DIGEST + 2 * NUMBER)
    places: dict[bytes, tuple[int, int]] = {}
    for each, code in codes.items():
        places[each] = place, place + len(code)
        place += len(code)
    numbers = [len(codes), *(number for each in sorted(codes) for number in places[each])]
    first, *rest = (number.to_bytes(NUMBER, "little") for number in numbers)
    return b"".join([begin, first, *sorted(codes), *rest, *codes.values()])


def ours(modules: Iterable[str]) -> list[str]:
    """Return those of `modules` that are this project's, in the order in which they are imported."""
    found = {name for name in modules if name.partition(".")[0] in OURS}
    return [*(name for name in FIRST if name in found), *sorted(found - set(FIRST))]


def write(modules: Iterable[str], target: Path) -> None:
    """Write the file for a package of `modules`, in a process of its own. Raises CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    subprocess.run(
        [sys.executable, __file__, str(target)],
        input="\n".join(ours(modules)), text=True, env=environment, check=True,
    )  # fmt: skip


def main() -> int:
    """Read the names of modules, import them and write the file that is named; 0."""
    for name in STAND_INS:
        runpy.run_path(str(HERE / name))
    texts = met(sys.stdin.read().split())
    Path(sys.argv[1]).write_bytes(packed(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
