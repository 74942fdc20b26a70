# SPDX-License-Identifier: Apache-2.0
"""A module as a package: named files, one hash over all of them, and the signature of its author (ADR 0057).

No files are read here; `gems_platform.client.requesting.module_files` does that.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gems_protocol import canonical
from gems_protocol.errors import BadSignature, GemsError, MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.modules import limits
from gems_protocol.modules.config_xml import ConfigRefused
from gems_protocol.modules.parse import parse
from gems_protocol.practice import PracticeItem, items_of
from gems_protocol.signature import address_of, recover, sign_digest
from gems_protocol.text import clean, line
from gems_protocol.typed_data import signature_from_hex

FORMAT = "gems-module-1"
ABOUT, CONFIG, PRACTICE, SAMPLES = "module.json", "config.xml", "practice.jsonl", "samples.jsonl"
INSTRUCTIONS, SIGNATURE = "instructions.txt", "signature.json"
DIFFICULTIES = ("easy", "medium", "hard")
MOST_FILES = 500
FILE_BYTES = 20_000_000
PACKAGE_BYTES = 50_000_000
PATH_LENGTH = 120
_TEXT_BYTES = 1_000_000  # of a file with words
_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._ -]{0,79}", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}", re.ASCII)
_FIELDS = {
    "name",
    "version",
    "author",
    "licence",
    "family",
    "difficulty",
    "title",
    "description",
    "languages",
}
_SLOT = {"expected_seconds"}
#: What Windows takes for a device, with any ending.
_DEVICES = frozenset(["con", "prn", "aux", "nul"]) | {f"{p}{n}" for p in ("com", "lpt") for n in range(1, 10)}


class PackageRefused(GemsError):
    """A module package cannot be used."""


def is_name(text: str) -> bool:
    """Whether a module may have this name: small letters, digits and hyphens."""
    return len(text) <= limits.NAME_LENGTH and _NAME.fullmatch(text) is not None


def refused(what: str) -> PackageRefused:
    """The refusal of a package, in words."""
    return PackageRefused(
        f"The module package cannot be used: {what}.",
        safe="Nothing of it was used.",
        action="Mend it, or get it anew from its author.",
    )


@dataclass(frozen=True, slots=True)
class About:
    """What module.json says. family: trust counts by it. expected_seconds: honest time for one task."""

    name: str
    version: str
    author: str
    licence: str
    family: str
    difficulty: str
    title: str
    description: str
    languages: tuple[str, ...]
    expected_seconds: int = 30


@dataclass(frozen=True)
class Package:
    """A checked package. `files`: everything but the signature. `signer`: lowercase address, "" for none."""

    about: About
    config: str
    instructions: str
    practice: tuple[PracticeItem, ...]
    samples: tuple[dict[str, Any], ...]
    files: Mapping[str, bytes]
    hash: bytes
    signer: str = ""


def path_problem(path: str) -> str:
    """Why a file in a package may not be called so; empty when it may. No path leads out of the package's folder."""
    parts = path.split("/")
    if len(path) > PATH_LENGTH or len(parts) > 4:
        return "is too long or too deep"
    for part in parts:
        if not _PART.fullmatch(part) or part.endswith((".", " ")):
            return "is no plain name (letters, digits, space, . _ -)"
        if part.partition(".")[0].lower() in _DEVICES:
            return "is the name of a device on some computers"
    return ""


def package_hash(files: Mapping[str, bytes]) -> bytes:
    """keccak256 of the canonical JSON {"files": {path: "sha256:…"}, "format": …}; the signature is left out."""
    hashed = {
        path: f"sha256:{hashlib.sha256(content).hexdigest()}"
        for path, content in files.items()
        if path != SIGNATURE
    }
    return canonical.keccak_of({"files": hashed, "format": FORMAT})


def signing_digest(about: About, digest: bytes) -> bytes:
    """The 32 bytes an author signs: EIP-191 (a personal message) of the words in `signing_words`."""
    words = signing_words(about, digest).encode()
    return keccak(b"\x19Ethereum Signed Message:\n" + str(len(words)).encode() + words)


def signing_words(about: About, digest: bytes) -> str:
    """What a wallet shows before an author signs."""
    return f"Gems module {about.name} {about.version}\n0x{digest.hex()}"


def sign(package: Package, key: bytes) -> bytes:
    """The content of signature.json by the 32-byte `key`."""
    signature = sign_digest(signing_digest(package.about, package.hash), key)
    value = {"signature": "0x" + signature.hex(), "signer": address_of(key)}
    return canonical.dumps(value) + b"\n"


