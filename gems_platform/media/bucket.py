# SPDX-License-Identifier: Apache-2.0
"""A prefix of a bucket of any S3-compatible store, by boto3: short timeouts, few tries, one refusal for all that fails.

Credentials come the way that boto3 finds them (environment, its files, the machine's role), never through settings.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import importlib
import logging
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from gems_platform.media.store import CHUNK, unavailable
from gems_protocol.errors import GemsError

LOG = logging.getLogger("gems_platform")
_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9._-]+)*)/?", re.ASCII)
_MISSING = frozenset(("404", "NoSuchKey", "NotFound"))
AT_ONCE = 20  # threads that wait for the store: half of those that serve requests, so that a store that hangs
_TURN_S = 2.0  # takes nobody else's, and who gets no turn for so long is refused
_TRIES = 3  # of a stream that breaks off: it goes on where it broke


class BadMediaUrl(GemsError):
    """The place for media in the settings is none."""


@functools.cache
def _session() -> Any:
    """boto3's session: its models of the service are read once."""
    return importlib.import_module("boto3").session.Session()


@dataclass(frozen=True, slots=True)
class Thing:
    """What lies under a key (without the prefix); `at` in Unix seconds of the store's clock."""

    key: str
    size: int
    at: int


class Bucket:
    """Things by their key; may be used by many threads. Raises MediaUnavailable whenever the store does not answer."""

    def __init__(self, client: Any, name: str, prefix: str) -> None:
        """client: boto3's of S3; prefix: "" or one that ends with a slash."""
        self._client, self._name, self._prefix = client, name, prefix
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        errors = importlib.import_module("botocore.exceptions")
        self._refused: type[Any] = errors.ClientError
        self._failed: tuple[type[Exception], ...] = (errors.BotoCoreError, errors.ClientError)

    @classmethod
    def open(cls, url: str, endpoint: str = "", region: str = "") -> Bucket:
        """The bucket and prefix of `s3://bucket/prefix`, at another endpoint than Amazon's if one is given."""
        match = _URL.fullmatch(url)
        at = urlsplit(endpoint)
        if match is None or ".." in url:
            raise BadMediaUrl(
                "media_url is not s3://bucket or s3://bucket/prefix.", safe="Nothing was started."
            )
        if endpoint and (at.scheme not in ("http", "https") or not at.hostname or at.username or at.password):
            raise BadMediaUrl("media_endpoint is not https://host:port.", safe="Nothing was started.")
        options = importlib.import_module("botocore.config").Config(
            connect_timeout=3,
            read_timeout=10,
            retries={"mode": "standard", "total_max_attempts": 2},
            max_pool_connections=40,  # one for each thread that serves requests
            s3={"addressing_style": "path" if endpoint else "auto"},
            request_checksum_calculation="when_required",  # others than Amazon do not know the newer checksums
            response_checksum_validation="when_required",
        )
        client = _session().client(
            "s3", endpoint_url=endpoint or None, region_name=region or None, config=options
        )
        return cls(client, match[1], match[2].lstrip("/") + "/" if match[2] else "")

    def put(self, key: str, content: bytes | BinaryIO, md5: bytes) -> None:
        """Store all of the content under the key, or nothing; the store checks the digest."""
        with self._asked(f"put {key}"):
            self._client.put_object(**self._at(key), Body=content, ContentMD5=base64.b64encode(md5).decode())

    def size(self, key: str) -> int | None:
        """Bytes under the key, None for nothing."""
        try:
            with self._asked(f"look at {key}"):
                return int(self._client.head_object(**self._at(key))["ContentLength"])
        except KeyError:
            return None

    def stream(self, key: str, start: int, end: int) -> Iterator[bytes]:
        """Bytes of what is there in small pieces; raises KeyError when there is nothing, before the first piece.

        A stream that breaks off goes on where it broke, a few times.
        """
        body = self._body(key, start, end)
        return self._pieces(key, start, end, body)

    def delete(self, key: str) -> None:
        """Drop what is there."""
        with self._asked(f"drop {key}"):
            self._client.delete_object(**self._at(key))

    def after(self, folder: str, key: str, count: int) -> list[Thing]:
        """At most `count` (1000) things in a folder whose keys come after this one, in order."""
        with self._asked(f"list {folder}"):
            answer = self._client.list_objects_v2(
                Bucket=self._name,
                Prefix=self._prefix + folder,
                StartAfter=self._prefix + (key or folder),
                MaxKeys=min(count, 1000),
            )
        cut = len(self._prefix)
        return [
            Thing(one["Key"][cut:], int(one["Size"]), int(one["LastModified"].timestamp()))
            for one in answer.get("Contents", [])
        ]

    def close(self) -> None:
        """Let go of its connections."""
        self._client.close()

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._name, "Key": self._prefix + key}

    def _body(self, key: str, start: int, end: int) -> Any:
        with self._asked(f"get {key}"):
            return self._client.get_object(**self._at(key), Range=f"bytes={start}-{end - 1}")["Body"]

    def _pieces(self, key: str, start: int, end: int, body: Any) -> Iterator[bytes]:
        for left in reversed(range(_TRIES)):
            try:
                with contextlib.closing(body):
                    coming = body.iter_chunks(CHUNK)
                    while piece := self._next(coming):
                        start += len(piece)
                        yield piece
            except self._failed as error:
                LOG.warning("media store: %s broke off: %s", key, type(error).__name__)
            if start >= end:
                return
            if left:
                with contextlib.suppress(KeyError):  # dropped while it was read
                    body = self._body(key, start, end)
        raise unavailable()

    def _next(self, coming: Iterator[bytes]) -> bytes:
        with self._turn():
            return next(coming, b"")

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=_TURN_S):
            LOG.warning("media store: as many requests as may wait for it do")
            raise unavailable()
        try:
            yield
        finally:
            self._turns.release()

    @contextlib.contextmanager
    def _asked(self, what: str) -> Iterator[None]:
        """Raises KeyError for what is not there, MediaUnavailable for all else; the log never has more than a code."""
        try:
            with self._turn():
                yield
        except self._failed as error:
            code = type(error).__name__
            if isinstance(error, self._refused):
                code = str(error.response.get("Error", {}).get("Code", ""))
                if code in _MISSING:
                    raise KeyError(what) from None
            LOG.warning("media store: could not %s: %s", what, code)
            raise unavailable() from error
