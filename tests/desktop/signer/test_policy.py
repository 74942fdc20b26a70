# SPDX-License-Identifier: Apache-2.0
"""The daily limit, the address book and its delay: what is asked, what is counted, what no edit of a file changes."""

import json
from dataclasses import replace

import pytest

from gems_desktop.services.errors import SignerRefused, WalletLocked
from gems_desktop.services.wallet_errors import BadAddress, NotConfirmed
from gems_desktop.signer import policy_file
from gems_protocol.messages import ClaimAuth, CloseAuth, Debit, Domain
from gems_protocol.transfer import TransferAuth
from tests.desktop.signer.conftest import FRIEND, GEM, NOON, OWN, RELAYER, Bench

CHANNEL, HASH = b"\x0c" * 32, bytes(range(32))
DAY = 86_400


def debit(gems: int, channel: bytes = CHANNEL) -> Debit:
    return Debit(channel, gems * GEM, HASH)


def send(gems: int, to: str = FRIEND) -> TransferAuth:
    return TransferAuth(OWN, to, gems * GEM, 0, NOON + 3_600, HASH)


def claim(to: str, fee: int = 0) -> ClaimAuth:
    return ClaimAuth(CHANNEL, 0, to, RELAYER, fee, NOON + 600)


async def spent(signer: object) -> int:
    return int((await signer.safety())["spent_today"])  # type: ignore[attr-defined]


async def test_stakes_count_by_what_is_new_and_ask_above_the_limit(bench: Bench) -> None:
    signer = await bench.made()
    await signer.sign(debit(60))
    await signer.sign(debit(60))  # the same again costs nothing
    await signer.sign(debit(100))
    assert await spent(signer) == 100 * GEM and bench.person.asked == []
    await signer.sign(debit(101))
    said = bench.person.asked[0].english()
    assert "101.00 GEM" in said and "Of these now: 1.00 GEM" in said and "100.00 GEM is used today" in said
    assert await spent(signer) == 100 * GEM  # what was confirmed uses up nothing
    bench.person.says = False
    with pytest.raises(NotConfirmed):
        await signer.sign(debit(103))
    with pytest.raises(NotConfirmed):  # and does not ask again at once: stakes are put up by the application
        await signer.sign(debit(104))
    assert len(bench.person.asked) == 2
    await signer.sign(debit(101))  # what was signed already may be signed again
    bench.time[0] += DAY
    await signer.sign(debit(104))
    assert await spent(signer) == 3 * GEM


async def test_the_limit_outlives_a_restart_and_a_clock_moved_back(bench: Bench) -> None:
    await (await bench.made()).sign(debit(90))
    bench.time[0] -= 3 * DAY
    again = await bench.reopen()
    assert await spent(again) == 90 * GEM
    bench.time[0] += 2 * DAY  # still yesterday for the clock, the same day for the signer
    await again.sign(debit(99))
    assert await spent(again) == 99 * GEM


async def test_sending_to_an_unknown_address_asks_with_the_exact_fields(bench: Bench) -> None:
    signer = await bench.made()
    message = send(3)
    message.check(Domain("Gem", 31337, bench.config.gem), await signer.sign(message), OWN)
    said = bench.person.asked[0].english()
    assert "3.00 GEM" in said and "not in your address book" in said and "cannot be taken back" in said
    assert "0x 5A5A" in said or "0x 5a5A" in said or "0x 5a5a" in said.lower()
    bench.person.says = False
    for refused in (send(3), claim(FRIEND)):
        with pytest.raises(NotConfirmed):
            await signer.sign(refused)


async def test_a_new_payout_address_waits_its_delay(bench: Bench) -> None:
    signer = await bench.made()
    await signer.add_address("Home", FRIEND)
    assert "Home" in bench.person.asked.pop().english()
    told = await signer.safety()
    assert told["book"] == [{"name": "Home", "address": FRIEND, "added_at": NOON, "usable_at": NOON + DAY}]
    bench.person.says = False
    for message in (send(1), claim(FRIEND)):
        with pytest.raises(NotConfirmed):
            await signer.sign(message)
    assert "not long ago" in bench.person.asked.pop().english()
    bench.person.asked.clear()
    bench.time[0] += DAY
    again = await bench.reopen()
    await again.sign(send(1))
    assert bench.person.asked == [] and await spent(again) == GEM
    with pytest.raises(NotConfirmed):  # known, but above the day's limit
        await again.sign(send(100))
    await again.remove_address(FRIEND)
    with pytest.raises(NotConfirmed):
        await again.sign(send(1))


async def test_the_relayer_gets_its_fee_and_no_more(bench: Bench) -> None:
    signer = await bench.made()
    await signer.sign(send(1, RELAYER))
    assert bench.person.asked == [] and await spent(signer) == GEM
    other = "0x" + "66" * 20
    for bad in (
        send(2, RELAYER),
        send(1, OWN),
        send(0),
        TransferAuth(FRIEND, OWN, GEM, 0, NOON, HASH),
        TransferAuth(OWN, FRIEND, GEM, NOON, NOON, HASH),
        ClaimAuth(CHANNEL, 0, FRIEND, other, 0, NOON),
        claim(OWN, GEM + 1),
    ):
        with pytest.raises(SignerRefused):
            await signer.sign(bad)
    assert bench.person.asked == []  # what is refused is not asked
    without = await bench.configured(gem="").reopen()
    with pytest.raises(SignerRefused):
        await without.sign(send(1))


