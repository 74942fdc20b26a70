# SPDX-License-Identifier: Apache-2.0
"""How the platform's log is written: text for a terminal or JSON lines for a collector, without any secret."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TextIO
from urllib.parse import urlsplit

from gems_platform.observing import noted
from gems_platform.settings import Settings

_HIDDEN = "[hidden]"
_LEAST = 8  # characters of a text that is hidden by its value
_MOST = 16_000  # characters of one message or traceback
_PATTERNS = (
    (re.compile(r"(?i)\b(bearer|basic|authorization)(:?)\s+(?!bearer\b|basic\b)\S+"), r"\1\2 " + _HIDDEN),
    (re.compile(r"\[parameters: .*?\](?=\n\(Background|\n|$)", re.DOTALL), f"[parameters: {_HIDDEN}]"),
    (re.compile(r"DETAIL: .*"), f"DETAIL: {_HIDDEN}"),  # PostgreSQL repeats the row there
    (re.compile(r"(?<=://)[^/\s@]+@"), _HIDDEN + "@"),
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every text that must not be written: keys in hex, and what the settings keep out of their repr."""
    found: set[str] = set()
    for item in fields(settings):
        value = getattr(settings, item.name)
        if isinstance(value, bytes):
            found |= {value.hex(), repr(value)[2:-1]}
        elif isinstance(value, str) and not item.repr:
            found.add(value)
    node = urlsplit(settings.rpc_url)
    found |= {node.path.strip("/"), node.query, node.password or ""}
    return tuple(sorted((text for text in found if len(text) >= _LEAST), key=len, reverse=True))


class Scrub:
    """Takes known secrets and what usually carries unknown ones out of a text."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._known = (
            re.compile("|".join(re.escape(text) for text in secrets), re.IGNORECASE) if secrets else None
        )

    def __call__(self, text: str) -> str:
        """The text without them, of a bounded length."""
        for pattern, instead in _PATTERNS:
            text = pattern.sub(instead, text)
        if self._known is not None:
            text = self._known.sub(_HIDDEN, text)
        return text if len(text) <= _MOST else text[:_MOST] + "…"


class _Lines(logging.Formatter):
    def __init__(self, scrub: Scrub) -> None:
        super().__init__()
        self._scrub = scrub

    def _message(self, record: logging.LogRecord) -> str:
        return self._scrub(record.getMessage())

    def _trace(self, record: logging.LogRecord) -> str:
        return self._scrub(self.formatException(record.exc_info)) if record.exc_info else ""


class JsonLines(_Lines):
    """One JSON object a line: time, level, logger, message, request, and the record's own `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
        }
        if request := noted.request_id():
            line["request"] = request
        line.update(getattr(record, "facts", {}))
        if trace := self._trace(record):
            line["trace"] = trace
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


class TextLines(_Lines):
    """A line for people; what came from outside cannot begin a line of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, and a traceback below it."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%S")
        message = _CONTROL.sub(lambda found: repr(found.group())[1:-1], self._message(record))
        facts = " ".join(f"{name}={value}" for name, value in getattr(record, "facts", {}).items())
        request = noted.request_id()
        parts = [at, record.levelname, record.name, message, facts, f"[{request}]" if request else ""]
        trace = self._trace(record)
        return " ".join(part for part in parts if part) + (f"\n{trace}" if trace else "")


def set_up(settings: Settings, stream: TextIO) -> logging.Handler:
    """Write the process's log to `stream` from now on, as the settings say; gives the handler."""
    scrub = Scrub(secrets_of(settings))
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines(scrub) if settings.log_format == "json" else TextLines(scrub))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("gems_platform").setLevel(logging.INFO)
    return handler
