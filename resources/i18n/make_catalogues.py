# SPDX-License-Identifier: Apache-2.0
"""Keeps the translation catalogues (gems_*.ts, gems_*.qm) in step with the texts of the window.

`./dev translate` after a text was added or changed: gems_en holds the English plurals only ("%n task(s)" is "1 task"
or "2 tasks") and is made whole; every other gems_LANGUAGE.ts keeps its translations, gains the new texts as
unfinished and loses those that are shown no more. `./dev translate --check` says whether anything is stale.
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
sys.path[:0] = [str(HERE), str(ROOT)]

import python_texts  # noqa: E402 - it stands beside this script
import reading_side  # noqa: E402

from gems_desktop.languages import LANGUAGES  # noqa: E402

CATALOGUE = ROOT / "ui" / "Gems" / "catalogue"  # of components, for those who build; its samples stay English

_ENDING = re.compile(r"\((s|es)\)")


def forms(source: str) -> tuple[str, str]:
    """The singular and the plural of a text that writes its plural ending in brackets."""
    return _ENDING.sub("", source), _ENDING.sub(r"\1", source)


def catalogue(folder: Path) -> bytes:
    """The English plurals of the whole window as gems_en.ts; `folder` is for passing files."""
    root = _qml_texts(folder, ["en"], "-pluralonly")["en"]
    for message in root.iter("message"):
        translation = message.find("translation")
        source = message.findtext("source") or ""
        if translation is not None:
            translation.attrib.pop("type", None)
            for numerus, form in zip(translation.iter("numerusform"), forms(source), strict=True):
                numerus.text = form
    return ElementTree.tostring(root, encoding="utf-8")


def translation(root: ElementTree.Element, texts_of: dict[str, list[str]], before: bytes) -> bytes:
    """A gems_LANGUAGE.ts for the texts of today with what `before` (the file as it is) translates of them.

    root: the untranslated texts of QML; texts_of: those of Python by context.
    """
    for context, texts in sorted(texts_of.items()):
        node = ElementTree.SubElement(root, "context")
        ElementTree.SubElement(node, "name").text = context
        for text in texts:
            message = ElementTree.SubElement(node, "message")
            ElementTree.SubElement(message, "source").text = text
            ElementTree.SubElement(message, "translation", type="unfinished")
    known = {}
    if before:
        for context, message in messages(ElementTree.fromstring(before)):  # noqa: S314 - our own file
            known[_key(context, message)] = message.find("translation")
    for context, message in messages(root):
        old, new = known.get(_key(context, message)), message.find("translation")
        if old is not None and new is not None and len(old) == len(new):
            message.remove(new)
            message.append(old)
            for entry in (old, *old):
                entry.text = reading_side.from_its_side(entry.text) if entry.text else None
    ElementTree.indent(root, "    ")
    return ElementTree.tostring(root, encoding="utf-8") + b"\n"


def messages(root: ElementTree.Element) -> list[tuple[str, ElementTree.Element]]:
    """Every message of a catalogue with the name of its context."""
    return [
        (context.findtext("name") or "", message)
        for context in root.iter("context")
        for message in context.iter("message")
    ]


def _key(context: str, message: ElementTree.Element) -> tuple[str, str, str]:
    return context, message.findtext("source") or "", message.findtext("comment") or ""


def _qml_texts(folder: Path, languages: list[str], *options: str) -> dict[str, ElementTree.Element]:
    """The texts of the QML files, untranslated, by language: each with as many plural forms as it has."""
    files = {language: folder / f"qml_{language}.ts" for language in languages}
    shown = [file for file in sorted((ROOT / "ui").rglob("*.qml")) if CATALOGUE not in file.parents]
    _tool(
        "lupdate", "-silent", *options, "-locations", "none", "-source-language", "en",
        *map(str, shown), "-ts", *map(str, files.values()),
    )  # fmt: skip
    found = {}
    for language, file in files.items():
        root = ElementTree.parse(file).getroot()  # noqa: S314 - written by our own tool a moment ago
        root.set("language", language)  # lupdate adds a country
        found[language] = root
    return found


def _tool(name: str, *arguments: str) -> None:
    program = Path(sys.executable).with_name(f"pyside6-{name}")
    subprocess.run([str(program), *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def languages() -> list[str]:
    """The languages that need a catalogue: all of the window's but English."""
    return sorted(set(LANGUAGES) - {"en"})


def current(folder: Path) -> dict[str, bytes]:
    """Every catalogue file as it should be, by name; `folder` is for passing files."""
    made = {"gems_en.ts": catalogue(folder)}
    texts_of = python_texts.find(ROOT)
    for language, root in _qml_texts(folder, languages()).items():
        name = f"gems_{language}.ts"
        before = HERE / name
        made[name] = translation(root, texts_of, before.read_bytes() if before.is_file() else b"")
    for name in list(made):
        (folder / name).write_bytes(made[name])
        compiled = Path(name).with_suffix(".qm").name
        _tool("lrelease", "-silent", str(folder / name), "-qm", str(folder / compiled))
        made[compiled] = (folder / compiled).read_bytes()
    return made


def main(arguments: list[str]) -> int:
    """Write the catalogues, or only compare them with --check; 1 when they are stale or a text is untranslated."""
    if arguments not in ([], ["--check"]):
        print("usage: ./dev translate [--check]", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        made = current(Path(folder))
    stale = [name for name, content in made.items() if not _same(HERE / name, content)]
    for name in stale:
        print(f"{name} is not current: ./dev translate" if arguments else f"{name} was written")
        if not arguments:
            (HERE / name).write_bytes(made[name])
    missing = 0
    for language in languages():
        root = ElementTree.fromstring(made[f"gems_{language}.ts"])  # noqa: S314 - our own file
        for context, message in messages(root):
            entry = message.find("translation")
            if entry is not None and entry.get("type") == "unfinished":
                missing += 1
                print(f"{language}: not translated, {context}: {message.findtext('source')}")
    return 1 if missing or (arguments and stale) else 0


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
