# SPDX-License-Identifier: Apache-2.0
"""Makes gems_en.qm: English needs no translation but for its plurals ("%n task(s)" is "1 task" or "2 tasks").

`python resources/i18n/make_catalogues.py` after a text with %n was added or changed; a test says when it is stale.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
_ENDING = re.compile(r"\((s|es)\)")


def forms(source: str) -> tuple[str, str]:
    """The singular and the plural of a text that writes its plural ending in brackets."""
    return _ENDING.sub("", source), _ENDING.sub(r"\1", source)


def catalogue(folder: Path) -> bytes:
    """The English plurals of the whole window as gems_en.ts; `folder` is for passing files."""
    file = folder / "gems_en.ts"
    _tool(
        "lupdate", "-silent", "-pluralonly", "-locations", "none", "-source-language", "en",
        "-target-language", "en", "-extensions", "qml", str(ROOT / "ui"), "-ts", str(file),
    )  # fmt: skip
    tree = ElementTree.parse(file)  # noqa: S314 - written by our own tool a moment ago
    for message in tree.iter("message"):
        translation = message.find("translation")
        source = message.findtext("source") or ""
        if translation is not None:
            translation.attrib.pop("type", None)
            for numerus, form in zip(translation.iter("numerusform"), forms(source), strict=True):
                numerus.text = form
    return ElementTree.tostring(tree.getroot(), encoding="utf-8")


def _tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def main() -> None:
    """Write gems_en.ts and gems_en.qm beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        (HERE / "gems_en.ts").write_bytes(catalogue(Path(folder)))
    _tool("lrelease", "-silent", str(HERE / "gems_en.ts"), "-qm", str(HERE / "gems_en.qm"))


if __name__ == "__main__":
    main()
