# SPDX-License-Identifier: Apache-2.0
"""A moment out of somebody else's message is printed whatever its number is."""

from gems_desktop.commands.moment import utc


def test_a_number_that_is_no_time_is_shown_as_it_is() -> None:
    assert utc(0) == "1970-01-01 00:00 UTC" and utc(1_800_000_000) == "2027-01-15 08:00 UTC"
    assert [utc(at) for at in (2**40, 2**64 - 1, 2**256 - 1)] == [str(2**40), str(2**64 - 1), str(2**256 - 1)]
