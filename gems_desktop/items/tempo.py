# SPDX-License-Identifier: Apache-2.0
"""Sound faster or slower at the same pitch: short pieces laid over one another where they fit best (WSOLA).

Plain Python is fast enough because only the seams are computed: about a sixth of the samples.
"""

from array import array
from math import sqrt
from operator import mul

#: Milliseconds of a piece, of the seam between two, and of the search for the place where they fit.
PIECE_MS, SEAM_MS, SEARCH_MS = 60, 8, 15
#: Every so many samples are compared in the search: speech's voices lie below 3 kHz.
_THIN = 8
#: Offsets tried at first, and how closely around the best afterwards.
_STEP = 8


class Tempo:
    """16-bit samples in, the same `tempo` times as fast out, channels interleaved."""

    def __init__(self, rate: int, channels: int, tempo: float) -> None:
        self._channels = channels
        self._tempo = tempo
        self._piece, self._seam, self._search = (rate * ms // 1000 for ms in (PIECE_MS, SEAM_MS, SEARCH_MS))
        self._rise = [n / self._seam for n in range(self._seam) for _ in range(channels)]
        self._held = array("h")
        self._tail = array("h")
        self._skipped = 0.0

    def feed(self, data: bytes, last: bool = False) -> bytes:
        """The samples that come out when `data` goes in; `last` lets out what is held back."""
        if self._tempo == 1.0:
            return data
        self._held.frombytes(data)
        out = array("h")
        # Enough for one piece wherever it fits, and for the way to the next.
        way = int((self._piece - self._seam) * self._tempo) + 2
        need = max(self._piece + self._search, way) * self._channels
        while len(self._held) >= need:
            self._one(out)
        if last and self._held:
            # Silence behind the end, so that the last samples are pieces like any other.
            self._held.extend([0] * need)
            while len(self._held) > need:
                self._one(out)
            self._held, self._tail = array("h"), array("h")
        return out.tobytes()

    def _one(self, out: "array[int]") -> None:
        """Lay one piece over what came before, and go on in the input."""
        width = self._channels
        at = self._best() * width if self._tail else 0
        seam, body = self._seam * width, (self._piece - self._seam) * width
        head = self._held[at : at + seam]
        if self._tail:
            out.extend(
                int(old + (new - old) * rise)
                for old, new, rise in zip(self._tail, head, self._rise, strict=True)
            )
        else:
            out.extend(head)
        out.extend(self._held[at + seam : at + body])
        self._tail = self._held[at + body : at + body + seam]
        self._skipped += (self._piece - self._seam) * self._tempo
        step = int(self._skipped)
        self._skipped -= step
        del self._held[: step * width]

    def _best(self) -> int:
        """The place in the input, in samples, that goes on most like the tail."""
        room = min(self._search, len(self._held) // self._channels - self._piece)
        if room <= 0:
            return 0
        first = self._held[:: self._channels]
        tail = self._tail[:: self._channels][::_THIN]

        def likeness(offset: int) -> float:
            part = first[offset : offset + self._seam : _THIN]
            energy = sum(map(mul, part, part))
            return sum(map(mul, part, tail)) / sqrt(energy) if energy else 0.0

        rough = max(range(0, room, _STEP), key=likeness)
        return max(range(max(0, rough - _STEP + 2), min(room, rough + _STEP), 2), key=likeness)
