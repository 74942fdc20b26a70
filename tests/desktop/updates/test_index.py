# SPDX-License-Identifier: Apache-2.0
"""Lists that even their signers could not have acted upon: paths that lead out, names that collide, sizes that lie."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable
from typing import Any

import pytest

from gems_desktop.adapters import update_index
from gems_desktop.adapters.update_index import BadIndex, parse, unpacked
from gems_desktop.services.ports_updates import UpdateFailed
from tests.desktop.updates.publisher import NOW, Machine, Publisher

Change = Callable[[dict[str, Any]], None]


def path(name: Any) -> Change:
    return lambda body: body["files"][0].update(path=name)


def field(**values: Any) -> Change:
    return lambda body: body["files"][0].update(values)


def more(*names: str) -> Change:
    return lambda body: body["files"].extend({**body["files"][0], "path": name} for name in names)


def links(*pairs: Any) -> Change:
    return lambda body: body.update(links=list(pairs))


BAD: dict[str, Change] = {
    **{f"path {name!r}": path(name) for name in (
        "/etc/passwd", "../x", "a/../../x", "a/./b", "a//b", "a/", "", "a\\b", "C:x", "a\0b", "a\nb", "é", "aux",
        "a/NUL.txt", "a.", "a ", "x" * 121, 5, None,
    )},
    "two of one name": more("A/x", "a/X"),
    "folders of one name": more("dir/x", "Dir/y"),
    "a folder that is a file": more("gems-desktop/x"),
    "below a link": lambda body: (more("ln/x")(body), links(["ln", "gems-desktop"])(body))[0],
    "a link out": links(["ln", "../../../etc/passwd"]),
    "a link to a root": links(["ln", "/etc/passwd"]),
    "a link to a link": links(["ln", "gems-desktop"], ["lm", "ln"]),
    "a link to a folder": links(["ln", "_internal"]),
    "a link to itself": links(["ln", "ln"]),
    "a link over a file": links(["_internal/empty", "lib.so"]),
    "no link": links(["ln"]),
    "mode 4755": field(mode="4755"),
    "mode as a number": field(mode=0o755),
    "a negative size": field(size=-1),
    "a size that is true": field(size=True),
    "a huge file": field(size=1 << 40),
    "a huge blob": field(blob={"size": 1 << 40}),
    "a short hash": field(sha256="ab"),
    "a large hash": field(sha256="A" * 64),
    "another field": field(script="evil"),
    "a patch larger than the file": field(patches=[{"from": "0" * 64, "size": 1 << 30, "sha256": "0" * 64}]),
    "many patches": field(patches=[{"from": "0" * 64, "size": 1, "sha256": "0" * 64}] * 9),
    "another format": lambda body: body.update(format=2),
    "a version that is text": lambda body: body.update(version="Update now!"),
    "a version of four": lambda body: body.update(version="1.2.3.4"),
    "no program": lambda body: body.update(files=[row for row in body["files"] if row["path"] != "gems-desktop"]),
    "files as an object": lambda body: body.update(files={}),
}  # fmt: skip


def test_the_control_is_read(publisher: Publisher) -> None:
    index = parse(json.dumps(publisher.index()).encode())
    assert index.version == "0.2.0" and index.links == (("_internal/libalias.so", "lib.so"),)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_refused(publisher: Publisher, name: str) -> None:
    body = publisher.index()
    BAD[name](body)
    with pytest.raises(BadIndex):
        parse(json.dumps(body).encode())


@pytest.mark.parametrize("plain", [b"", b"[]", b"null", b"\xff", b"[" * 10_000, b'{"format": NaN}'])
def test_what_is_no_list_is_refused(plain: bytes) -> None:
    with pytest.raises(BadIndex):
        parse(plain)


def test_packed_lists_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    for body in (b"", b"no xz", lzma.compress(b"x")[:-4], lzma.compress(b"x") * 2):
        with pytest.raises(BadIndex):
            unpacked(body)
    monkeypatch.setattr(update_index, "MAX_PLAIN", 1_000)
    with pytest.raises(BadIndex):
        unpacked(lzma.compress(bytes(1_000_000)))


@pytest.mark.parametrize("name", ["path '../x'", "a link out", "a version that is text"])
def test_a_signed_bad_list_writes_nothing(machine: Machine, publisher: Publisher, name: str) -> None:
    body = publisher.index()
    BAD[name](body)
    publisher.release_index(body)
    with pytest.raises(UpdateFailed) as failed:
        machine.updates().look_now("", NOW)
    assert failed.value.trouble == "refused" and "now" not in str(failed.value)
    assert machine.start() == "0.1.0" and machine.versions() == {"0.1.0"}
