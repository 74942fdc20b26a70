# SPDX-License-Identifier: Apache-2.0
"""`gems module list`, `show`, `new`, `pack`, `verify`: modules as packages with an author, a hash and a signature."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_utils import to_checksum_address

from gems_desktop.commands import arguments, requester_key
from gems_desktop.commands.module_source import BadCall, Source, read_source
from gems_desktop.commands.printed import printed

if TYPE_CHECKING:
    from gems_protocol.modules.package import Package

WRONG = 1


def add_parsers(verbs: Any) -> None:
    """Add the verbs."""
    listed = verbs.add_parser("list", help="the ready modules to start from")
    listed.add_argument("--json", action="store_true", help="print JSON")
    listed.set_defaults(verb_handler=run_list)
    show = verbs.add_parser("show", help="what a module says about itself, and its instructions")
    show.add_argument("module", type=Path, metavar="NAME", help="a ready module's name, a folder or a .zip")
    show.add_argument("--json", action="store_true", help="print JSON")
    show.set_defaults(verb_handler=run_show)
    new = verbs.add_parser("new", help="copy a module into a new folder, to change it there")
    new.add_argument("module", type=Path, metavar="NAME", help="a ready module's name, a folder or a .zip")
    new.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist yet")
    new.add_argument("--author", default="", metavar="WHO", help="your name, for module.json")
    new.set_defaults(verb_handler=run_new)
    pack = verbs.add_parser("pack", help="make a signed package of a module's folder")
    pack.add_argument("folder", type=Path, metavar="DIR", help="a folder with module.json and config.xml")
    pack.add_argument("--out", type=Path, metavar="FILE", help="default: NAME-VERSION.zip")
    requester_key.add_options(pack)
    pack.set_defaults(verb_handler=run_pack)
    verify = verbs.add_parser("verify", help="check a package: its files, its hash, its author's signature")
    verify.add_argument("module", type=Path, metavar="FILE", help="a .zip or a folder")
    verify.add_argument("--signer", type=arguments.address, metavar="ADDRESS", help="who must have signed it")
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.set_defaults(verb_handler=run_verify)


def run_list(args: argparse.Namespace) -> int:
    """One line for each ready module."""
    from gems_platform.client.requesting.module_files import READY, read_module, ready_names

    found = [read_module(READY / name) for name in ready_names()]
    if args.json:
        print(printed([_facts(each) for each in found], indent=2))
        return 0
    for each in found:
        print(f"{each.about.name:<24}{each.about.family:<16}{each.about.difficulty:<8}{each.about.title}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """What a module says about itself."""
    package = _package(read_source(args.module), args.module)
    if args.json:
        print(printed(_facts(package), indent=2))
        return 0
    print("\n".join(_told(package)))
    print(f"\n{package.instructions}\n\n{package.config.strip()}")
    return 0


def run_new(args: argparse.Namespace) -> int:
    """Copy a module; the copy is nobody's until it is signed."""
    from gems_platform.client.requesting.module_files import write_folder
    from gems_protocol.modules.package import ABOUT, is_name

    package = _package(read_source(args.module), args.module)
    if args.folder.exists():
        raise BadCall(f"{args.folder} is there already; name a new folder.")
    files = dict(package.files)
    about = json.loads(files[ABOUT])
    about["author"] = args.author.strip() or "unknown"
    about["version"] = "1.0.0"
    if is_name(args.folder.name):  # else it keeps its name until somebody changes module.json
        about["name"] = args.folder.name
    files[ABOUT] = (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode()
    try:
        write_folder(args.folder, files)
    except OSError as error:
        raise BadCall(f"{args.folder} cannot be written: {error.strerror or error}.") from error
    print(f"{args.folder}: {len(files)} files. Change them, then: gems module check {args.folder}")
    return 0


def run_pack(args: argparse.Namespace) -> int:
    """Sign a folder and write it as a .zip; nothing in the folder changes."""
    from gems_desktop.commands.module_check import examples
    from gems_platform.client.requesting.module_files import read_module, write_zip
    from gems_protocol.modules import package as packages

    if not args.folder.is_dir():
        raise BadCall(f"{args.folder} is no folder.")
    package = read_module(args.folder)
    if wrong := examples(Source(package.config, package, args.folder)):
        print("\n".join(("This module's own examples are wrong:", *wrong)), file=sys.stderr)
        return WRONG
    key = requester_key.read_key(args, "author's key")
    files = {**package.files, packages.SIGNATURE: packages.sign(package, key)}
    out = args.out or Path(f"{package.about.name}-{package.about.version}.zip")
    try:
        write_zip(out, files)
    except OSError as error:
        raise BadCall(f"{out} cannot be written: {error.strerror or error}.") from error
    print(f"{out}")
    print("\n".join(_told(packages.read_package(files))))
    return 0


def run_verify(args: argparse.Namespace) -> int:
    """0 when the package is whole and, with --signer, signed by that account."""
    from gems_protocol.modules.package import PackageRefused

    try:
        package = _package(read_source(args.module), args.module)
    except PackageRefused as error:
        print(error.message, file=sys.stderr)
        return WRONG
    print(printed(_facts(package), indent=2) if args.json else "\n".join(_told(package)))
    if args.signer is not None and package.signer != args.signer:
        said = f"signed by {to_checksum_address(package.signer)}" if package.signer else "not signed"
        print(f"It is {said}, and not by {to_checksum_address(args.signer)}.", file=sys.stderr)
        return WRONG
    return 0


def _package(source: Source, given: Path) -> Package:
    if source.package is None:
        raise BadCall(f"{given} is a config alone; a module is a folder or a .zip with module.json in it.")
    return source.package


def _facts(package: Package) -> dict[str, Any]:
    about = package.about
    return {
        **{
            name: getattr(about, name)
            for name in ("name", "version", "author", "licence", "family", "difficulty")
        },
        "title": about.title,
        "description": about.description,
        "languages": list(about.languages),
        "expected_seconds": about.expected_seconds,
        "hash": "0x" + package.hash.hex(),
        "signer": package.signer,
        "files": len(package.files),
        "practice": len(package.practice),
        "samples": len(package.samples),
    }


def _told(package: Package) -> list[str]:
    facts = _facts(package)
    signed = to_checksum_address(package.signer) if package.signer else "nobody"
    return [
        f"{facts['title']}",
        f"{facts['description']}",
        f"{'Module':<12}{facts['name']} {facts['version']}",
        f"{'Author':<12}{facts['author']}",
        f"{'Licence':<12}{facts['licence']}",
        f"{'Family':<12}{facts['family']}, {facts['difficulty']}",
        f"{'Languages':<12}{', '.join(facts['languages']) or 'any'}",
        f"{'Time':<12}{facts['expected_seconds']} seconds a task",
        f"{'Files':<12}{facts['files']}; examples to practise: {facts['practice']}, samples: {facts['samples']}",
        f"{'Hash':<12}{facts['hash']}",
        f"{'Signed by':<12}{signed}",
    ]
