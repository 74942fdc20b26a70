# SPDX-License-Identifier: Apache-2.0
"""The worker's side for sound and film, or for PDF pages: answers over a pipe, one request at a time."""

import time
from typing import Any, BinaryIO

from gems_desktop.decoding.caging import cage
from gems_desktop.decoding.frames import BrokenPipe, read_frame, write_frame
from gems_desktop.decoding.libav import NoLibrary
from gems_desktop.decoding.media_files import Answer, Opened, Operation
from gems_desktop.decoding.media_limits import MEDIA_ADDRESS_SPACE, MEDIA_CPU_SECONDS
from gems_desktop.decoding.process import PAGES
from gems_desktop.decoding.refusal import MediaRefused


def serve(role: str, requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until the pipe closes."""
    try:
        operations = load(role)
    except NoLibrary:
        operations = {}
    cage(MEDIA_ADDRESS_SPACE, MEDIA_CPU_SECONDS)
    write_frame(answers, {"ready": True})
    opened = Opened()
    while True:
        try:
            header, body = read_frame(requests)
        except BrokenPipe:
            return
        head, data = _answer(operations, opened, header, body)
        if time.process_time() > MEDIA_CPU_SECONDS / 2:
            head["worn"] = True
        write_frame(answers, head, data)


def _answer(operations: dict[str, Operation], opened: Opened, header: dict[str, Any], body: bytes) -> Answer:
    if not operations:
        return {"error": "no_library"}, b""
    try:
        return operations[header["op"]](opened, header, body)
    except MediaRefused as refusal:
        opened.let_go(str(header["sha256"]))
        return {"error": refusal.code}, b""
    except MemoryError:
        opened.let_go(str(header["sha256"]))
        return {"error": "too_big", "worn": True}, b""


def load(role: str) -> dict[str, Operation]:
    """What a worker of a role can do. Raises NoLibrary."""
    if role == PAGES:
        try:
            from gems_desktop.decoding.page_operations import PAGE_OPERATIONS, reserve
        except ImportError as error:
            raise NoLibrary("Qt's PDF library cannot be loaded") from error
        reserve()
        return PAGE_OPERATIONS
    from gems_desktop.decoding.film_operations import FILM_OPERATIONS
    from gems_desktop.decoding.libav import libav

    libav()
    return FILM_OPERATIONS
