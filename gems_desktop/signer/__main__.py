# SPDX-License-Identifier: Apache-2.0
"""The signer process: a thin shell that carries frames from its standard input to the table and back.

Nothing that goes wrong here may print what it was working on: an unexpected fault ends the process with its
type and place only.
"""

from __future__ import annotations

import hmac
import os
import sys
from types import TracebackType
from typing import Any

from gems_desktop.services.frames import PipeClosed, read_frame, write_frame
from gems_desktop.services.signing import SignerConfig
from gems_desktop.signer.confirming import WindowConfirmer
from gems_desktop.signer.operations import Keyholder
from gems_desktop.signer.secrets import harden_process, wipe
from gems_protocol.errors import GemsError


def _quiet(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    sys.stderr.write(f"signer: {kind.__name__} at {' '.join(places)}\n")


def _fault(error: GemsError) -> dict[str, Any]:
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "safe": error.safe,
        "action": error.action,
        "positions": list(getattr(error, "positions", ())),
        "count": getattr(error, "count", 0),
        "wait_s": getattr(error, "wait_s", 0),
    }


def main() -> int:
    """Serve until the pipe closes; 0, or 2 when the first frame is not a start."""
    sys.excepthook = _quiet
    os.umask(0o077)
    harden_process()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing but frames may reach the pipe
    try:
        first, _ = read_frame(source)
    except PipeClosed:
        return 2
    token = str(first["token"])
    holder = Keyholder(SignerConfig.from_json(first["config"]), confirmer=WindowConfirmer())
    write_frame(sink, {"ready": True, "pid": os.getpid()})
    while True:
        try:
            request, secret = read_frame(source)
        except PipeClosed:
            holder.close()
            return 0
        if not hmac.compare_digest(str(request.get("token", "")).encode(), token.encode()):
            holder.close()
            return 2
        try:
            result, handed = holder.perform(str(request["op"]), dict(request["fields"]), secret)
            reply: dict[str, Any] = {"result": result}
        except GemsError as error:
            reply, handed = {"error": _fault(error)}, bytearray()
        finally:
            wipe(secret)
        try:
            write_frame(sink, reply, handed)
        except PipeClosed:
            holder.close()
            return 0
        finally:
            wipe(handed)


if __name__ == "__main__":
    raise SystemExit(main())
