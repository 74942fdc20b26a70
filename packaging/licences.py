# SPDX-License-Identifier: Apache-2.0
"""The licences of everything that is shipped, in one text file of the package; it is not built where one is missing."""

from collections.abc import Iterable
from importlib.metadata import Distribution
from pathlib import Path

from components import Component, inside, known
from shipped import distributions, licence, owner_of_file

NAME = "LICENCES.txt"
HERE = Path(__file__).resolve().parent
TEXTS = HERE / "licence_texts"
#: Their texts stand with those of Qt, under which name everything of theirs is listed.
QT_FOR_PYTHON = ("pyside6", "pyside6-essentials", "pyside6-addons", "shiboken6")
#: Files of the package that are this project's own.
OURS = ("ui.rcc", "compiled_texts.bin", "LICENCES.txt", "gems-desktop", "gems_desktop/", "resources/")
LINE = "=" * 78


class NoLicence(Exception):
    """Something would be shipped whose licence text is not known."""


def texts(distribution: Distribution) -> list[str]:
    """Return the licence texts that a distribution installed, in the order of their names."""
    found = []
    for file in sorted(distribution.files or (), key=str):
        name = file.name.lower()
        if ".dist-info" in str(file) and any(
            word in name for word in ("licen", "copying", "notice", "authors")
        ):
            found.append(Path(str(file.locate())).read_text("utf-8", errors="replace"))
    return found


def section(title: str, bodies: Iterable[str]) -> str:
    """Return one entry of the file."""
    return "\n".join([LINE, title, LINE, "", *(body.strip() + "\n" for body in bodies)])


def of_distribution(name: str, distribution: Distribution) -> str:
    """Return a distribution's entry. Raises NoLicence."""
    found = texts(distribution)
    if not found:
        raise NoLicence(f"{name} {distribution.version} installs no licence text")
    return section(f"{name} {distribution.version} ({licence(distribution) or 'see below'})", found)


def of_component(part: Component) -> str:
    """Return a library's entry. Raises NoLicence when a text of it is not in licence_texts/."""
    missing = [name for name in part.texts if not (TEXTS / name).is_file()]
    if missing:
        raise NoLicence(f"{part.name}: {', '.join(missing)} is not in {TEXTS.name}/")
    carried = f", inside {part.carried_by}" if part.carried_by else ""
    title = f"{part.name} {part.version() or ''}".strip()
    bodies = [(TEXTS / name).read_text("utf-8") for name in part.texts]
    return section(f"{title} ({part.licence}{carried})", bodies or ["Its text stands with what carries it."])


def unknown(paths: Iterable[str]) -> list[str]:
    """Return the files of the package that neither a distribution, nor a component, nor this project names."""
    return sorted(
        path
        for path in paths
        if owner_of_file(path) is None and not path.startswith(OURS) and not known(path)
    )


def collect(modules: Iterable[str], paths: Iterable[str]) -> str:
    """Return the whole text for a package of these modules and files. Raises NoLicence and UnknownOrigin."""
    files = sorted(paths)
    if strange := unknown(files):
        raise NoLicence(f"of unknown origin: {', '.join(strange)}")
    own = (HERE.parent / "LICENSE").read_text("utf-8")
    parts = [section("Gems (Apache-2.0)", [own])]
    for name, distribution in distributions(modules, files).items():
        if name not in QT_FOR_PYTHON:
            parts.append(of_distribution(name, distribution))
    parts += [of_component(part) for part in inside(files)]
    for folder in ("fonts", "icons"):
        for file in sorted((HERE.parent / "resources" / folder).glob("*.txt")):
            parts.append(section(f"resources/{folder}: {file.stem}", [file.read_text("utf-8")]))
    head = "What this application is made of, and under which licences. The first is its own; the others are those of\n"
    head += "the software it brings along. Qt and FFmpeg may be replaced by your own: see their entries.\n\n"
    return head + "\n".join(once(parts))


def once(parts: list[str]) -> list[str]:
    """Return the entries with a text that has stood before replaced by a word of where."""
    seen: dict[str, str] = {}
    short = []
    for part in parts:
        title, body = part.split("\n", 2)[1], part.split(LINE, 2)[2].strip()
        if body in seen:
            part = section(title, [f"The same text as that of {seen[body]}."])
        seen.setdefault(body, title)
        short.append(part)
    return short


def write(modules: Iterable[str], paths: Iterable[str], target: Path) -> None:
    """Write the text to `target`. Raises NoLicence and UnknownOrigin."""
    target.write_text(collect(modules, paths), "utf-8", newline="\n")
