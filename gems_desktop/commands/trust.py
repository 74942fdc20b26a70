# SPDX-License-Identifier: Apache-2.0
"""`gems trust`: take a worker's signed outcomes from platforms as one file, check such a file, hand it to another."""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, requester_key
from gems_desktop.commands.moment import utc
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.adapters.platform_http import PlatformHttp
    from gems_desktop.services.network import Network
    from gems_protocol.attestation.bundle import Inspection

SOUND, FORGED = 0, 1


class CannotUseFile(GemsError):
    """A file of outcomes cannot be read or written."""


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("trust", help="carry checked work elsewhere: export, verify, import")
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    export = parts.add_parser("export", help="write a worker's attested outcomes to a file")
    export.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    export.add_argument(
        "--worker", required=True, type=arguments.address, metavar="ADDRESS", help="whose outcomes"
    )
    export.add_argument(
        "--network",
        type=Path,
        required=True,
        action="append",
        metavar="FILE",
        help="network.json; give it again for each platform that the worker worked on",
    )
    export.set_defaults(handler=lambda options: asyncio.run(export_file(options)))
    verify = parts.add_parser("verify", help="check every signature in such a file, without any network")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--json", action="store_true", help="print JSON")
    verify.set_defaults(handler=verify_file)
    bring = parts.add_parser("import", help="hand your own outcomes to another platform")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument(
        "--network", type=Path, required=True, metavar="FILE", help="that platform's network.json"
    )
    requester_key.add_options(bring)
    bring.set_defaults(handler=lambda options: asyncio.run(import_file(options)))


