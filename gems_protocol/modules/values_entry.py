# SPDX-License-Identifier: Apache-2.0
"""Values of what is typed or set: text, a rating, a number, a date or time, a message of a chat."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction

from gems_protocol.modules import limits
from gems_protocol.modules.tree import Node
from gems_protocol.modules.values_base import Subject, Value, fields, refuse, whole, words

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_LARGEST = 2**53 - 1  # what every reader of JSON holds exactly
_DIRECTIVES = frozenset("YmdHMSyjBbAaIpf%")  # of strftime, as both Label Studio and Python read them
_MOMENT = 64  # characters of a date or time
ROLES = frozenset({"user", "assistant", "system", "tool", "developer"})


def text(value: Value, subject: Subject) -> None:
    """{"text": [entry]}."""
    texts = value["text"]
    if type(texts) is not list or not 0 < len(texts) <= limits.TYPED_ENTRIES:
        raise refuse("holds no typed text")
    for entry in texts:
        words(entry, limits.TYPED_LENGTH, "holds a typed text that is empty or too long")
    most = subject.control.number("maxSubmissions", limits.TYPED_ENTRIES)
    if len(texts) > max(most, 1):
        raise refuse("holds more entries than the module allows")


def rating(value: Value, subject: Subject) -> None:
    """{"rating": 0 to maxRating}."""
    whole(value["rating"], 0, subject.control.number("maxRating", 5), "holds no rating that the module has")


def setting(control: Node, name: str) -> Fraction | None:
    """A number among a control's attributes; none where it is left out or not plain."""
    given = control.get(name).strip()
    return Fraction(given) if _NUMBER.fullmatch(given) else None


def number(value: Value, subject: Subject) -> None:
    """{"number": n} within min and max, on the steps from min when there is a step."""
    given = value["number"]
    if type(given) not in (int, float) or not -_LARGEST <= given <= _LARGEST:
        raise refuse("holds no number")
    exact = Fraction(str(given))
    least, most, step = (setting(subject.control, name) for name in ("min", "max", "step"))
    if (least is not None and exact < least) or (most is not None and exact > most):
        raise refuse("holds a number that the module does not allow")
    if step is not None and step > 0 and (exact - (least or 0)) % step:
        raise refuse("holds a number between the module's steps")


def moment_format(control: Node) -> str:
    """How a DateTime writes: its own format, a time alone, a date alone, or both."""
    only = control.words("only")
    if only == ("time",):
        return "%H:%M"
    if control.get("format"):
        return control.get("format")
    return "%Y-%m-%dT%H:%M" if not only or "time" in only else "%Y-%m-%d"


def moment(value: Value, subject: Subject) -> None:
    """{"datetime": text in the control's format} within min and max."""
    given = value["datetime"]
    words(given, _MOMENT, "holds no date or time")
    form = moment_format(subject.control)
    if not set(re.findall(r"%(.)", form, re.DOTALL)) <= _DIRECTIVES:
        return  # written in a way that only Label Studio reads
    try:
        read = datetime.strptime(given, form)  # noqa: DTZ007 - a date on paper has no zone
    except (ValueError, re.error) as error:
        raise refuse("holds a date or time that is not written as the module asks") from error
    if subject.control.words("only") == ("time",):
        return
    for bound, wrong in (("min", -1), ("max", 1)):
        limit = subject.control.get(bound)
        day = f"{read.year:04}" if len(limit) == 4 else f"{read.year:04}-{read.month:02}-{read.day:02}"
        if limit and ((day > limit) - (day < limit)) == wrong:
            raise refuse("holds a date that the module does not allow")


def message(value: Value, subject: Subject) -> None:
    """{"chatmessage": {"role", "content", "createdAt"?: milliseconds}}."""
    fields(value, "chatmessage")
    said = value["chatmessage"]
    if type(said) is not dict:
        raise refuse("holds no message")
    fields(said, "role content", "createdAt")
    roles = ROLES | set(subject.control.words("messageRoles"))
    if type(said["role"]) is not str or said["role"] not in roles:
        raise refuse("is a message of a role that the chat does not have")
    words(said["content"], limits.TEXT_LENGTH, "holds a message that is empty or too long")
    if "createdAt" in said:
        whole(said["createdAt"], 0, _LARGEST, "holds a message of no time")
