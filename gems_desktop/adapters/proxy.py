# SPDX-License-Identifier: Apache-2.0
"""The one proxy that everything leaving this computer goes through, or none: never a part of it.

The profile's own proxy counts; where it names none, that of the system's environment does. A SOCKS proxy is reached
through a bridge of this process, so that every library only has to know HTTP proxies.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from gems_desktop.adapters.proxy_socks import Bridge, bridge_to
from gems_desktop.services.facts_proxy import is_proxy

_HERE = ("127.0.0.1", "::1", "localhost")  # a practice network of this computer: nothing leaves it
#: where a proxy that cannot be used leads: nothing goes past it
NOWHERE = "http://proxy-of-the-system.invalid:1"


class Proxy:
    """Implements ProxyPort; the adapters that reach the network ask it at each request."""

    def __init__(self, url: str = "", environ: Mapping[str, str] | None = None) -> None:
        """environ: the system's variables (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY), for where url is ""."""
        self._url, self._environ = url, environ or {}
        self._bridge: Bridge | None = None

    def use(self, url: str) -> None:
        """See ProxyPort."""
        self._url = url

    def on_way_to(self, url: str) -> str | None:
        """The HTTP proxy that a request to `url` goes through, or None; its password is part of it."""
        parts = urlsplit(url)
        if parts.hostname in _HERE:
            return None
        chosen = self._url or self._of_system(parts.scheme, parts.hostname or "")
        if not chosen:
            return None
        if not is_proxy(chosen):
            return NOWHERE
        return self._bridged(chosen) if chosen.startswith("socks5") else chosen

    def _of_system(self, scheme: str, host: str) -> str:
        for name in (f"{scheme}_proxy", "all_proxy"):
            found = self._environ.get(name) or self._environ.get(name.upper()) or ""
            if found and not _left_out(
                host, self._environ.get("no_proxy") or self._environ.get("NO_PROXY") or ""
            ):
                found = found.rstrip("/")
                found = found if "://" in found else f"http://{found}"
                port = ":" in found.partition("://")[2].rpartition("@")[2].rpartition("]")[2]
                return found if port else f"{found}:{1080 if found.startswith('socks') else 80}"
        return ""

    def _bridged(self, url: str) -> str:
        if self._bridge is None or self._bridge.to != url:
            self._bridge = bridge_to(url)
        return self._bridge.address


def _left_out(host: str, names: str) -> bool:
    """Whether NO_PROXY names this host, its domain or everything."""
    listed = [one.strip().lstrip("*").lstrip(".").lower() for one in names.split(",") if one.strip()]
    if "*" in [one.strip() for one in names.split(",")]:
        return True
    return any(host.lower() == one or host.lower().endswith(f".{one}") for one in listed if one)
