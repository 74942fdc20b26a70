# SPDX-License-Identifier: Apache-2.0
"""Strict schemas before hashing: whatever is wrong with a field, nothing is signed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_desktop.services.signing import SIGNABLE, SignerConfig
from gems_desktop.signer.operations import Keyholder
from gems_desktop.signer.releasing import batch_of
from gems_desktop.signer.sentences import MEANINGS, Question
from gems_desktop.signer.steps import StepDebit, step_debit
from gems_protocol import merkle
from gems_protocol.amount import Amount
from gems_protocol.errors import GemsError
from gems_protocol.messages import BatchRelease, Debit, Domain, Message, Release, task_key
from gems_protocol.signature import address_of
from gems_protocol.typed_data import _schema
from gems_protocol.unbonding import step_hash

KEY = b"\x07" * 32
OWN = address_of(KEY)
RELAYER = "0x" + "77" * 20
HUB = "0x" + "88" * 20
RELEASES: dict[str, Any] = {
    "tasks": [["0x" + "ab" * 32, 7, 0], ["0x" + "ab" * 32, 7, 1]],
    "batch_id": "0x" + "cd" * 32,
    "sealed_at": 9,
}
CONFIG = SignerConfig(
    str(Path("/nonexistent")), 31337, "0x" + "11" * 20, "0x" + "22" * 20, "localhost:1", "http://localhost:1",
    (RELAYER,), 10**18, "requester", "0x" + "33" * 20, True, 10**30, 0, HUB,
)  # fmt: skip
HOLDER = Keyholder(CONFIG, key=bytearray(KEY))
CONTRACTS = {"GemChannels": CONFIG.channels, "GemCampaigns": CONFIG.campaigns, "Gem": CONFIG.gem}


def good(operation: str) -> dict[str, Any]:
    """Fields that are signed, with the pinned parties in their places."""
    _, schema = _schema(SIGNABLE[operation])
    values: dict[str, Any] = {}
    for _, name, kind in schema:
        if kind == "bytes32":
            values[name] = "0x" + "ab" * 32
        elif kind == "address":
            values[name] = {"relayer": RELAYER, "from": OWN}.get(name, "0x" + "5a" * 20)
        else:
            values[name] = "5" if int(kind[4:]) > 32 else 5
    return values | ({"valid_after": "0"} if operation == "sign_transfer" else {})


@pytest.mark.parametrize("operation", sorted(SIGNABLE))
def test_good_fields_are_signed_in_the_pinned_domain(operation: str) -> None:
    reply, _ = HOLDER.perform(operation, good(operation), bytearray())
    message = SIGNABLE[operation].from_json(good(operation))
    domain = Domain(message.DOMAIN, 31337, CONTRACTS[message.DOMAIN])
    message.check(domain, bytes.fromhex(reply["signature"]), OWN)


def test_every_message_of_the_closed_list_has_its_sentence() -> None:
    assert set(MEANINGS) == {*SIGNABLE.values(), BatchRelease, StepDebit}
    every: dict[type[Message], Message]
    every = {kind: kind.from_json(good(operation)) for operation, kind in SIGNABLE.items()}
    every |= {BatchRelease: batch_of(RELEASES, HUB), StepDebit: step_debit(STEP)}
    for kind, message in every.items():
        asked = MEANINGS[kind](message)
        assert asked.title.english().endswith("?") and asked.yes.english().startswith("Yes")
        assert "{" not in asked.english()


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(max_value=-1),
    st.integers(min_value=1 << 260),
    st.text(max_size=70).filter(lambda text: not text.isdigit()),
    st.text("0123456789abcdefABCDEFx ", max_size=66).filter(
        lambda text: not text.isdigit() and len(text) != 42
    ),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    st.binary(max_size=33),
    st.sampled_from(
        ["0x" + "AB" * 32, "0x" + "ab" * 31, "05", "+5", " 5", "5\n", "٥", "1e3", "0x" + "5A" * 20]
    ),
)


def test_the_signer_builds_the_releases_itself_to_the_pinned_hub() -> None:
    reply, _ = HOLDER.perform("sign_releases", RELEASES, bytearray())
    leaves = [Release(task_key(b"\xab" * 32, 7, attempt), HUB).struct_hash() for attempt in (0, 1)]
    message = BatchRelease(merkle.root(leaves), 2, b"\xcd" * 32, 9)
    signature = bytes.fromhex(reply["signature"])
    message.check(Domain("GemCampaigns", 31337, CONFIG.campaigns), signature, OWN)
    for other in (replace(message, root=merkle.root(leaves[:1])), replace(message, count=1)):
        with pytest.raises(GemsError):  # the control: nothing else is signed with it
            other.check(Domain("GemCampaigns", 31337, CONFIG.campaigns), signature, OWN)


def test_releases_to_nobody_or_to_a_hub_of_the_caller_are_refused() -> None:
    nobody = Keyholder(replace(CONFIG, hub_payer=""), key=bytearray(KEY))
    task = ["0x" + "ab" * 32, 7, 0]
    for holder, fields in (
        (nobody, RELEASES),
        (HOLDER, {**RELEASES, "to": "0x" + "66" * 20}),
        (HOLDER, {**RELEASES, "tasks": []}),
        (HOLDER, {**RELEASES, "tasks": [task, task]}),
        (HOLDER, {**RELEASES, "tasks": [["0x" + "ab" * 32, number, 0] for number in range(1001)]}),
        (HOLDER, {**RELEASES, "tasks": [[*task, "0x" + "66" * 20]]}),
        (HOLDER, {**RELEASES, "tasks": [["0x" + "ab" * 32, 1 << 32, 0]]}),
        (HOLDER, {**RELEASES, "tasks": [["0x" + "ab" * 32, 0, 256]]}),
        (HOLDER, {**RELEASES, "sealed_at": 1 << 64}),
        (HOLDER, {name: RELEASES[name] for name in ("tasks", "batch_id")}),
    ):
        with pytest.raises(GemsError):
            holder.perform("sign_releases", fields, bytearray())


@settings(max_examples=60)
@given(st.sampled_from(sorted(RELEASES)), st.integers(0, 3), st.data())
def test_a_wrong_value_anywhere_in_releases_is_refused(name: str, place: int, data: st.DataObject) -> None:
    wrong: Any = data.draw(junk)
    if name == "tasks" and place < 3:
        task: list[Any] = ["0x" + "ab" * 32, 7, 0]
        task[place] = wrong
        wrong = [task]
    with pytest.raises(GemsError):
        HOLDER.perform("sign_releases", {**RELEASES, name: wrong}, bytearray())


@settings(max_examples=150)
@given(st.sampled_from(sorted(SIGNABLE)), st.data())
def test_a_wrong_value_anywhere_is_refused(operation: str, data: st.DataObject) -> None:
    fields = good(operation)
    name = data.draw(st.sampled_from(sorted(fields)))
    wrong = data.draw(junk)
    with pytest.raises(GemsError):
        HOLDER.perform(operation, {**fields, name: wrong}, bytearray())


@settings(max_examples=60)
@given(st.sampled_from(sorted(SIGNABLE)), st.text(min_size=1, max_size=12), st.booleans())
def test_a_key_too_many_or_too_few_is_refused(operation: str, extra: str, drop: bool) -> None:
    fields = good(operation)
    if drop:
        fields.pop(sorted(fields)[len(extra) % len(fields)])
    elif extra in fields:
        return
    else:
        fields[extra] = "0"
    with pytest.raises(GemsError):
        HOLDER.perform(operation, fields, bytearray())


def test_numbers_above_their_type_are_refused() -> None:
    for operation, kind in SIGNABLE.items():
        _, schema = _schema(kind)
        for _, name, abi in schema:
            if abi.startswith("uint"):
                bits = int(abi[4:])
                value: Any = str(1 << bits) if bits > 32 else 1 << bits
                with pytest.raises(GemsError):
                    HOLDER.perform(operation, {**good(operation), name: value}, bytearray())


def test_the_control_without_a_schema_would_sign_what_is_wrong() -> None:
    """What a common library does with short bytes, text for numbers and unknown keys: it signs them."""
    from eth_account import Account
    from eth_account.messages import encode_typed_data

    types = {"Debit": [{"name": "channelId", "type": "bytes32"}, {"name": "debited", "type": "uint96"}]}
    signed = Account.sign_message(
        encode_typed_data({"chainId": 1}, types, {"channelId": "0xab", "debited": "5"}), KEY
    )
    assert len(signed.signature) == 65


anything = st.one_of(junk, st.text(max_size=40), st.integers(), st.sampled_from(["english", "keyring", "en"]))


@settings(max_examples=200)
@given(st.sampled_from(sorted(HOLDER.operations - {"close"})), st.data())
def test_no_request_ends_the_signer(operation: str, data: st.DataObject) -> None:
    """Whatever comes, the answer is a result or a fault in words; an exception would end the process."""
    holder = Keyholder(CONFIG, key=bytearray(KEY))
    wanted = holder._table[operation][0] if operation in holder._table else frozenset(good(operation))
    fields = {name: data.draw(anything) for name in sorted(wanted)}
    secret = bytearray(data.draw(st.binary(max_size=60)))
    try:
        reply, _ = holder.perform(operation, fields, secret)
    except GemsError:
        return
    assert isinstance(reply, dict)


STEP: dict[str, Any] = {"channel_id": "0x" + "ab" * 32, "step": 3, "debited": "70"}


def test_the_signer_builds_a_step_out_of_the_bond_itself() -> None:
    reply, _ = HOLDER.perform("sign_step", STEP, bytearray())
    channel, signature = b"\xab" * 32, bytes.fromhex(reply["signature"])
    domain = Domain("GemChannels", 31337, CONFIG.channels)
    Debit(channel, 70, step_hash(channel, 3)).check(domain, signature, OWN)
    for other in (Debit(channel, 70, step_hash(channel, 4)), Debit(channel, 70, bytes(32))):
        with pytest.raises(GemsError):  # the control: nothing else is signed with it
            other.check(domain, signature, OWN)
    with pytest.raises(GemsError):  # what it names is never given
        HOLDER.perform("sign_step", {**STEP, "assignment_hash": "0x" + "00" * 32}, bytearray())


@settings(max_examples=40)
@given(st.sampled_from(sorted(STEP)), junk)
def test_a_wrong_value_anywhere_in_a_step_is_refused(name: str, wrong: Any) -> None:
    with pytest.raises(GemsError):
        HOLDER.perform("sign_step", {**STEP, name: wrong}, bytearray())
    for number in (0, 1 << 32):
        with pytest.raises(GemsError):
            HOLDER.perform("sign_step", {**STEP, "step": number}, bytearray())


def test_a_step_is_within_the_daily_limit_or_asked_for_as_what_it_is() -> None:
    """A stake of the application waits after a no; a step, which a person asked for, is asked for again."""
    asked: list[str] = []

    class No:
        def ask(self, question: Question, looks: dict[str, Any]) -> bool:
            asked.append(question.english())
            return False

    holder = Keyholder(replace(CONFIG, daily_limit=100), key=bytearray(KEY), confirmer=No())
    holder.perform("sign_step", STEP, bytearray())
    assert asked == []
    for count in (1, 2):
        with pytest.raises(GemsError):
            holder.perform("sign_step", {**STEP, "step": 4, "debited": "140"}, bytearray())
        assert len(asked) == count
    assert asked[0].startswith("Move a part of your bond") and Amount(70).exact() in asked[0]
