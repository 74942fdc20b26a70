# SPDX-License-Identifier: Apache-2.0
"""The eight attacks on updates of The Update Framework's list: each is refused, and the old version runs."""

from __future__ import annotations

import json
import lzma
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import update_keys
from tuf.api.metadata import Metadata

from gems_desktop.services.ports_updates import UpdateFailed
from tests.desktop.updates.publisher import NOW, TARGET, Machine, Publisher, Serving


def look(machine: Machine) -> str:
    """The version that is offered, "" for none; "!" and the trouble when there is one."""
    try:
        offer = machine.updates().look_now("", NOW)
    except UpdateFailed as failed:
        return f"!{failed.trouble}"
    return offer.version if offer else ""


def refused(machine: Machine, reason: str = "refused") -> None:
    """Neither offered nor installed, and the old version starts."""
    assert look(machine) == f"!{reason}"
    assert machine.start() == "0.1.0" and machine.versions() == {"0.1.0"}


def test_control_without_an_attack_it_is_offered(machine: Machine) -> None:
    assert look(machine) == "0.2.0"


def resign(publisher: Publisher, role: str, change: Any, count: int = 99, keys: Path | None = None) -> None:
    """Alter the newest metadata of a role and sign it again with `count` keys."""
    found = (publisher.folder / "metadata").glob(f"*{role}.json")
    path = max(found, key=lambda one: int("0" + one.name.partition(".")[0].removeprefix(role)))
    metadata: Metadata[Any] = Metadata.from_file(str(path))
    change(metadata.signed)
    metadata.signatures.clear()
    for signer in update_keys.load([keys or publisher.keys], role)[:count]:
        metadata.sign(signer, append=True)
    metadata.to_file(str(path))


def test_arbitrary_install(machine: Machine, publisher: Publisher) -> None:
    """1: other contents under the names of signed ones, in the list and in the files."""
    other = publisher.index()
    other["version"] = "0.3.0"
    good = publisher.index_path().read_bytes()
    publisher.index_path().write_bytes(lzma.compress(json.dumps(other).encode()))
    refused(machine)
    publisher.index_path().write_bytes(good)
    assert look(machine) == "0.2.0"
    for blob in (publisher.folder / "targets/blobs").iterdir():
        blob.write_bytes(lzma.compress(b"#!/bin/sh\necho evil\n").ljust(blob.stat().st_size, b"\0"))
    updates = machine.updates()
    updates.look_now("", NOW)
    with pytest.raises(UpdateFailed) as failed:
        updates.bring_now(lambda done: None, lambda: False)
    assert failed.value.trouble == "refused"
    assert machine.start() == "0.1.0" and machine.versions() == {"0.1.0"}


@pytest.mark.parametrize("deleted", ["nothing", "cache", "counter"])
def test_rollback(machine: Machine, made: Path, server: Serving, deleted: str) -> None:
    """2: what was published before, once newer was seen; the loss of either memory changes nothing."""
    assert look(machine) == "0.2.0"
    server.folder = made / "one"
    if deleted == "cache":
        shutil.rmtree(machine.home)
    if deleted == "counter":
        (machine.layout.root / "newest.json").unlink()
    refused(machine)


def test_rollback_control_the_second_counter_is_what_refuses(
    machine: Machine, made: Path, server: Serving
) -> None:
    assert look(machine) == "0.2.0"
    server.folder = made / "one"
    shutil.rmtree(machine.home)
    (machine.layout.root / "newest.json").unlink()
    assert look(machine) == "", "without both memories the older release is taken for the newest"


def test_an_older_version_with_newer_signatures_is_not_offered(
    machine: Machine, made: Path, publisher: Publisher
) -> None:
    publisher.release(made / "built/0.1.0", "0.0.9")
    assert look(machine) == ""


def test_fast_forward(machine: Machine, made: Path, publisher: Publisher) -> None:
    """3: whoever stole the online keys counts up as far as it goes; a root with other keys heals that."""
    old = (publisher.folder / "metadata/timestamp.json").read_bytes()
    resign(publisher, "timestamp", lambda signed: setattr(signed, "version", 2**31))
    assert look(machine) == "0.2.0", "the contents are still those that were signed offline"
    (publisher.folder / "metadata/timestamp.json").write_bytes(old)
    publisher.at().refresh([publisher.keys])
    refused(machine)  # what the owners sign now is lower

    fresh = made / f"fresh-{machine.folder.parent.name}"
    update_keys.make(fresh, ("timestamp", "snapshot"))
    publisher.at().rotate([publisher.keys], [fresh])
    assert look(machine) == "0.2.0"
    counters = json.loads((machine.layout.root / "newest.json").read_bytes())
    assert counters["timestamp"]["version"] < 100 and counters["root"]["version"] == 2
    shutil.rmtree(machine.home)
    assert look(machine) == "0.2.0"


def test_freeze(machine: Machine, publisher: Publisher) -> None:
    """4: the same old answers for ever: a timestamp that is over is refused, and a new one heals it."""
    publisher.at(-15).refresh([publisher.keys])
    refused(machine, "expired")
    publisher.at(-13).refresh([publisher.keys])
    assert look(machine) == "0.2.0"