async def test_only_loosening_asks(bench: Bench) -> None:
    signer = await bench.made()
    bench.person.says = False
    await signer.change_safety(50 * GEM, 2 * DAY)
    for looser in ((51 * GEM, 2 * DAY), (50 * GEM, DAY)):
        with pytest.raises(NotConfirmed):
            await signer.change_safety(*looser)
    assert len(bench.person.asked) == 2
    bench.person.says = True
    await signer.change_safety(70 * GEM, 0)
    told = await (await bench.reopen()).safety()
    assert (told["daily_limit"], told["delay_s"]) == (str(70 * GEM), 0)


async def test_what_is_no_address_and_no_name_never_reaches_the_window(bench: Bench) -> None:
    signer = await bench.made()
    wrong = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"  # one capital is wrong
    for address in (wrong, "0x12", OWN, "0x" + "00" * 20, FRIEND + "5a", ""):
        with pytest.raises(BadAddress):
            await signer.add_address("Home", address)
    for name in ("", "   ", "x" * 200):
        with pytest.raises(SignerRefused):
            await signer.add_address(name, FRIEND)
    assert bench.person.asked == []
    await signer.add_address("Ma\u202erk", " 0x5aAe b605 3F3E 94C9 b9A0 9f33 6694 35E7 Ef1B eAed ")
    told = (await signer.safety())["book"][0]
    assert told["address"] == "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed" and "\u202e" not in told["name"]


@pytest.mark.parametrize("harm", ["edit", "delete", "older", "foreign", "garbage"])
async def test_a_file_that_the_wallet_did_not_write_last_is_noticed(bench: Bench, harm: str) -> None:
    signer = await bench.made()
    path = bench.file("policy.json")
    old = path.read_bytes()
    await signer.add_address("Home", FRIEND)
    await signer.change_safety(90 * GEM, DAY)
    good = path.read_bytes()
    if harm == "edit":
        path.write_bytes(good.replace(str(90 * GEM).encode(), str(99 * GEM).encode()))
    elif harm == "delete":
        path.unlink()
    elif harm == "older":
        path.write_bytes(old)
    elif harm == "foreign":
        body = json.dumps(json.loads(good.split(b"\n")[1]) | {"spent": "0"}).encode()
        path.write_bytes(b"00" * 32 + b"\n" + body + b"\n")
    else:
        path.write_bytes(b"\xff" * 100)
    bench.person.says = False
    again = await bench.reopen()
    told = await again.safety()
    assert told["distrusted"] and told["book"] == [] and told["spent_today"] == told["daily_limit"]
    with pytest.raises(NotConfirmed):
        await again.sign(debit(1))
    bench.person.says = True
    await again.change_safety(80 * GEM, DAY)
    assert not (await (await bench.reopen()).safety())["distrusted"]


async def test_the_control_without_the_proof_an_edit_is_believed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await (await bench.made()).change_safety(90 * GEM, DAY)
    path = bench.file("policy.json")
    path.write_bytes(path.read_bytes().replace(str(90 * GEM).encode(), str(99 * GEM).encode()))
    assert (await (await bench.reopen()).safety())["daily_limit"] == "0"
    monkeypatch.setattr(policy_file.hmac, "compare_digest", lambda _one, _other: True)
    assert (await (await bench.reopen()).safety())["daily_limit"] == str(99 * GEM)


async def test_the_policy_needs_an_open_wallet(bench: Bench) -> None:
    signer = await bench.made()
    await signer.lock()
    with pytest.raises(WalletLocked):
        await signer.safety()
    with pytest.raises(WalletLocked):
        await signer.add_address("Home", FRIEND)


async def test_a_clock_that_was_far_ahead_is_forgotten_by_a_yes(bench: Bench) -> None:
    signer = await bench.made()
    bench.time[0] += 3_650 * DAY
    await signer.sign(debit(1))
    bench.time[0] -= 3_650 * DAY
    await signer.change_safety(101 * GEM, DAY)
    assert (await signer.safety())["now"] == NOON


async def test_a_close_is_always_asked_and_goes_by_the_known_relayer_for_a_bounded_fee(bench: Bench) -> None:
    signer = await bench.made()
    close = CloseAuth(CHANNEL, RELAYER, bench.config.max_fee, NOON + 600)
    await signer.sign(close)
    said = bench.person.asked[0].english()
    assert "never opened again" in said and "Your bond follows" in said
    for bad in (replace(close, relayer=FRIEND), replace(close, fee=bench.config.max_fee + 1)):
        with pytest.raises(SignerRefused):
            await signer.sign(bad)
    bench.person.says = False
    with pytest.raises(NotConfirmed):
        await signer.sign(close)
    assert len(bench.person.asked) == 2