def read_package(files: Mapping[str, bytes]) -> Package:
    """Check everything in a package; raises PackageRefused with the first reason, in words."""
    _check_files(files)
    kept = {path: content for path, content in files.items() if path != SIGNATURE}
    about = _about(_json(files, ABOUT))
    config = _text(files, CONFIG, limits.CONFIG_BYTES)
    try:
        parse(config)
    except ConfigRefused as error:
        raise refused(f"its {CONFIG} is refused: {'; '.join(error.reasons[:3])}") from error
    try:
        practice = items_of([{"hint": "", **row} for row in _rows(files, PRACTICE)])
    except MalformedMessage as error:
        raise refused(f"its practice set is wrong: {error.message.rstrip('.')}") from error
    instructions = clean(_text(files, INSTRUCTIONS, _TEXT_BYTES), max_length=limits.TEXT_LENGTH)
    digest = package_hash(kept)
    return Package(
        about,
        config,
        instructions.strip(),
        practice,
        tuple(_rows(files, SAMPLES)),
        kept,
        digest,
        _signer(files, about, digest),
    )


def _check_files(files: Mapping[str, bytes]) -> None:
    if not 0 < len(files) <= MOST_FILES:
        raise refused(f"it does not hold 1 to {MOST_FILES} files")
    for path, content in files.items():
        if problem := path_problem(path):
            raise refused(f"the name {line(path, 80)} {problem}")
        if len(content) > FILE_BYTES:
            raise refused(f"the file {path} is larger than {FILE_BYTES // 1_000_000} MB")
    if len({path.lower() for path in files}) != len(files):
        raise refused("two of its files differ only by the case of letters")
    if sum(map(len, files.values())) > PACKAGE_BYTES:
        raise refused(f"it holds more than {PACKAGE_BYTES // 1_000_000} MB")
    for needed in (ABOUT, CONFIG):
        if needed not in files:
            raise refused(f"the file {needed} is missing")


def _text(files: Mapping[str, bytes], path: str, most: int) -> str:
    content = files.get(path, b"")
    if len(content) > most:
        raise refused(f"the file {path} is larger than {most} bytes")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(f"the file {path} is not text in UTF-8") from error


def _json(files: Mapping[str, bytes], path: str) -> Any:
    try:
        return canonical.loads(_text(files, path, _TEXT_BYTES).encode())
    except MalformedMessage as error:
        raise refused(f"the file {path} is not JSON") from error


def _rows(files: Mapping[str, bytes], path: str) -> list[dict[str, Any]]:
    found = []
    for number, text in enumerate(_text(files, path, _TEXT_BYTES).split("\n"), 1):
        if not text.strip():
            continue
        try:
            row = canonical.loads(text.encode())
        except MalformedMessage as error:
            raise refused(f"line {number} of {path} is not JSON") from error
        if not isinstance(row, dict):
            raise refused(f"line {number} of {path} is not an object")
        found.append(row)
    return found


def _about(value: Any) -> About:
    if type(value) is not dict or not value.keys() >= _FIELDS or not value.keys() <= _FIELDS | _SLOT:
        raise refused(f"{ABOUT} does not have exactly the fields {', '.join(sorted(_FIELDS))}")
    for name in sorted(_FIELDS - {"languages"}):
        text, most = value[name], 2_000 if name == "description" else 120
        if type(text) is not str or not text.strip() or line(text, most) != text:
            raise refused(f"{name} in {ABOUT} is no line of 1 to {most} characters")
    for name, form in (("name", _NAME), ("family", _NAME), ("version", _VERSION)):
        if not form.fullmatch(value[name]) or len(value[name]) > limits.NAME_LENGTH:
            meant = "numbers such as 1.0.2" if name == "version" else "small letters, digits and hyphens"
            raise refused(f"{name} in {ABOUT} must be {meant}")
    if value["difficulty"] not in DIFFICULTIES:
        raise refused(f"difficulty in {ABOUT} is none of {', '.join(DIFFICULTIES)}")
    languages, time = value["languages"], value.get("expected_seconds", 30)
    if type(languages) is not list or any(
        type(one) is not str or not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", one) for one in languages
    ):
        raise refused(f'languages in {ABOUT} is no list of codes such as "en"')
    if type(time) is not int or not 0 < time <= 86_400:
        raise refused(f"expected_seconds in {ABOUT} is no number of seconds up to a day")
    return About(**{**value, "languages": tuple(languages), "expected_seconds": time})


def _signer(files: Mapping[str, bytes], about: About, digest: bytes) -> str:
    if SIGNATURE not in files:
        return ""
    value = _json(files, SIGNATURE)
    if type(value) is not dict or set(value) != {"signer", "signature"}:
        raise refused(f"{SIGNATURE} does not have exactly signer and signature")
    try:
        found = recover(signing_digest(about, digest), signature_from_hex(value["signature"]))
    except (BadSignature, MalformedMessage) as error:
        raise refused(f"its signature cannot be read. {error.message.rstrip('.')}") from error
    if found != value["signer"]:
        raise refused("it was changed after it was signed, or somebody else signed it")
    return found
