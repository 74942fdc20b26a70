# SPDX-License-Identifier: Apache-2.0
"""The world's faults that a client meets, one class each, so that a screen can tell them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gems_protocol.errors import GemsError
from gems_protocol.reaching import BadNetworkFile as BadNetworkFile
from gems_protocol.reaching import CaptivePortal as CaptivePortal
from gems_protocol.reaching import ChainUnreachable as ChainUnreachable
from gems_protocol.reaching import NotTrusted as NotTrusted
from gems_protocol.reaching import Offline as Offline
from gems_protocol.reaching import PlatformLied as PlatformLied
from gems_protocol.reaching import PlatformRefused as PlatformRefused

if TYPE_CHECKING:
    from gems_desktop.services.facts import Problem


class WrongPassword(GemsError):
    """The vault does not open with this password."""

    def __init__(self) -> None:
        super().__init__(
            "That password does not open this wallet.",
            safe="Nothing was changed. Your wallet is still stored on this computer.",
            action="Type it again; check Caps Lock and the keyboard. Your seed words also bring it back.",
        )


class BadSeedWords(GemsError):
    """The words are not a seed phrase. `positions` are 1-based places of unknown words; never the words."""

    def __init__(self, positions: tuple[int, ...] = (), count: int = 12) -> None:
        if count not in (12, 15, 18, 21, 24):
            what = f"A seed phrase has 12, 15, 18, 21 or 24 words; here are: {count}"
        elif positions:
            places = ", ".join(str(place) for place in positions)
            what = f"These places do not hold a word of the list: {places}."
        else:
            what = "All words are in the list, but together they are no seed phrase: one is wrong or moved."
        super().__init__(
            what,
            safe="Nothing was changed and the words were not kept.",
            action="Compare them with what you wrote down, word by word, in order.",
        )
        self.positions = positions
        self.count = count


class NoWallet(GemsError):
    """There is no wallet in this profile yet."""

    def __init__(self) -> None:
        super().__init__("There is no wallet here yet.", action="Make one, or bring one back from its words.")


class WalletExists(GemsError):
    """A wallet is already stored here and is never written over."""

    def __init__(self) -> None:
        super().__init__(
            "This profile already holds a wallet.",
            safe="It was not touched.",
            action="Use another profile for another wallet.",
        )


class WalletLocked(GemsError):
    """A signature was asked for while the wallet is locked."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The wallet is locked.", safe="Your work is stored.", action="Unlock the wallet and try again."
        )


class VaultDamaged(GemsError):
    """The vault's file cannot be read, or its authentication fails for another reason than the password."""

    def __init__(self) -> None:
        super().__init__(
            "The file that holds your wallet is damaged.",
            safe="It was left as it is. Your money is on the chain and your seed words open it anywhere.",
            action="Bring the wallet back from your seed words in a new profile.",
        )


class NewerVault(VaultDamaged):
    """The vault's file is of a newer version of Gems."""

    def __init__(self) -> None:
        super().__init__()
        self.message = "The file that holds your wallet was written by a newer version of Gems."
        self.action = "Start the newer version, or bring the wallet back from its words in a new profile."


class NoKeyring(GemsError):
    """This system has no keyring that keeps secrets safely."""

    def __init__(self) -> None:
        super().__init__(
            "This computer has no safe keyring, or it is closed.",
            safe="Nothing was stored.",
            action="Protect the wallet with a password instead.",
        )


class SignerRefused(GemsError):
    """The signer does not sign this: it is not among what it may sign, or breaks a limit."""


class SignerGone(GemsError):
    """The process that holds the keys has ended; it is never started again silently with keys."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The part of Gems that keeps your keys has stopped.",
            safe="Your wallet is stored and your work is untouched.",
            action="Unlock the wallet again; if that does not help, start Gems again.",
        )


class ProfileInUse(GemsError):
    """Another instance has this profile open."""

    def __init__(self) -> None:
        super().__init__(
            "Gems is already open with this profile.",
            safe="Nothing was changed.",
            action="Use the window that is already open, or close it first.",
        )


class NewerDatabase(GemsError):
    """A newer version of Gems has written this database.

    version: which one, "" where that is not known. way_back: whether a copy from before the update is there.
    """

    def __init__(self, version: str = "", way_back: bool = False) -> None:
        needed = f"This profile was used by a newer version of Gems: {version} or later is needed."
        action = "Start the newer version, or choose another profile."
        if way_back:
            action = (
                "Start the newer version. Or go on with the copy from before the update; it is asked first."
            )
        super().__init__(
            needed if version else "This profile was used by a newer version of Gems.",
            safe="Nothing in it was changed.",
            action=action,
        )
        self.version, self.way_back = version, way_back


class DiskFull(GemsError):
    """There is no room to write; what was asked was not done, what was saved stays."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The disk is full, so this could not be saved.",
            safe="Everything saved before is still there.",
            action="Free some space and try again.",
        )


class NoRoomToUpdate(DiskFull):
    """There is no room for the copy that is made before the profile is changed for a newer version."""

    def __init__(self) -> None:
        super().__init__()
        self.message = "The disk is too full to bring this profile up to this version of Gems."
        self.safe = "Nothing in it was changed: a copy of it is made first, and there is no room for it."
        self.action = "Free some space and try again, or start the version that you had before."


class NoRoom(GemsError):
    """There is too little room on the disk for the work that was asked for; none of it was taken."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "There is too little room on the disk for this work.",
            safe="Nothing was taken; what you have here is safe and can be finished and sent.",
            action="Free some space, or take fewer tasks.",
        )


class StoreUnreadable(GemsError):
    """The profile cannot be read or written (permissions, a broken disk)."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "The files of this profile cannot be read or written.",
            safe="Nothing was changed.",
            action="Check that the folder of the profile belongs to you and that the disk works.",
        )


class StoreRestored(StoreUnreadable):
    """The database was found damaged while in use and was restored; what was asked for was not done."""

    def __init__(self, told: Problem) -> None:
        super().__init__()
        self.message, self.safe, self.action = told.message, told.safe, told.action


class TowerUnreachable(GemsError):
    """A watch-tower does not answer, or does not take a voucher."""

    retryable = True

    def __init__(self) -> None:
        super().__init__(
            "A watch-tower cannot be reached or did not take the voucher.",
            safe="The voucher is kept on this computer.",
            action="It is tried again; check the tower's address in Settings.",
        )


class MediaDoesNotFit(GemsError):
    """A file's hash is not the one that the task names; it was thrown away."""

    def __init__(self) -> None:
        super().__init__(
            "A picture or file of a task arrived changed or broken.",
            safe="It was not kept, and nothing was opened.",
            action="Try again; if it stays so, give the task back at no cost.",
            retryable=True,
        )


class AnswerIncomplete(GemsError):
    """The answer does not fit what the task asks. `problems` are in words."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__(
            "This answer is not complete yet: " + "; ".join(problems),
            safe="Everything you did is saved.",
            action="Complete it and finish again.",
        )
        self.problems = problems


class NothingToDo(GemsError):
    """What was asked for does not exist any more, or there is nothing of it."""


class BatchRefused(GemsError):
    """A batch from the platform breaks a rule or a limit and was not taken."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"This work was not taken: {what}",
            safe="Nothing was signed and nothing is at stake.",
            action="Choose other work, or try again later.",
        )
