# SPDX-License-Identifier: Apache-2.0
"""Players of one task that go together (`sync`): one plays, pauses or is moved, and the others follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from shiboken6 import isValid

if TYPE_CHECKING:
    from gems_protocol.modules import Node

APART_S = 0.3  # seconds that two may drift before one is moved


@dataclass(frozen=True)
class _Member:
    player: Any  # a SoundPlayer or a MoviePlayer
    moved: Any
    names: frozenset[str]


class Sync(QObject):
    """The players of the task on the screen. Two belong together when one names the other, or both the same name."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._members: list[_Member] = []
        self._busy = False

    def forget(self) -> None:
        """Another task is opened: all are silent, and nobody belongs to anybody."""
        members, self._members = self._members, []
        for member in members:
            if isValid(member.player):
                member.player.playingChanged.disconnect(self._on_playing)
                member.moved.disconnect(self._on_moved)
                member.player.pause()
                if len(self._of(member, members)) > 1:
                    _silence(member.player, False)

    @staticmethod
    def _of(member: _Member, members: list[_Member]) -> list[_Member]:
        return [one for one in members if one is member or one.names & member.names]

    def join(self, player: Any, moved: Any, node: Node) -> None:
        """Let a player take part; `moved` is its signal of a new position."""
        if any(member.player is player for member in self._members):
            return
        words = node.get("sync").strip()
        names = frozenset({node.name, words}) if words else frozenset[str]()
        player.playingChanged.connect(self._on_playing)
        moved.connect(self._on_moved)
        self._members.append(_Member(player, moved, names))
        self._hear_one(player)

    def _hear_one(self, player: Any) -> None:
        """Of those that go together one is heard: the first recording, else the first film."""
        group = [one.player for one in self._members if one.player is player]
        group = self._others(player) + group
        if len(group) < 2:
            return
        order = [one.player for one in self._members if one.player in group]
        heard = next((each for each in order if not hasattr(each, "muted")), order[0])
        for each in order:
            _silence(each, each is not heard)

    def leads(self, player: Any) -> bool:
        """Whether this player has the task's keys: the first one."""
        return bool(self._members) and self._members[0].player is player

    def _others(self, player: Any) -> list[Any]:
        mine = next((one.names for one in self._members if one.player is player), frozenset[str]())
        return [one.player for one in self._members if one.player is not player and one.names & mine]

    def _on_playing(self) -> None:
        player: Any = self.sender()
        if self._busy or player is None:
            return
        self._busy = True
        for other in self._others(player):
            if player.playing:
                other.rate = player.rate
                other.seek(player.position)
                other.play()
            else:
                other.pause()
        self._busy = False

    def _on_moved(self) -> None:
        player: Any = self.sender()
        if self._busy or player is None:
            return
        self._busy = True
        order = [member.player for member in self._members]
        for other in self._others(player):
            follows = not other.playing or order.index(player) < order.index(other)
            if follows and abs(other.position - player.position) > (APART_S if other.playing else 0.0):
                other.seek(player.position)
        self._busy = False


def _silence(player: Any, silent: bool) -> None:
    if hasattr(player, "muted"):
        player.muted = silent
    else:
        player.volume = 0.0 if silent else 1.0
