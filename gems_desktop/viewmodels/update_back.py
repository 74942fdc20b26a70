# SPDX-License-Identifier: Apache-2.0
"""What going on with the copy from before an update means, in words, before anybody agrees to it."""

from __future__ import annotations

from gems_desktop.viewmodels.words import day, say


def meaning(made_at: int, missing: int) -> str:
    """made_at: of the copy, unix seconds. missing: entries that only the newer version has."""
    what = say(
        "The copy is of {day}. Entries that the newer version has written since then: {count}.",
        day=day(made_at),
        count=missing,
    )
    then = say(
        "Answers since then are brought along where this version can read them. Vouchers and stakes are fetched from "
        "the platform again, and nothing is signed in your channel before the newest voucher is known."
    )
    kept = say("What the newer version wrote is put aside in the profile's folder, never deleted.")
    return f"{what} {then} {kept}"