async def export_file(options: argparse.Namespace) -> int:
    """Write what each platform attests of the worker, checked before it is written."""
    from gems_desktop.adapters.network_file import read_network
    from gems_protocol.attestation.bundle import bundle, inspect

    worker = options.worker
    parts: list[tuple[str, int, Any, list[Any]]] = []
    now = int(time.time())
    for path in options.network:
        network = read_network(path)
        # what is read here is for anybody: the key signs nothing
        async with _platform(network, path, secrets.token_bytes(32)) as platform:
            parts.append((network.name, network.chain_id, *await _attested(platform, worker)))
            now = max(now, platform.time())
    value = bundle(worker, parts)
    found = inspect(value, now)
    print(told(found), file=sys.stderr)
    if not found.sound:
        return FORGED
    try:
        options.file.write_text(json.dumps(value, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CannotUseFile(
            f"{options.file} cannot be written: {error.strerror or error}.",
            safe="The outcomes are still at the platform.",
            action="Choose another place for the file.",
        ) from error
    return SOUND


async def _attested(platform: PlatformHttp, worker: str) -> tuple[Any, list[Any]]:
    """The record's package of one platform and those of the outcomes that it covers."""
    from gems_protocol.attestation.offchain import Signed
    from gems_protocol.attestation.schema import RecordClaim

    answer = await platform.get(f"/v1/trust/{worker}/record", token=False)
    after, last = (_number(answer, name) for name in ("after", "last"))
    listed = RecordClaim.read(Signed.from_json(answer.get("record")).attestation).listed
    packages: list[Any] = []
    while after < last and len(packages) < listed:
        page = await platform.get(f"/v1/trust/{worker}/attestations?after={after}", token=False)
        found, before = page.get("attestations"), after
        after = _number(page, "last")
        if type(found) is not list or not found or after <= before:
            break
        packages += found
    return answer["record"], packages[:listed]  # what was judged meanwhile comes with the next record


def _number(answer: dict[str, Any], name: str) -> int:
    from gems_desktop.services.errors import PlatformLied

    value = answer.get(name)
    if type(value) is not int:
        raise PlatformLied("it lacks some of its parts.")
    return value


def verify_file(options: argparse.Namespace) -> int:
    """0 when everything in the file holds, 1 when something is forged, doubled or left out."""
    from gems_protocol.attestation.bundle import inspect

    found = inspect(read(options.file), int(time.time()))
    print(json.dumps(as_json(found), indent=2) if options.json else told(found))
    return SOUND if found.sound else FORGED


async def import_file(options: argparse.Namespace) -> int:
    """Hand the file to a platform as its worker; the platform says what it took."""
    from gems_desktop.adapters.network_file import read_network

    value = read(options.file)
    network = read_network(options.network)
    key = requester_key.read_key(options, "worker's key")
    _check_own(value, key)
    async with _platform(network, options.network, key) as platform:
        answer = await platform.post("/v1/trust/import", {"bundle": value})
    new, already, old, skipped = (
        _number(answer, name) for name in ("imported", "already", "expired", "skipped")
    )
    print(f"Imported {new}; there already {already}; too old {old}; by issuers not trusted there {skipped}.")
    return SOUND


def _check_own(value: Any, key: bytes) -> None:
    from eth_account import Account

    worker = value.get("worker") if isinstance(value, dict) else None
    if isinstance(worker, str) and worker.lower() != str(Account.from_key(key).address).lower():
        raise CannotUseFile(
            "These outcomes are another account's: they can only be handed in with its own key.",
            safe="Nothing was sent.",
            action="Give the key of the worker that the file names.",
        )


@asynccontextmanager
async def _platform(network: Network, path: Path, key: bytes) -> AsyncIterator[PlatformHttp]:
    from gems_desktop.adapters.clock import SystemClock
    from gems_desktop.adapters.platform_http import PlatformHttp
    from gems_desktop.commands.requester_faults import for_outcomes
    from gems_desktop.services.errors import Offline, PlatformRefused
    from gems_desktop.session import signer_config
    from gems_desktop.signer.inprocess import InProcessSigner

    signer = InProcessSigner(signer_config(path.parent, network), key)
    platform = PlatformHttp(network, signer, SystemClock())
    try:
        yield platform
    except (Offline, PlatformRefused) as error:
        raise for_outcomes(error) from error
    finally:
        await platform.close()
        await signer.close()


def read(path: Path) -> Any:
    """The JSON of a file; raises CannotUseFile."""
    from gems_protocol import canonical
    from gems_protocol.attestation.bundle import MAX_BYTES
    from gems_protocol.errors import MalformedMessage

    try:
        with path.open("rb") as file:
            return canonical.loads(file.read(MAX_BYTES + 1), MAX_BYTES)
    except OSError as error:
        why = f"{path} cannot be read: {error.strerror or error}."
        raise CannotUseFile(why, safe="Nothing was changed.", action="Check the file's name.") from error
    except MalformedMessage as error:
        raise CannotUseFile(
            f"{path} cannot be used. {error.message}",
            safe="Nothing was taken from it.",
            action="Export the file again from the platform that issued it.",
        ) from error


def told(found: Inspection) -> str:
    """An inspection in words: what each issuer says, the score that follows, and what is wrong."""
    from gems_protocol.trust.score import in_words, score

    lines = [f"Worker {found.worker}"]
    for part in found.issuers:
        result = score([proven.claim.outcome() for proven in part.outcomes])
        lines += [
            f"Issuer {part.issuer}",
            f'  calls itself "{part.name}", chain {part.chain_id}; recorded {utc(part.taken_at)}',
            f"  {part.record.judged} judged in all, {part.record.listed} listed, {part.expired} too old",
            f"  {in_words(result)}; score {result.score:.4f}",
        ]
    lines += [f"{problem.kind.value}: {problem.where}: {problem.why}" for problem in found.problems]
    lines.append("Every signature holds." if found.sound else "This file must not be relied on.")
    return "\n".join(lines)


def as_json(found: Inspection) -> dict[str, Any]:
    """An inspection for programs."""
    from dataclasses import asdict

    from gems_protocol.trust.score import score

    return {
        "worker": found.worker,
        "sound": found.sound,
        "issuers": [
            {
                "issuer": part.issuer,
                "name": part.name,
                "chain_id": part.chain_id,
                "recorded_at": part.taken_at,
                "judged": part.record.judged,
                "listed": part.record.listed,
                "expired": part.expired,
                "complete": part.complete,
                "score": asdict(score([proven.claim.outcome() for proven in part.outcomes])),
            }
            for part in found.issuers
        ],
        "problems": [
            {"kind": problem.kind.value, "where": problem.where, "why": problem.why}
            for problem in found.problems
        ],
    }
