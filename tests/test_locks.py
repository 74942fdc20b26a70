# SPDX-License-Identifier: Apache-2.0
"""The locks hold what pyproject.toml asks for, in versions that agree, hashed and without any address."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "app": (),
    "run": ("platform",),
    "company": ("platform", "company"),
    "dev": ("platform", "company", "dev"),
    "bench": ("platform", "company", "dev", "bench"),
}

#: The tools of the deep proofs live in an environment of their own: only its form is tested.
EVERY = (*LOCKS, "deep")

ENVIRONMENTS = [
    {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": platform,
        "platform_system": {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}[platform],
        "os_name": "nt" if platform == "win32" else "posix",
        "platform_machine": machine,
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    for python in ("3.11", "3.12", "3.13")
    for platform, machine in (
        ("linux", "x86_64"),
        ("linux", "aarch64"),
        ("win32", "AMD64"),
        ("darwin", "x86_64"),
        ("darwin", "arm64"),
    )
]


@dataclass(frozen=True)
class Pin:
    """One line of a lock: the package, its version, on which machines, and its hashes."""

    name: str
    version: Version
    marker: Marker | None
    hashes: tuple[str, ...]


def text(lock: str) -> str:
    return (ROOT / "packaging" / "requirements" / f"{lock}.lock").read_text("utf-8")


@cache
def pins(lock: str) -> tuple[Pin, ...]:
    found = []
    body = re.sub(r"^#.*\n", "", text(lock), flags=re.MULTILINE).replace("\\\n", " ")
    for line in body.splitlines():
        head, *hashes = line.split(" --hash=")
        requirement = Requirement(head.strip())
        specifiers = list(requirement.specifier)
        assert len(specifiers) == 1 and specifiers[0].operator == "==", f"{head} is not pinned"
        found.append(
            Pin(
                canonicalize_name(requirement.name),
                Version(specifiers[0].version),
                requirement.marker,
                tuple(part.strip() for part in hashes),
            )
        )
    assert found
    return tuple(found)


def installed(lock: str, environment: dict[str, str]) -> dict[str, Version]:
    """Return what the lock installs in `environment`; two versions of one package at once are an error."""
    chosen: dict[str, Version] = {}
    for pin in pins(lock):
        if pin.marker is None or pin.marker.evaluate(environment):
            assert pin.name not in chosen, f"{pin.name} twice in {lock}.lock for {environment}"
            chosen[pin.name] = pin.version
    return chosen


def project() -> dict[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("lock", EVERY)
def test_every_pin_has_sha256_hashes(lock: str) -> None:
    for pin in pins(lock):
        assert pin.hashes, f"{pin.name} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in pin.hashes), pin.name


@pytest.mark.parametrize("lock", EVERY)
def test_no_address_and_no_path(lock: str) -> None:
    content = text(lock)
    for forbidden in (
        "://",
        "@",
        "--index",
        "--extra-index",
        "--find-links",
        "--trusted",
        "file:",
        "/root",
        "/home",
    ):
        assert forbidden not in content, f"{lock}.lock holds {forbidden!r}"
    assert "./dev lock" in content.partition("\n")[2].splitlines()[1]


def test_versions_agree() -> None:
    every = {(pin.name, str(pin.version), str(pin.marker)): pin.hashes for pin in pins("bench")}
    for lock in ("dev", "run", "app"):
        for pin in pins(lock):
            same = [
                hashes
                for (name, version, _), hashes in every.items()
                if (name, version) == (pin.name, str(pin.version))
            ]
            assert same == [pin.hashes], (
                f"{pin.name} {pin.version} of {lock}.lock is not what bench.lock holds"
            )


@pytest.mark.parametrize("smaller, larger", [("app", "run"), ("run", "dev"), ("dev", "bench")])
def test_each_lock_holds_the_smaller_one(smaller: str, larger: str) -> None:
    for environment in ENVIRONMENTS:
        assert installed(smaller, environment).items() <= installed(larger, environment).items()


@pytest.mark.parametrize("lock", LOCKS)
def test_what_pyproject_asks_for_is_there(lock: str) -> None:
    data = project()
    section = data["project"]
    assert isinstance(section, dict)
    wanted = list(section["dependencies"])
    for extra in LOCKS[lock]:
        wanted += section["optional-dependencies"][extra]
    if lock != "app":  # the editable installation builds with what is locked
        build = data["build-system"]
        assert isinstance(build, dict)
        wanted += build["requires"]
    for environment in ENVIRONMENTS:
        chosen = installed(lock, environment)
        for requirement in map(Requirement, wanted):
            if requirement.marker is not None and not requirement.marker.evaluate(environment):
                continue
            version = chosen.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is missing in {lock}.lock: ./dev lock"
            assert requirement.specifier.contains(version, prereleases=True), (
                f"{requirement} is not met: {version}"
            )


def test_the_application_holds_no_server_and_no_tools() -> None:
    names = {pin.name for pin in pins("app")}
    assert names.isdisjoint(
        {"fastapi", "uvicorn", "py-evm", "numpy", "vyper", "titanoboa", "pytest", "setuptools", "pyinstaller"}
    )


def test_pyside_stays_below_the_release_that_aborts_on_python_3_11() -> None:
    section = project()["project"]
    assert isinstance(section, dict)
    if not SpecifierSet(section["requires-python"]).contains("3.11.0"):
        pytest.skip("Python 3.11 is no longer supported")
    for lock in LOCKS:
        versions = [pin.version for pin in pins(lock) if pin.name.startswith(("pyside6", "shiboken6"))]
        assert versions and max(versions) < Version("6.12"), "PySide6 6.12.0 aborts on 3.11 (ADR 0003)"