@pytest.mark.parametrize("role", ["snapshot", "targets", "root"])
def test_freeze_of_the_others(machine: Machine, publisher: Publisher, role: str) -> None:
    if role == "root":
        publisher.at(-800).rotate([publisher.keys], [])
        publisher.at().refresh([publisher.keys])
    elif role == "targets":
        publisher.at(-400).release({}, [publisher.keys])
        publisher.at().publish([publisher.keys])
    else:
        publisher.at(-91).publish([publisher.keys])
        until = datetime.now(UTC).replace(microsecond=0) + timedelta(days=10)
        resign(publisher, "timestamp", lambda signed: setattr(signed, "expires", until))
    refused(machine, "expired")


def test_mix_and_match(machine: Machine, made: Path, publisher: Publisher, server: Serving) -> None:
    """5: parts of one release with parts of another, each of them signed."""
    old = made / "one/metadata"
    newest = {role: publisher.at().newest(role).signed.version for role in ("targets", "snapshot")}
    before = {role: max(old.glob(f"*.{role}.json")) for role in newest}
    for role in newest:
        server.altered = {f"{newest[role]}.{role}.json": before[role].read_bytes()}
        refused(machine)
        shutil.rmtree(machine.home)


@pytest.mark.parametrize(
    "what", ["root", "timestamp", "snapshot", "targets.json", "stable", "patches", "blobs"]
)
def test_endless_data(machine: Machine, server: Serving, what: str) -> None:
    """6: an answer that never ends is left after as much as was signed, or as its kind may have."""
    server.endless = what
    if what == "root":
        server.altered = {"2.root.json": b"{"}
    if what in ("patches", "blobs"):
        updates = machine.updates()
        updates.look_now("", NOW)
        with pytest.raises(UpdateFailed) as failed:
            updates.bring_now(lambda done: None, lambda: False)
        assert failed.value.trouble == "refused"
        assert machine.start() == "0.1.0" and machine.versions() == {"0.1.0"}
        assert sum(path.stat().st_size for path in machine.layout.blobs("0.2.0").iterdir()) < 100_000
    else:
        refused(machine)
    assert server.total(what) < 12_000_000, "what the system's buffers took besides"


def test_wrong_key(machine: Machine, made: Path, publisher: Publisher) -> None:
    """7: everything right, signed by somebody else."""
    theirs = made / f"theirs-{machine.folder.parent.name}"
    update_keys.make(theirs)
    for role in ("timestamp", "snapshot", "targets"):
        kept = {path: path.read_bytes() for path in (publisher.folder / "metadata").iterdir()}
        resign(publisher, role, lambda signed: None, keys=theirs)
        refused(machine)
        shutil.rmtree(machine.home)
        for path, content in kept.items():
            path.write_bytes(content)
    whole = Publisher(machine.folder / "theirs", theirs)
    whole.at().create([theirs])
    whole.release(made / "built/0.2.0", "0.2.0")
    with pytest.raises(UpdateFailed) as failed:  # from a stick of theirs too: a folder changes no trust
        machine.updates().look_now(str(whole.folder), NOW)
    assert failed.value.trouble == "refused"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_wrong_threshold(machine: Machine, publisher: Publisher, count: int) -> None:
    """8: fewer signatures of the offline keys than two; and one key that signs twice is one."""
    publisher.at().release({}, [publisher.keys])
    resign(publisher, "targets", lambda signed: None, count)
    if count < 2:
        refused(machine)
        path = publisher.folder / "metadata" / "3.targets.json"
        body = json.loads(path.read_bytes())
        body["signatures"] *= 2
        path.write_text(json.dumps(body))
        assert look(machine).startswith("!")
    else:
        assert look(machine) == "0.2.0", "the control"


def test_a_new_root_needs_the_old_ones_agreement(machine: Machine, made: Path, publisher: Publisher) -> None:
    fresh = made / f"root-{machine.folder.parent.name}"
    update_keys.make(fresh)
    good = {path: path.read_bytes() for path in (publisher.folder / "metadata").iterdir()}
    publisher.at().rotate([publisher.keys], [fresh])
    root = publisher.folder / "metadata/2.root.json"
    both = root.read_bytes()
    metadata: Metadata[Any] = Metadata.from_bytes(both)
    for signer in update_keys.load([publisher.keys], "root"):
        metadata.signatures.pop(signer.public_key.keyid)
    metadata.to_file(str(root))
    refused(machine)
    root.write_bytes(both)
    assert look(machine) == "0.2.0"
    for path, content in good.items():  # what the old keys signed is over
        path.write_bytes(content)
    root.unlink()
    refused(machine)


def test_nothing_of_a_target_of_another_name_is_taken(machine: Machine, publisher: Publisher) -> None:
    repository = publisher.at()
    signed = repository.newest("targets").signed
    info = signed.targets.pop(TARGET)
    signed.targets["stable/other.json.xz"] = info
    resign(publisher, "targets", lambda found: setattr(found, "targets", signed.targets))
    refused(machine, "source")
