# SPDX-License-Identifier: Apache-2.0
"""What one GEM is worth in a currency as somebody says it: for reading only, never part of anything signed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gems_protocol.amount import UNIT, Amount
from gems_protocol.errors import GemsError
from gems_protocol.text import clean

PLACES = 8  # decimals of a rate
SCALE = 10**PLACES
MOST = 10**12  # of a currency for one GEM
SOURCE_LENGTH = 80
OLD_S = 7 * 86_400
OVER_S = 30 * 86_400
_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_DECIMAL = re.compile(r"(?P<whole>0|[1-9]\d{0,12})(?:\.(?P<part>\d{1,8}))?", re.ASCII)
_NOT_MONEY = frozenset({"GEM", "XXX", "XTS"})  # itself; ISO 4217: no currency, for tests
# ISO 4217, minor units other than two
_WHOLE = frozenset(
    (
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
        "IDR",
    )
)
_THREE = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))


class MalformedRate(GemsError):
    """A text is not what one GEM is worth."""


@dataclass(frozen=True, slots=True)
class Rate:
    """One GEM is `scaled` / 10**8 of the currency `code`, says `source` (plain text) at `at` (Unix seconds)."""

    code: str
    scaled: int
    source: str
    at: int

    def of(self, amount: Amount) -> int:
        """An amount in the smallest units in which the currency is written, cut towards zero."""
        units: int = abs(amount.units) * self.scaled * 10 ** places(self.code) // (UNIT * SCALE)
        return -units if amount.units < 0 else units

    def per_gem(self) -> str:
        """The rate as a plain decimal number without needless zeros."""
        whole, part = divmod(self.scaled, SCALE)
        rest = f"{part:0{PLACES}d}".rstrip("0")
        return f"{whole}.{rest}" if rest else str(whole)

    def to_json(self) -> dict[str, Any]:
        """{"code","per_gem","source","at"}."""
        return {"code": self.code, "per_gem": self.per_gem(), "source": self.source, "at": self.at}

    @classmethod
    def from_json(cls, value: Any) -> Rate:
        """Read what `to_json` wrote: exactly its keys and types; raises MalformedRate."""
        if type(value) is not dict or set(value) != {"code", "per_gem", "source", "at"}:
            raise MalformedRate("A rate does not have exactly its fields.")
        code, per_gem, source, at = value["code"], value["per_gem"], value["source"], value["at"]
        if type(at) is not int or not 0 < at < 1 << 40:
            raise MalformedRate("A rate has no time.")
        return cls(checked_code(code), parse(per_gem), checked_source(source), at)


def places(code: str) -> int:
    """How many decimals a currency is written with."""
    return 0 if code in _WHOLE else 3 if code in _THREE else 2


def plain(code: str, minor: int) -> str:
    """Smallest units of a currency as a plain decimal number: 650 of KES is "6.50"."""
    sign, digits, after = ("-" if minor < 0 else ""), str(abs(minor)), places(code)
    if not after:
        return sign + digits
    digits = digits.rjust(after + 1, "0")
    return f"{sign}{digits[:-after]}.{digits[-after:]}"


def is_code(code: object) -> bool:
    """Whether a text has the form of a currency's code (ISO 4217) and names money other than GEM."""
    return isinstance(code, str) and _CODE.fullmatch(code) is not None and code not in _NOT_MONEY


def checked_code(code: object) -> str:
    """The same; raises MalformedRate."""
    if not isinstance(code, str) or not is_code(code):
        raise MalformedRate(
            "This is not the code of a currency.", action="Write its three capital letters, such as KES."
        )
    return code


def checked_source(source: object) -> str:
    """The same: 1 to 80 characters of plain text on one line; raises MalformedRate."""
    if (
        not isinstance(source, str)
        or not 0 < len(source) <= SOURCE_LENGTH
        or clean(source, multiline=False) != source
    ):
        raise MalformedRate("The source of a rate is not one line of plain text with 80 characters at most.")
    if source.strip() != source:
        raise MalformedRate("The source of a rate begins or ends with a space.")
    return source


def parse(text: object) -> int:
    """A plain decimal number above zero with at most 8 decimals, times 10**8; raises MalformedRate."""
    found = _DECIMAL.fullmatch(text) if isinstance(text, str) else None
    scaled = (
        0 if found is None else int(found["whole"]) * SCALE + int((found["part"] or "").ljust(PLACES, "0"))
    )
    if not 0 < scaled <= MOST * SCALE:
        raise MalformedRate(
            "This is not what one GEM is worth.",
            action="Write digits with at most 8 decimals, such as 12.50.",
        )
    return scaled
