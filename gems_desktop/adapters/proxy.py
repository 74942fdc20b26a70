# SPDX-License-Identifier: Apache-2.0
"""The one HTTP proxy that everything leaving this computer goes through, or none: never a part of it."""

from __future__ import annotations

from urllib.parse import urlsplit

_HERE = ("127.0.0.1", "::1", "localhost")  # a practice network of this computer: nothing leaves it


class Proxy:
    """Implements ProxyPort; the adapters that reach the network ask it at each request."""

    def __init__(self, url: str = "") -> None:
        self._url = url

    def use(self, url: str) -> None:
        """See ProxyPort."""
        self._url = url

    def on_way_to(self, url: str) -> str | None:
        """The proxy that a request to `url` goes through, or None."""
        return None if not self._url or urlsplit(url).hostname in _HERE else self._url
