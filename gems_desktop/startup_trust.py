# SPDX-License-Identifier: Apache-2.0
"""Which certificate authorities are trusted: those of this system, wherever it keeps them.

A packaged OpenSSL looks where the system kept them on which it was built; other systems keep them elsewhere.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import MutableMapping
from pathlib import Path

#: Debian, Fedora, openSUSE, Alpine and others, in this order
BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/var/lib/ca-certificates/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)


def find_authorities(environ: MutableMapping[str, str], bundles: tuple[str, ...] = BUNDLES) -> str:
    """Name the system's authorities to OpenSSL where it would not find them; the file, or "" where nothing is changed.

    What the user has named (SSL_CERT_FILE, SSL_CERT_DIR) stands: an office with its own authority does that.
    """
    if os.name == "nt" or environ.get("SSL_CERT_FILE") or environ.get("SSL_CERT_DIR"):
        return ""
    usual = ssl.get_default_verify_paths()
    if usual.cafile or (usual.capath and any(Path(usual.capath).iterdir())):
        return ""
    found = next((one for one in bundles if Path(one).is_file()), "")
    if found:
        environ["SSL_CERT_FILE"] = found
    return found
