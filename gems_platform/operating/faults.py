# SPDX-License-Identifier: Apache-2.0
"""What goes wrong when an operator works on a platform, in words: what happened, what is safe, what to do."""

from __future__ import annotations

from gems_protocol.errors import GemsError


class CannotOperate(GemsError):
    """Something that the operator asked for was not done."""


class BadBackup(GemsError):
    """A backup that cannot be trusted, or not be put back here."""


def refused(what: str, action: str, safe: str = "Nothing was changed.") -> CannotOperate:
    """A refusal; nothing happened unless `safe` says otherwise."""
    return CannotOperate(what, safe=safe, action=action)


def bad_backup(what: str, action: str = "Take another backup.") -> BadBackup:
    """A backup that was read and found wanting."""
    return BadBackup(what, safe="Nothing was put back.", action=action)
