# SPDX-License-Identifier: Apache-2.0
"""`gems carry`: bring somebody's carry file to the platform and the reply back; no wallet and no profile is needed."""

from __future__ import annotations

import argparse
import asyncio
import secrets
from pathlib import Path
from typing import Any


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser("carry", help="bring somebody's carry file to the platform: send, show")
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    send = parts.add_parser("send", help="send a carry file and write the reply to it")
    send.add_argument("file", type=Path, metavar="FILE", help="the carry file, as its writer gave it to you")
    send.add_argument("--network", type=Path, required=True, metavar="FILE", help="network.json")
    send.add_argument(
        "--reply",
        type=Path,
        metavar="FILE",
        help="where to write the reply (default: beside the file, .gems-reply)",
    )
    send.set_defaults(handler=lambda options: asyncio.run(send_file(options)))
    show = parts.add_parser("show", help="what you can see of a carry file or a reply: its kind and its size")
    show.add_argument("file", type=Path, metavar="FILE", help="a carry file or a reply")
    show.set_defaults(handler=show_file)


async def send_file(options: argparse.Namespace) -> int:
    """Bring it; safe to repeat."""
    from gems_desktop.adapters.clock import SystemClock
    from gems_desktop.adapters.network_file import read_network
    from gems_desktop.adapters.platform_http import PlatformHttp
    from gems_desktop.services.carry_sending import send
    from gems_desktop.session import signer_config
    from gems_desktop.signer.inprocess import InProcessSigner

    network = read_network(options.network)
    # whoever carries a file is nobody to the platform: the key signs nothing
    signer = InProcessSigner(signer_config(options.network.parent, network), secrets.token_bytes(32))
    platform = PlatformHttp(network, signer, SystemClock())
    reply = options.reply or options.file.with_suffix(".gems-reply")
    try:
        size = await send(platform, options.file, reply)
    finally:
        await platform.close()
        await signer.close()
    print(f"The reply is in {reply} ({size} bytes). Bring it back to whoever gave you the file.")
    return 0


def show_file(options: argparse.Namespace) -> int:
    """What anybody can see."""
    from gems_desktop.services.carry_disk import read_bounded
    from gems_desktop.services.carry_errors import WrongFile
    from gems_protocol import carry
    from gems_protocol.errors import MalformedMessage

    data = read_bounded(options.file)
    kind = carry.REPLY if data.startswith(carry.REPLY) else carry.OUT
    try:
        sealed = carry.read(data, kind)
    except MalformedMessage as error:
        raise WrongFile from error
    print("A reply to a carry file." if kind == carry.REPLY else "A carry file for a platform.")
    print(f"Size: {len(data)} bytes. Sealed to the key 0x{sealed.key.hex()}.")
    print("Everything else is sealed: you can neither read nor change it.")
    return 0
