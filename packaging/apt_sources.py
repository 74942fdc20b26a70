# SPDX-License-Identifier: Apache-2.0
"""Where this machine gets its own Debian packages from: read when it is needed, written down nowhere."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ETC = Path("/etc")


@dataclass(frozen=True)
class Source:
    """A mirror that has this machine's own release; `keyring` is "" where the system's serves."""

    mirror: str
    suite: str
    keyring: str = ""


def find(etc: Path = ETC) -> Source | None:
    """Return the source of the release that this machine runs, or None where there is none (not Debian, no apt)."""
    suite = release(etc).get("VERSION_CODENAME", "")
    places = [etc / "apt" / "sources.list", *sorted((etc / "apt" / "sources.list.d").glob("*"))]
    for place in places:
        if not place.is_file() or place.suffix not in (".list", ".sources"):
            continue
        text = place.read_text("utf-8")
        for source in deb822(text, suite) if place.suffix == ".sources" else one_line(text, suite):
            return source
    return None


def release(etc: Path) -> dict[str, str]:
    """Return what the system says of itself."""
    file = etc / "os-release"
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {name: value.strip('"') for name, _, value in (line.partition("=") for line in lines)}


def deb822(text: str, suite: str) -> Iterator[Source]:
    """Read the newer form: paragraphs of fields."""
    for paragraph in text.split("\n\n"):
        fields: dict[str, str] = {}
        for line in paragraph.splitlines():
            name, colon, value = line.partition(":")
            if colon and not line.startswith(("#", " ", "\t")):
                fields[name.lower()] = value.strip()
        usable = "deb" in fields.get("types", "").split() and fields.get("enabled", "yes") != "no"
        if usable and suite in fields.get("suites", "").split() and "main" in fields.get("components", ""):
            keyring = fields.get("signed-by", "")
            yield Source(fields["uris"].split()[0], suite, keyring if keyring.startswith("/") else "")


def one_line(text: str, suite: str) -> Iterator[Source]:
    """Read the older form: `deb [options] URI SUITE COMPONENTS`."""
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(" ")
        rest = rest.strip()
        options = ""
        if rest.startswith("["):
            options, _, rest = rest[1:].partition("]")
        words = rest.split()
        if kind == "deb" and len(words) > 2 and words[1] == suite and "main" in words[2:]:
            signed = [part.partition("=")[2] for part in options.split() if part.startswith("signed-by=/")]
            yield Source(words[0], suite, signed[0] if signed else "")


def proxies() -> dict[str, str]:
    """Return apt's own proxies as the environment names them; debootstrap does not ask apt."""
    asked = subprocess.run(["apt-config", "dump"], capture_output=True, text=True, check=False)
    found = {}
    for kind in ("http", "https"):
        for line in asked.stdout.splitlines():
            if line.startswith(f"Acquire::{kind}::Proxy "):
                found[f"{kind}_proxy"] = line.split('"')[1]
    return {name: value for name, value in found.items() if value}
