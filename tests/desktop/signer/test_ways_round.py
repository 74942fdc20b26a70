# SPDX-License-Identifier: Apache-2.0
"""Ways by which a main window that was taken over could move money or the key without the signer's question."""

import json

import pytest

from gems_desktop.hardening import clean_environment
from gems_desktop.services.errors import SignerRefused, VaultDamaged, WalletExists, WrongPassword
from gems_desktop.services.wallet_errors import NotConfirmed
from gems_desktop.signer import guard
from gems_protocol.messages import ClaimAuth, Debit
from gems_protocol.transfer import TransferAuth
from tests.desktop.signer.conftest import FRIEND, GEM, NOON, OWN, RELAYER, Bench

CHANNEL, HASH = b"\x0c" * 32, bytes(range(32))
DAY = 86_400


async def test_a_payout_to_somebody_else_names_no_sum_and_is_always_asked(bench: Bench) -> None:
    signer = await bench.made()
    await signer.add_address("Home", FRIEND)
    bench.time[0] += 2 * DAY  # the address waits no more
    bench.person.asked.clear()
    bench.person.says = False
    there = ClaimAuth(CHANNEL, 0, FRIEND, RELAYER, 0, NOON + 3 * DAY)
    with pytest.raises(NotConfirmed):
        await signer.sign(there)
    said = bench.person.asked.pop().english()
    assert "Everything that your channel owes you" in said and "Home" in said
    await signer.sign(ClaimAuth(CHANNEL, 0, OWN, RELAYER, 0, NOON + 3 * DAY))
    assert bench.person.asked == []  # the control: to the own wallet it needs no question


async def test_an_open_wallet_is_not_sealed_anew_behind_another_password(bench: Bench) -> None:
    signer = await bench.made()
    before = bench.file("vault.json").read_bytes()
    for storage in ("password", "keyring"):
        with pytest.raises((SignerRefused, WalletExists)):
            await signer._call("protect", {"storage": storage}, b"of the thief")
    assert bench.file("vault.json").read_bytes() == before
    bench.file("vault.json").unlink()  # nor where the file was taken away first
    with pytest.raises(SignerRefused):
        await signer._call("protect", {"storage": "password"}, b"of the thief")
    assert not bench.file("vault.json").exists()


async def test_removing_the_rules_does_not_loosen_them_the_next_day(bench: Bench) -> None:
    signer = await bench.made()
    await signer.change_safety(0, 2 * DAY)
    bench.file("policy.json").unlink()
    bench.person.says = False
    again = await bench.reopen()
    for days in (0, 1, 30):
        bench.time[0] = NOON + days * DAY
        with pytest.raises(NotConfirmed):
            await again.sign(Debit(CHANNEL, GEM, HASH))
    bench.time[0] += DAY
    with pytest.raises(NotConfirmed):  # and a restart makes nothing of it either
        await (await bench.reopen()).sign(Debit(CHANNEL, GEM, HASH))


async def test_a_vault_of_an_older_version_does_not_begin_the_rules_anew(bench: Bench) -> None:
    signer = await bench.made()
    await signer.sign(Debit(CHANNEL, 100 * GEM, HASH))
    vault = json.loads(bench.file("vault.json").read_bytes())
    for name, value in (("version", 1), ("floor", 0), ("floor_mac", "")):
        vault[name] = value
    vault = {name: value for name, value in vault.items() if value != ""}
    bench.file("vault.json").write_text(json.dumps(vault))
    bench.file("policy.json").unlink()
    bench.person.says = False
    with pytest.raises((WrongPassword, VaultDamaged)):  # the version is sealed with the key
        await bench.reopen()


async def test_limits_of_a_practice_chain_do_not_count_where_money_is(bench: Bench) -> None:
    practice = bench.configured(practice=True, chain_id=31_338, daily_limit=10**6 * GEM, payout_delay_s=0)
    signer = await practice.made()
    await signer.add_address("Home", FRIEND)
    await signer.sign(Debit(CHANNEL, 5_000 * GEM, HASH))
    bench.person.says = False
    real = await bench.reopen()
    told = await real.safety()
    assert (told["daily_limit"], told["delay_s"]) == (str(100 * GEM), DAY) and not told["distrusted"]
    with pytest.raises(NotConfirmed):
        await real.sign(Debit(CHANNEL, 5_001 * GEM, HASH))
    with pytest.raises(NotConfirmed):
        await real.sign(TransferAuth(OWN, FRIEND, GEM, 0, NOON + 600, HASH))
    bench.person.says = True
    await real.change_safety(50 * GEM, 2 * DAY)
    back = await (await practice.reopen()).safety()  # and what is stricter stays so everywhere
    assert (back["daily_limit"], back["delay_s"]) == (str(50 * GEM), 2 * DAY)


async def test_nobody_is_asked_until_they_say_yes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = [1_000.0]
    monkeypatch.setattr("gems_desktop.signer.guard.time.monotonic", lambda: ticks[0])
    signer = await bench.made()
    for _ in range(2):  # a yes in between begins anew
        bench.person.says = False
        for _ in range(2):
            with pytest.raises(NotConfirmed):
                await signer.export_keystore(bytearray(b"of the thief"))
        bench.person.says = True
        await signer.add_address("Home", FRIEND)
    bench.person.says = False
    for _ in range(5):  # nor does a no to stakes, which the application puts up by itself, count
        bench.time[0] += guard.QUIET_S
        with pytest.raises(NotConfirmed):
            await signer.sign(Debit(CHANNEL, 500 * GEM, HASH))
    bench.person.asked.clear()
    for _ in range(30):  # whatever is asked, and though the wallet is locked and opened in between
        with pytest.raises(SignerRefused):
            await signer.change_safety(10**9 * GEM, 0)
        with pytest.raises(SignerRefused):
            await signer.sign(ClaimAuth(CHANNEL, 0, FRIEND, RELAYER, 0, NOON))
    assert len(bench.person.asked) == guard.MAX_NOES
    await signer.sign(Debit(CHANNEL, GEM, HASH))  # what needs no question goes on
    ticks[0] += guard.QUIET_S
    bench.person.says = True
    await signer.change_safety(101 * GEM, DAY)


def test_the_question_is_shown_on_this_computer_only_and_runs_no_code_of_others() -> None:
    hostile = {"PYTHONHOME": "/x", "PYTHONPYCACHEPREFIX": "/x", "OPENSSL_CONF": "/x", "SSLKEYLOGFILE": "/x"}
    for screen in ("vnc", "vnc:size=1x1", "xcb;vnc:port=5900", "eglfs", "../evil"):
        environ = {**hostile, "QT_QPA_PLATFORM": screen, "LANG": "C"}
        clean_environment(environ)
        assert not (set(hostile) | {"QT_QPA_PLATFORM"}) & set(environ) and environ["LANG"] == "C"
    for screen in ("xcb", "wayland;xcb", "offscreen", "windows:dpiawareness=1"):
        environ = {"QT_QPA_PLATFORM": screen}
        clean_environment(environ)
        assert environ["QT_QPA_PLATFORM"] == screen
