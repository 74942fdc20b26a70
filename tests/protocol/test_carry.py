# SPDX-License-Identifier: Apache-2.0
"""A carry file opens for one key, whole and unchanged, and says nothing to anybody else."""

from __future__ import annotations

import json
import os
import zlib

import pytest
from eth_utils.crypto import keccak
from hypothesis import given
from hypothesis import strategies as st

from gems_protocol import carry
from gems_protocol.errors import GemsError, MalformedMessage
from gems_protocol.messages import Carry, Domain
from gems_protocol.signature import address_of

KEY = b"\x07" * 32
DOMAIN = Domain("GemCampaigns", 31337, "0x" + "33" * 20)
PRIVATE, REPLY = os.urandom(32), os.urandom(32)
CONTENT = {
    "batches": [{"kind": "work", "body": {"secret words": "the cat sat on the mat " * 40}}],
    "after": 7,
}


def file_of(content: dict[str, object] = CONTENT) -> bytes:
    packed = carry.pack(content)
    message = Carry(keccak(packed), carry.public_key(REPLY), 1, 1_800_000_000)
    return carry.seal(carry.OUT, carry.public_key(PRIVATE), message, message.sign(DOMAIN, KEY), packed)


def test_what_was_sealed_is_opened_and_says_who_signed_it() -> None:
    found = carry.open_out(carry.read(file_of(), carry.OUT), PRIVATE)
    assert carry.unpack(found.content) == CONTENT
    assert found.message.signer(DOMAIN, found.signature) == address_of(KEY)
    assert found.message.reply_key == carry.public_key(REPLY)


def test_two_files_of_the_same_content_have_nothing_in_common_but_their_size_and_beginning() -> None:
    one, two = file_of(), file_of()
    begin = len(carry.read(one, carry.OUT).header)
    assert len(one) == len(two) and one[:begin] == two[:begin] and one[begin:] != two[begin:]
    assert len(file_of({"after": 1})) == len(one), "small differences of size are not to be seen"


def test_the_courier_reads_nothing_of_it() -> None:
    data = file_of()
    packed = carry.pack(CONTENT)
    for plain in (b"secret words", b"the cat sat", packed[:16], address_of(KEY)[2:].encode(), b"after"):
        assert plain not in data
    control = b"".join((carry.OUT, json.dumps(CONTENT).encode()))
    assert b"secret words" in control, "the search finds what is there to be found"


def test_each_changed_byte_is_noticed() -> None:
    data = file_of()
    head = len(carry.read(data, carry.OUT).header)
    places = [*range(head + 48), *range(head + 48, len(data), 97), *range(len(data) - 20, len(data))]
    for place in places:
        for flip in (1, 0x80):
            changed = bytearray(data)
            changed[place] ^= flip
            with pytest.raises(GemsError):
                carry.open_out(carry.read(bytes(changed), carry.OUT), PRIVATE)


@pytest.mark.parametrize("cut", [0, 1, 12, 17, 60, 110, 200, -1, -16])
def test_a_file_that_was_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(GemsError):
        carry.open_out(carry.read(file_of()[:cut], carry.OUT), PRIVATE)


def test_another_key_another_kind_and_an_added_byte_are_refused() -> None:
    data = file_of()
    with pytest.raises(carry.NotOpened):
        carry.open_out(carry.read(data, carry.OUT), REPLY)
    with pytest.raises(carry.NotOpened):
        carry.open_out(carry.read(data + b"\0", carry.OUT), PRIVATE)
    with pytest.raises(MalformedMessage):
        carry.read(data, carry.REPLY)
    with pytest.raises(MalformedMessage):  # a worker's message where the platform's must stand
        carry.open_reply(carry.read(data, carry.OUT), PRIVATE)


def test_the_content_is_the_one_that_was_signed() -> None:
    message = Carry(keccak(b"another"), carry.public_key(REPLY), 1, 1)
    packed = carry.pack(CONTENT)
    data = carry.seal(carry.OUT, carry.public_key(PRIVATE), message, message.sign(DOMAIN, KEY), packed)
    with pytest.raises(MalformedMessage):
        carry.open_out(carry.read(data, carry.OUT), PRIVATE)


def test_a_bomb_a_second_part_and_what_is_no_object_are_refused() -> None:
    packed = carry.pack(CONTENT)
    bomb = zlib.compress(b"0" * (carry.MAX_CONTENT + 1))
    for bad in (bomb, packed + b"x", packed[:-1], b"", zlib.compress(b"[]"), zlib.compress(b'{"a":1,"a":2}')):
        with pytest.raises(MalformedMessage):
            carry.unpack(bad)


def test_what_is_too_large_is_not_written() -> None:
    noise = os.urandom(3_100_000).hex() + os.urandom(3_100_000).hex()
    packed = carry.pack({"noise": noise})
    message = Carry(keccak(packed), carry.public_key(REPLY), 1, 1)
    sealed = carry.seal(carry.OUT, carry.public_key(PRIVATE), message, bytes(65), packed)
    assert carry.open_out(carry.read(sealed, carry.OUT), PRIVATE).content == packed
    larger = carry.pack({"noise": noise + os.urandom(1_500_000).hex()})
    message = Carry(keccak(larger), carry.public_key(REPLY), 1, 1)
    with pytest.raises(MalformedMessage):
        carry.seal(carry.OUT, carry.public_key(PRIVATE), message, bytes(65), larger)


@given(st.binary(max_size=400))
def test_nothing_but_its_own_faults_comes_of_noise(noise: bytes) -> None:
    for data in (noise, carry.OUT + noise, carry.read(file_of(), carry.OUT).header + noise):
        with pytest.raises(GemsError):
            carry.open_out(carry.read(data, carry.OUT), PRIVATE)
