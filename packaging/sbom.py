# SPDX-License-Identifier: Apache-2.0
"""Lists what a built folder is made of, as CycloneDX 1.6: read from the folder itself, not from what was asked for."""

import argparse
import hashlib
import json
import sys
import tomllib
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from importlib.metadata import Distribution
from pathlib import Path

from archive import when
from components import Component, inside
from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Part
from cyclonedx.model.component import ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from shipped import STARTER, distributions, licence, normal, owner_of_file, owner_of_module

ROOT = Path(__file__).resolve().parent.parent
#: Where the wheels' hashes stand.
LOCKS = ("app.lock", "dev.lock")
PYTHON_CODE = "PYZ.pyz"


def modules(folder: Path) -> list[str]:
    """Return the names of the Python modules inside the program of a built folder."""
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    program = next(path for path in (folder / "gems-desktop", folder / "gems-desktop.exe") if path.is_file())
    return sorted(CArchiveReader(str(program)).open_embedded_archive(PYTHON_CODE).toc)


def files(folder: Path) -> dict[str, Path]:
    """Return every file below _internal/ by its path there, sorted."""
    inner = folder / "_internal"
    found = {path.relative_to(inner).as_posix(): path for path in inner.rglob("*") if path.is_file()}
    return dict(sorted(found.items()))


def locked() -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 of the wheels that the locks allow, by name and version."""
    found: dict[tuple[str, str], list[str]] = {}
    for name in LOCKS:
        current: list[str] = []
        for line in (ROOT / "packaging" / "requirements" / name).read_text("utf-8").splitlines():
            if "==" in line and not line.startswith((" ", "#")):
                project, _, rest = line.partition("==")
                current = found.setdefault((normal(project), rest.split()[0]), [])
            elif "--hash=sha256:" in line:
                digest = line.partition("sha256:")[2].split()[0]
                if digest not in current:
                    current.append(digest)
    return found


def licences_of(text: str) -> list[License]:
    """Return a licence as CycloneDX says it: an SPDX name or expression where it is one, else the text."""
    return [LicenseFactory().make_from_string(text)] if text else []


def of_files(paths: Iterable[Path]) -> str:
    """Return one SHA-256 over the contents of `paths`, in their order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def of_distribution(name: str, found: Distribution, wheels: list[str], count: int) -> Part:
    """Return the entry of a Python distribution: `wheels` are the hashes that the locks allow for it."""
    version = found.version
    facts = [Property(name="gems:files", value=str(count))]
    facts += [Property(name="gems:wheel-sha256", value=digest) for digest in sorted(wheels)]
    return Part(
        type=ComponentType.LIBRARY, name=name, version=version, bom_ref=f"pypi-{name}",
        purl=PackageURL("pypi", None, name, version), licenses=licences_of(licence(found)), properties=facts,
    )  # fmt: skip


def of_component(part: Component, paths: dict[str, Path]) -> Part:
    """Return the entry of a library: its version as it says itself, and a hash over the files that hold it."""
    held = {name: path for name, path in paths.items() if any(fnmatchcase(name, form) for form in part.files)}
    facts = [Property(name="gems:files", value=str(len(held)))]
    if part.carried_by:
        facts.append(Property(name="gems:inside", value=part.carried_by))
    version = part.version()
    if version is None:
        facts.append(Property(name="gems:version", value="it does not tell; that of what carries it"))
    return Part(
        type=ComponentType.LIBRARY, name=part.name, version=version, bom_ref=f"lib-{normal(part.name)}",
        licenses=licences_of(part.licence), properties=facts,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=of_files(held.values()))],
    )  # fmt: skip


def bill(folder: Path) -> Bom:
    """Return the whole list for a built folder. Raises UnknownOrigin."""
    inner, code = files(folder), modules(folder)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    counts: dict[str, int] = {}
    for owner in [*map(owner_of_module, code), *map(owner_of_file, inner)]:
        if owner:
            counts[owner] = counts.get(owner, 0) + 1
    made = Bom(version=1)
    made.metadata.timestamp = datetime.fromtimestamp(when(), UTC)
    whole = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    made.metadata.component = Part(
        type=ComponentType.APPLICATION, name=project["name"], version=project["version"], bom_ref="gems-desktop",
        licenses=licences_of(project["license"]),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=of_files(whole))],
    )  # fmt: skip
    wheels = locked()
    for name, found in distributions(code, inner).items():
        hashes = wheels.get((name, found.version), [])
        made.components.add(
            of_distribution(name, found, hashes, counts.get(name, 1 if name == STARTER else 0))
        )
    for part in inside(list(inner)):
        made.components.add(of_component(part, inner))
    # the same bytes for the same folder
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"gems-desktop:{of_files(whole)}")
    made.register_dependency(made.metadata.component, made.components)
    return made


def text(made: Bom) -> str:
    """Return `made` as JSON, sorted. Raises ValueError when CycloneDX's schema refuses it."""
    written = json.loads(JsonV1Dot6(made).output_as_string())
    said = json.dumps(written, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    if wrong := JsonStrictValidator(SchemaVersion.V1_6).validate_str(said):
        raise ValueError(f"the list does not keep to CycloneDX 1.6: {wrong}")
    return said


def main() -> int:
    """Write the list of a built folder; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "dist" / "gems-desktop")
    parser.add_argument("--out", type=Path, help="the file to write; beside the folder without it")
    options = parser.parse_args()
    folder: Path = options.folder
    if not folder.is_dir():
        print(f"{folder} is not there: ./dev package", file=sys.stderr)
        return 1
    target: Path = options.out or folder.parent / f"{folder.name}.cdx.json"
    made = bill(folder)
    target.write_text(text(made), "utf-8", newline="\n")
    print(f"{target.name}: {len(made.components)} parts, {target.stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
