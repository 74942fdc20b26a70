# SPDX-License-Identifier: Apache-2.0
"""How the language that the window speaks now writes numbers and dates.

Digits are 0 to 9 in every language: they stand on the keys that answer a task, and on what a worker compares an
amount with, a phone, a block explorer or somebody else's screen. The decimal mark, the groups and the order of a date
are the language's own (ADR 0092). Stands before the first paint: nothing but Qt is imported here.
"""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import QDate, QDateTime, QLocale

from gems_desktop.languages import FROM_THE_RIGHT, LANGUAGES, PSEUDO

_GROUPED_FROM = 10_000

_locale = QLocale("en_GB")


def speak(language: str) -> None:
    """Write numbers and dates as `language` does, from now on."""
    global _locale
    _locale = QLocale("en_GB" if language in ("en", PSEUDO) else language)
    QLocale.setDefault(_locale)


def language() -> str:
    """The two or three letters of the language that is written in."""
    return _locale.name().partition("_")[0]


def right_to_left(language: str) -> bool:
    """Whether `language` is written from the right."""
    return language in FROM_THE_RIGHT


def from_the_right() -> bool:
    """Whether the language that is spoken now is written from the right."""
    return right_to_left(language())


def of_system() -> str:
    """The first language that the user has chosen in the system and that the window speaks; English else."""
    for wanted in QLocale.system().uiLanguages():
        code = wanted.replace("_", "-").split("-")[0]
        code = {"tl": "fil", "in": "id"}.get(code, code)
        if code in LANGUAGES:
            return code
    return "en"


def decimal_mark() -> str:
    """What parts the whole from the decimals: a full stop or a comma."""
    return _locale.decimalPoint() if _locale.zeroDigit() == "0" else "."


def group_mark() -> str:
    """What parts groups of digits; a space that does not break for languages that use a narrow one."""
    mark = _locale.groupSeparator() if _locale.zeroDigit() == "0" else ","
    return "\u00a0" if mark.isspace() else mark


def number(plain: str | int) -> str:
    """A plain decimal number ("-1234567.5") as the language writes it; anything else comes back as it is."""
    text = str(plain)
    body = text.removeprefix("-").removeprefix("+")
    sign = text[: len(text) - len(body)]
    whole, point, part = body.partition(".")
    if not (whole.isascii() and whole.isdecimal()) or (point and not part.isdecimal()):
        return text
    return sign + _grouped(whole) + (decimal_mark() + part if point else "")


def _grouped(whole: str) -> str:
    value = int(whole)
    if value < _GROUPED_FROM:
        return whole
    size = 2 if _locale.language() in (QLocale.Language.Hindi, QLocale.Language.Bengali) else 3
    groups, rest = [whole[-3:]], whole[:-3]
    while rest:
        groups.append(rest[-size:])
        rest = rest[:-size]
    return group_mark().join(reversed(groups))


def plain(typed: str) -> str:
    """A number that a person typed, in any digits, as a plain decimal number; "" when it could mean two numbers.

    "1.500" is one thousand five hundred to half of the world and one and a half to the other: it is not guessed.
    """
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in typed.strip())
    text = text.replace("٫", ".").replace("٬", " ")
    whole, *decimals = re.split(r"(?=[.,][^.,]*$)", text) if re.search(r"\s", text) else [text]
    if re.search(r"\s", whole):
        if not _are_groups(re.split(r"\s", whole)):
            return ""
        text = re.sub(r"\s", "", whole) + "".join(decimals)
    marks = [sign for sign in text if sign in ".,"]
    if not marks:
        return text
    own = decimal_mark()
    if len(marks) == 1 and marks[0] == own:
        return text.replace(own, ".")
    if len(marks) == 1 and marks[0] != own:
        whole, _, part = text.partition(marks[0])
        return "" if len(part) == 3 and whole not in ("", "0") else f"{whole}.{part}"
    whole, _, part = text.partition(own)
    if part.isdecimal() or own not in text:
        groups = whole.split(group_mark())
        if _are_groups(groups):
            return "".join(groups) + (f".{part}" if part else "")
    return ""


def _are_groups(groups: list[str]) -> bool:
    """Whether thousands are parted as some language does: 12,345,678 or 1,23,45,678."""
    first, *middle, last = groups
    right = first.isdecimal() and len(first) <= 3 and last.isdecimal() and len(last) == 3
    return right and all(group.isdecimal() and len(group) in (2, 3) for group in middle)


def date(moment: QDateTime | QDate, pattern: str) -> str:
    """`moment` in the language's words; pattern: as Qt writes it, such as "d MMM yyyy"."""
    text = _locale.toString(moment, pattern.replace(",", "\u060c") if from_the_right() else pattern)
    zero = _locale.zeroDigit()
    if zero == "0":
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
