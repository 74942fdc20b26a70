# SPDX-License-Identifier: Apache-2.0
"""The texts of the Debian package: what it is, what it needs, whose work is in it."""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

#: Who answers for the package. Whoever publishes puts an address that is read here.
MAINTAINER = "The Gems Desktop maintainers <maintainers@gems.invalid>"

CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: gnome-keyring | kwalletmanager | keepassxc
Suggests: speech-dispatcher
Section: net
Priority: optional
Description: do small tasks that need human judgement, and be paid for them
 Tasks that need human judgement, done without a network and paid through
 payment channels: no bank account, no gas coin, no ID. The application
 recomputes its pay and its trust score from signed evidence, and says so when
 a sum is off.
 .
 Wallets and work are kept in each person's home folder and stay there when
 this package is removed. Updates come with those of the system.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Gems Desktop
Comment: the application is Apache-2.0. The libraries that are packed with it
 keep their own licences; the texts of all of them are in
 /usr/lib/gems-desktop/_internal/LICENCES.txt. Qt and FFmpeg are linked
 dynamically: their files there can be replaced by other builds of the same
 version. What is packed:
{parts}

Files: *
Copyright: © The Gems Desktop contributors
License: Apache-2.0

Files: usr/lib/gems-desktop/_internal/*
Copyright: © the authors named in /usr/lib/gems-desktop/_internal/LICENCES.txt
License: as-listed
 Each part has the licence that LICENCES.txt names; of those that Debian has:
 /usr/share/common-licenses/LGPL-3 (Qt, PySide6),
 /usr/share/common-licenses/LGPL-2.1 (FFmpeg).

License: Apache-2.0
 On Debian systems the full text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0.
"""
#: What packaging/licences.py writes: a line of ='s, a name with its licence, a line of ='s.
LICENCES = "_internal/LICENCES.txt"
HEADING = re.compile(r"^={20,}\n(?P<part>\S[^\n=]*\([^\n]+\))\n={20,}$", re.MULTILINE)


def control(name: str, version: str, architecture: str, size: int, depends: tuple[str, ...]) -> str:
    """Return DEBIAN/control; `size` is in KiB."""
    return CONTROL.format(
        name=name,
        version=version,
        architecture=architecture,
        maintainer=MAINTAINER,
        size=size,
        depends=", ".join(depends),
    )


def changelog(name: str, version: str, when: int) -> str:
    """Return Debian's changelog: one entry that points at ours."""
    date = format_datetime(datetime.fromtimestamp(when, UTC))
    return f"{name} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {date}\n"


def parts(licences: str) -> list[str]:
    """Return what LICENCES.txt has a heading for: names with their licences, in its order."""
    return [found["part"].strip() for found in HEADING.finditer(licences)]


def copyright_text(built: Path) -> str:
    """Return the copyright file in Debian's form: ours, the others', and where each text is."""
    listed = built / LICENCES
    found = parts(listed.read_text("utf-8")) if listed.is_file() else []
    return COPYRIGHT.format(parts="\n".join(f"  {part}" for part in found) or "  see the files themselves")
