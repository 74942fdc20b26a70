# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a carry file or its reply, each with what is safe and what to do."""

from __future__ import annotations

from gems_protocol.errors import GemsError

_KEPT = "Your work is stored on this computer; nothing was changed."


class NoCarryKey(GemsError):
    """The platform's key was never fetched, or it is too old."""

    def __init__(self, old: bool) -> None:
        what = "The platform's key for carry files is not here."
        if old:
            what = "The platform's key for carry files is too old."
        super().__init__(what, safe=_KEPT, action="Connect this computer to a network once, for a minute.")


class StickUnwritable(GemsError):
    """The stick is full or cannot be written."""

    retryable = True

    def __init__(self, full: bool) -> None:
        what = "The file cannot be written there."
        if full:
            what = "There is no room for the file."
        super().__init__(
            what,
            safe="No half file was left behind, and your work is stored on this computer.",
            action="Free some space, or choose another folder or stick.",
        )


class OtherFileThere(GemsError):
    """Something else has the chosen name."""

    def __init__(self) -> None:
        super().__init__(
            "Another kind of file has this name.", safe="It was not touched.", action="Choose another name."
        )


class FileUnreadable(GemsError):
    """The file is not there or cannot be read."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The file cannot be read.", safe=_KEPT, action="Check the stick and the name of the file."
        )


class WrongFile(GemsError):
    """It is a file of another kind."""

    def __init__(self, message: str = "This is not a carry file, or it was cut off.") -> None:
        super().__init__(message, safe=_KEPT, action="Choose the file that belongs here.")


class ChangedFile(GemsError):
    """A reply was changed or damaged on its way, or is not the platform's."""

    def __init__(self) -> None:
        super().__init__(
            "This reply was changed or damaged on its way, so it was refused.",
            safe=_KEPT,
            action="Ask for the reply once more; your own file may be sent again without harm.",
        )


class OthersReply(GemsError):
    """A reply to a file that was not written here, or long ago."""

    def __init__(self) -> None:
        super().__init__(
            "This reply belongs to another person's file, or to one that you wrote long ago.",
            safe=_KEPT,
            action="Ask for the reply to your newest file, or write a new one.",
        )
