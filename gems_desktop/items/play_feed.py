# SPDX-License-Identifier: Apache-2.0
"""What goes to the sound device next, and which second of the recording is heard; pure, so that it can be tested."""

from gems_desktop.decoding.media_facts import Pcm
from gems_desktop.items.tempo import Tempo

#: Seconds asked for at once, and the least that is to lie ready.
BLOCK_S, AHEAD_S = 2.0, 2.5


class PlayFeed:
    """The stretch from `start_s` to `end_s`, played at `tempo`.

    Give it what `wants` names through `put`, take what is to be played with `take`, and ask `heard` where that is.
    """

    def __init__(self, start_s: float, end_s: float, tempo: float) -> None:
        self.start_s, self.end_s, self.tempo = start_s, end_s, tempo
        self._next_s = start_s  # up to where samples were put
        self._rate, self._channels = 0, 0
        self._ready = bytearray()  # stretched, not yet taken
        self._stretch: Tempo | None = None
        self._complete = start_s >= end_s

    @property
    def channels(self) -> int:
        """Channels of what is taken; 0 as long as nothing was put."""
        return self._channels

    @property
    def finished(self) -> bool:
        """Whether everything was taken."""
        return self._complete and not self._ready

    def wants(self) -> tuple[float, float] | None:
        """The next start and length in seconds to put, None while enough lies ready."""
        if self._complete:
            return None
        if self._rate and len(self._ready) / (2 * self._channels * self._rate) > AHEAD_S / 2:
            return None
        return self._next_s, min(BLOCK_S, max(0.01, self.end_s - self._next_s))

    def put(self, block: Pcm) -> None:
        """Add the samples that were wanted; those of another place are ignored."""
        if self._complete or abs(block.start_s - self._next_s) > 0.5 / block.rate:
            return
        if self._stretch is None:
            self._rate, self._channels = block.rate, block.channels
            self._stretch = Tempo(block.rate, block.channels, self.tempo)
        size = 2 * self._channels
        most = max(0, round((self.end_s - self._next_s) * self._rate)) * size
        data = block.data[:most]
        self._next_s += len(data) / size / self._rate
        self._complete = block.final or len(block.data) >= most or not block.data
        self._ready += self._stretch.feed(data, self._complete)

    def take(self, most: int) -> bytes:
        """Up to `most` bytes to be played, whole samples."""
        size = 2 * max(1, self._channels)
        data = bytes(self._ready[: most // size * size])
        del self._ready[: len(data)]
        return data

    def heard(self, played_s: float) -> float:
        """The second of the recording that is heard after `played_s` seconds came out of the device."""
        return min(self.end_s, self.start_s + played_s * self.tempo)
