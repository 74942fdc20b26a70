# SPDX-License-Identifier: Apache-2.0
"""What the address of a proxy looks like, wherever it comes from: the profile's options or the system."""

import re

_WHO = r"([^\s@/:]{1,200}(:[^\s@/]{0,200})?@)?"
_HOST = r"([A-Za-z0-9.-]{1,253}|\[[0-9a-f:]{2,39}\])"
_ADDRESS = re.compile(rf"(https?|socks5h?)://{_WHO}{_HOST}:[0-9]{{1,5}}", re.ASCII)


def is_proxy(value: object) -> bool:
    """Whether this is an HTTP or SOCKS5 proxy: host and port, with a name and a password where it wants them."""
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None
