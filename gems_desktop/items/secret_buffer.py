# SPDX-License-Identifier: Apache-2.0
"""Letters of a secret in memory that is overwritten; never a Python string as a whole."""

#: Letters a secret may have: 24 seed words of any language fit, decomposed too, and so does any password.
CAPACITY = 512
_WIDTH = 4


class SecretBuffer:
    """Up to CAPACITY code points in a bytearray that is never moved, so that wiping it wipes the only copy."""

    def __init__(self) -> None:
        self._store = bytearray(CAPACITY * _WIDTH)
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def insert(self, at: int, letter: str) -> bool:
        """Put one letter at position `at`; False when full."""
        if self._length >= CAPACITY:
            return False
        start, end = at * _WIDTH, self._length * _WIDTH
        self._store[start + _WIDTH : end + _WIDTH] = self._store[start:end]
        self._store[start : start + _WIDTH] = ord(letter).to_bytes(_WIDTH, "big")
        self._length += 1
        return True

    def remove(self, at: int) -> None:
        """Take away the letter at position `at`."""
        start, end = at * _WIDTH, self._length * _WIDTH
        self._store[start : end - _WIDTH] = self._store[start + _WIDTH : end]
        self._store[end - _WIDTH : end] = bytes(_WIDTH)
        self._length -= 1

    def letter(self, at: int) -> str:
        """The letter at position `at`."""
        return chr(int.from_bytes(self._store[at * _WIDTH : (at + 1) * _WIDTH], "big"))

    def utf8(self) -> bytearray:
        """The whole as UTF-8 in a bytearray of the caller's, to be overwritten after use."""
        out = bytearray()
        for at in range(self._length):
            out += self.letter(at).encode("utf-8")
        return out

    def wipe(self) -> None:
        """Overwrite everything."""
        for at in range(len(self._store)):
            self._store[at] = 0
        self._length = 0
