# SPDX-License-Identifier: Apache-2.0
"""`python packaging/updates COMMAND`: makes and keeps the repository that installed copies update themselves from."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import sys
from pathlib import Path

for place in (Path(__file__).resolve().parents[2], Path(__file__).resolve().parent):
    sys.path.insert(0, str(place))

import update_files  # noqa: E402 - its folder is put on the path above
import update_keys  # noqa: E402
from update_repository import NotEnough, Repository, now  # noqa: E402

from gems_desktop.adapters.update_layout import ROOT_FILE, SOURCE_FILE, is_version, order  # noqa: E402
from gems_desktop.adapters.updates import target_name  # noqa: E402


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    found = argparse.ArgumentParser(prog="python packaging/updates", description=__doc__)
    commands = found.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str, *options: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=text, description=text)
        if "keys" in options:
            one.add_argument(
                "--keys", type=Path, action="append", required=True, help="a folder of keys; repeatable"
            )
        if "repository" in options:
            one.add_argument("--repository", type=Path, required=True, help="its folder")
        return one

    command(
        "init-keys",
        "Make the keys: root and targets are for drawers, snapshot and timestamp for the server",
        "keys",
    )
    command("init", "Make a repository without a release", "keys", "repository")
    add = command("add-release", "Publish a built folder as the newest version", "keys", "repository")
    add.add_argument("--built", type=Path, required=True, help="what PyInstaller built")
    add.add_argument("--version", required=True, help="three numbers, as 0.2.0")
    add.add_argument(
        "--earlier", type=Path, action="append", default=[], help="an older build, for patches; repeatable"
    )
    add.add_argument("--system", default="", help="such as linux-x86_64; by default this computer's")
    command(
        "refresh-timestamp",
        "Let the newest release live for fourteen more days (daily)",
        "keys",
        "repository",
    )
    sign = command("sign", "Add a holder's signature to what waits for it", "keys", "repository")
    sign.add_argument("--role", choices=update_keys.OFFLINE, required=True)
    command("publish", "Publish what has all its signatures now", "keys", "repository")
    rotate = command(
        "rotate-root", "Give roles other keys; the old and the new root keys sign", "keys", "repository"
    )
    rotate.add_argument(
        "--new-keys", type=Path, action="append", required=True, help="a folder of new keys; repeatable"
    )
    client = command("client", "Write what a build takes in to update itself from here", "repository")
    client.add_argument("--url", required=True, help="where the repository will be served")
    client.add_argument(
        "--out", type=Path, required=True, help="the folder to write root.json and source.json into"
    )
    return found


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; the exit code: 0, or 3 when a file waits for another signature."""
    asked = parser().parse_args(arguments)
    if asked.command == "init-keys":
        print("\n".join(str(path) for path in update_keys.make(asked.keys[0])))
        return 0
    repository = Repository(asked.repository)
    try:
        _do(repository, asked)
    except NotEnough as waiting:
        print(f"{waiting} needs more signatures: `sign` it with the keys of another holder, then `publish`")
        return 3
    return 0


def _do(repository: Repository, asked: argparse.Namespace) -> None:
    if asked.command == "init":
        repository.create(asked.keys)
    elif asked.command == "add-release":
        add_release(repository, asked)
    elif asked.command == "refresh-timestamp":
        repository.refresh(asked.keys)
    elif asked.command == "sign":
        repository.add_signature(asked.role, asked.keys)
    elif asked.command == "publish":
        repository.publish(asked.keys)
    elif asked.command == "rotate-root":
        repository.rotate(asked.keys, asked.new_keys)
    elif asked.command == "client":
        write_client(repository, asked.url, asked.out)


def add_release(repository: Repository, asked: argparse.Namespace) -> None:
    """Publish a build, with patches from the release before and from the earlier builds that were named."""
    if not is_version(asked.version) or not asked.built.is_dir():
        raise SystemExit("--version is three numbers, --built a folder")
    name = f"stable/{asked.system}.json.xz" if asked.system else target_name(platform.machine())
    signed = repository.newest("targets")
    known = signed.signed.targets.get(name) if signed else None
    before = None
    if known is not None:
        folder, _, base = name.rpartition("/")
        before = update_files.read_index(repository.targets / folder / f"{known.hashes['sha256']}.{base}")
        if order(asked.version) < order(before.version):
            raise SystemExit(
                f"{before.version} is published; nobody who has it would be offered {asked.version}"
            )
    packed = update_files.add_files(repository.targets, asked.built, asked.version, asked.earlier, before)
    path = repository.add_target(name, packed)
    index = update_files.read_index(path)
    print(
        f"{name} {asked.version}: {len(index.files)} files, {index.whole_size} bytes whole, list {len(packed)} bytes"
    )
    repository.release({name: path}, asked.keys)


def write_client(repository: Repository, url: str, out: Path) -> None:
    """Write the newest root and the address for a build."""
    root = max(repository.metadata.glob("*.root.json"), key=lambda path: int(path.name.split(".")[0]))
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(root, out / ROOT_FILE)
    (out / SOURCE_FILE).write_text(json.dumps({"url": url, "built_at": now()}, sort_keys=True) + "\n")
