# SPDX-License-Identifier: Apache-2.0
"""The whole of a recording from afar: the lowest and highest sample of every hundredth of a second, as far as read."""

from array import array

from gems_desktop.decoding.media_facts import Peaks
from gems_desktop.decoding.media_limits import ENVELOPE_STEPS, MAX_DURATION_S

#: Steps that are taken together for views from farther away.
_COARSE = 20


class Overview:
    """Grows as the recording is read; answers views of any stretch of it."""

    def __init__(self) -> None:
        self.channels = 0
        self.steps = 0
        self.complete = False
        self._fine: list[tuple[array[int], array[int]]] = []
        self._coarse: list[tuple[array[int], array[int]]] = []

    @property
    def known_s(self) -> float:
        """Up to where the recording is read."""
        return self.steps / ENVELOPE_STEPS

    def add(self, channels: int, data: bytes, final: bool) -> None:
        """Append steps as the worker sends them. Raises ValueError when they do not fit together."""
        numbers = array("h", data)
        if not 0 < channels <= 2 or len(numbers) % (2 * channels) or (self.channels or channels) != channels:
            raise ValueError("the parts of the overview do not fit together")
        count = len(numbers) // (2 * channels)
        if self.steps + count > (MAX_DURATION_S + 1) * ENVELOPE_STEPS:
            raise ValueError("the overview is too long")
        if not self.channels:
            self.channels = channels
            self._fine = [(array("h"), array("h")) for _ in range(channels)]
            self._coarse = [(array("h"), array("h")) for _ in range(channels)]
        for channel, (low, high) in enumerate(self._fine):
            low.extend(numbers[2 * channel :: 2 * channels])
            high.extend(numbers[2 * channel + 1 :: 2 * channels])
        self.steps += count
        self.complete = final
        for (low, high), (coarse_low, coarse_high) in zip(self._fine, self._coarse, strict=True):
            for at in range(len(coarse_low) * _COARSE, self.steps, _COARSE):
                if at + _COARSE > self.steps:
                    break
                coarse_low.append(min(low[at : at + _COARSE]))
                coarse_high.append(max(high[at : at + _COARSE]))

    def view(self, start_s: float, end_s: float, buckets: int) -> Peaks:
        """The stretch in `buckets` parts; zeros where nothing is read yet."""
        first, span = start_s * ENVELOPE_STEPS, (end_s - start_s) * ENVELOPE_STEPS
        far = span / buckets >= 2 * _COARSE
        size = _COARSE if far else 1
        edges = [(first + span * n / buckets) / size for n in range(buckets + 1)]
        lows, highs = [], []
        for low, high in self._coarse if far else self._fine:
            out_low, out_high = array("h", bytes(2 * buckets)), array("h", bytes(2 * buckets))
            for n in range(buckets):
                begin = max(0, int(edges[n]))
                part = low[begin : max(begin + 1, int(edges[n + 1]))]
                if part:
                    out_low[n] = min(part)
                    out_high[n] = max(high[begin : begin + len(part)])
            lows.append(out_low)
            highs.append(out_high)
        return Peaks(start_s, end_s, tuple(lows), tuple(highs), self.known_s, self.complete)
