# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma evm-version cancun
# pragma nonreentrancy on
"""
@title Channels
@notice One-way payment channels from a hub to many workers: two counters that only grow, each signed only
        by its payer, no challenge period on claims, and anybody may bring a voucher for the worker.
@dev States of a channel: NONE -deposit-> OPEN -start_close-> CLOSING -delay-> finish_close -> CLOSED (final).
     The invariants I1 to I7 are tested in tests/contracts/. No owner, no proxy, no pause.
"""

from ethereum.ercs import IERC20

from . import ecdsa
from . import eip712_domain

initializes: eip712_domain


struct Config:
    payer: address
    signer: address
    worker: address
    delay: uint64
    salt: uint64


struct Voucher:
    paid: uint128
    bonded: uint96
    seq: uint64


struct Sig:
    v: uint256
    r: uint256
    s: uint256


struct Auth:
    to: address
    relayer: address
    fee: uint128
    deadline: uint64


event Deposited:
    id: indexed(bytes32)
    payer: indexed(address)
    worker: indexed(address)
    signer: address
    delay: uint64
    salt: uint64
    amount: uint256


event Claimed:
    id: indexed(bytes32)
    amount: uint256
    seq: uint64


event Closing:
    id: indexed(bytes32)
    at: uint64


event Closed:
    id: indexed(bytes32)
    to_worker: uint256
    to_payer: uint256


_VOUCHER_TYPE_HASH: constant(bytes32) = keccak256(
    "Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)"
)
_DEBIT_TYPE_HASH: constant(bytes32) = keccak256(
    "Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)"
)
_CLAIM_AUTH_TYPE_HASH: constant(bytes32) = keccak256(
    "ClaimAuth(bytes32 channelId,uint128 claimedBefore,address to,address relayer,uint128 fee,uint64 deadline)"
)
_CLOSE_AUTH_TYPE_HASH: constant(bytes32) = keccak256(
    "CloseAuth(bytes32 channelId,address relayer,uint128 fee,uint64 deadline)"
)

_ROWS: constant(uint256) = 128
_DAY: constant(uint64) = 86_400
_MIN_DELAY: constant(uint64) = 7 * _DAY
_MAX_DELAY: constant(uint64) = 90 * _DAY

_LOW_128: constant(uint256) = 2**128 - 1
_LOW_96: constant(uint256) = 2**96 - 1
_LOW_62: constant(uint256) = 2**62 - 1
_MAX_DEPOSIT: constant(uint256) = 2**126 - 1
# Words of `_money` from here up are of a channel that is closing, and from there up of one that is closed.
_CLOSING: constant(uint256) = 1 << 254
_CLOSED: constant(uint256) = 1 << 255
_HUB_STARTED: constant(uint256) = 1 << 255
_CHEATED: constant(uint256) = 1 << 254

_GEM: immutable(IERC20)

# closed(1) closing(1) deposit(126) claimed(128), base units. The state stands beside the amounts, so that what
# is done with an open channel reads one word.
_money: HashMap[bytes32, uint256]
# hubStarted(1) cheated(1) at(62) bonded(96) debited(96) while closing, else 0
_closing: HashMap[bytes32, uint256]


@deploy
def __init__(gem: address):
    """
    @notice Fixes the token for ever.
    @param gem The GEM contract.
    """
    assert gem.is_contract, "Channels: gem is no contract"
    _GEM = IERC20(gem)
    eip712_domain.__init__("GemChannels", "1")


@external
@view
def channel_id(c: Config) -> bytes32:
    """
    @notice The name of a channel.
    @param c Who pays, who signs, who earns, the delay of closing, and a salt.
    @return keccak256(abi_encode(c)).
    """
    return keccak256(abi_encode(c))


@external
@view
def channel(id: bytes32) -> (uint256, uint256, uint256):
    """
    @notice What the contract knows about a channel.
    @param id The channel.
    @return Deposit and claimed in base units; closing: 0 while open, the largest number when closed, else
            hubStarted(1) | cheated(1) | at(62) | bonded(96) | debited(96) from the highest bit down.
    """
    money: uint256 = self._money[id]
    closing: uint256 = self._closing[id]
    if money >= _CLOSED:
        closing = max_value(uint256)
    return (money >> 128) & _MAX_DEPOSIT, money & _LOW_128, closing


@external
def deposit_many(
    signer: address,
    delay: uint64,
    salt: uint64,
    workers: DynArray[address, _ROWS],
    amounts: DynArray[uint128, _ROWS],
):
    """
    @notice Opens channels of the caller, or tops them up; pulls the sum with one transferFrom.
    @param signer The key that will sign the vouchers.
    @param delay Seconds between starting and finishing to close, 7 to 90 days.
    @param salt Tells channels apart that are otherwise the same.
    @param workers One worker a row.
    @param amounts Base units a row, not zero.
    """
    assert signer != empty(address), "Channels: no signer"
    assert delay >= _MIN_DELAY and delay <= _MAX_DELAY, "Channels: delay outside 7 to 90 days"
    assert len(workers) == len(amounts), "Channels: lengths differ"
    c: Config = Config(payer=msg.sender, signer=signer, worker=empty(address), delay=delay, salt=salt)
    total: uint256 = 0
    for i: uint256 in range(len(workers), bound=_ROWS):
        worker: address = workers[i]
        amount: uint256 = convert(amounts[i], uint256)
        assert worker != empty(address) and worker != self, "Channels: bad worker"
        assert amount != 0, "Channels: zero amount"
        c.worker = worker
        id: bytes32 = keccak256(abi_encode(c))
        money: uint256 = self._money[id]
        assert money < _CLOSING, "Channels: closing or closed"
        deposit: uint256 = unsafe_add(money >> 128, amount)
        assert deposit <= _MAX_DEPOSIT, "Channels: amount too large"
        self._money[id] = (deposit << 128) | (money & _LOW_128)
        # At most 128 amounts of 128 bits each.
        total = unsafe_add(total, amount)
        log Deposited(
            id=id, payer=msg.sender, worker=worker, signer=signer, delay=delay, salt=salt, amount=amount
        )
    assert extcall _GEM.transferFrom(msg.sender, self, total), "Channels: transfer failed"


@external
def claim(c: Config, v: Voucher, sig: Sig) -> uint256:
    """
    @notice Pays the worker what a voucher is worth beyond what was claimed; anybody may call. It works while
            closing too, where a voucher above the hub's own forfeits the rest of the channel to the worker.
    @param c The channel.
    @param v The voucher.
    @param sig The signature of `c.signer`.
    @return Base units paid; 0 for a stale or bad voucher and for an unknown or closed channel.
    """
    return self._claim(c, v, sig)


@external
def claim_many(cs: DynArray[Config, _ROWS], vs: DynArray[Voucher, _ROWS], sigs: DynArray[Sig, _ROWS]):
    """
    @notice Many claims at once; a row that is worth nothing is skipped.
    @param cs The channels.
    @param vs One voucher for each.
    @param sigs One signature for each.
    """
    assert len(cs) == len(vs) and len(cs) == len(sigs), "Channels: lengths differ"
    for i: uint256 in range(len(cs), bound=_ROWS):
        self._claim(cs[i], vs[i], sigs[i])


@external
def claim_auth(c: Config, v: Voucher, sig: Sig, a: Auth, wsig: Sig) -> uint256:
    """
    @notice A claim that a relayer brings for a fee in GEM, as the worker signed it.
    @param c The channel.
    @param v The voucher.
    @param sig The signature of `c.signer` over the voucher.
    @param a Where the money goes, who may bring it, the fee and the last second; the amount claimed so far is
             the nonce, so it works once.
    @param wsig The worker's signature over ClaimAuth.
    @return Base units claimed, the fee included.
    """
    assert msg.sender == a.relayer, "Channels: not the relayer"
    assert block.timestamp <= convert(a.deadline, uint256), "Channels: authorization expired"
    assert a.to != empty(address) and a.to != self, "Channels: bad recipient"
    id: bytes32 = keccak256(abi_encode(c))
    assert self._is_voucher(id, c.signer, v, sig), "Channels: bad voucher"
    money: uint256 = self._money[id]
    struct_hash: bytes32 = keccak256(
        abi_encode(_CLAIM_AUTH_TYPE_HASH, id, money & _LOW_128, a.to, a.relayer, a.fee, a.deadline)
    )
    assert ecdsa.is_signed_by(
        c.worker, eip712_domain.digest(struct_hash), wsig.v, wsig.r, wsig.s
    ), "Channels: bad authorization"
    amount: uint256 = self._credit(id, money, convert(v.paid, uint256), convert(v.bonded, uint256))
    fee: uint256 = convert(a.fee, uint256)
    assert amount != 0, "Channels: nothing to claim"
    assert amount >= fee, "Channels: fee above amount"
    log Claimed(id=id, amount=amount, seq=v.seq)
    self._pay(a.to, unsafe_sub(amount, fee))
    self._pay(msg.sender, fee)
    return amount


@external
def push_many(
    signer: address,
    delay: uint64,
    salt: uint64,
    workers: DynArray[address, _ROWS],
    up_to: DynArray[uint128, _ROWS],
):
    """
    @notice Pay-day: the payer raises what its workers have been paid, without signatures. Rows that change
            nothing are skipped. It works while closing and is no voucher: it never counts as cheating.
    @param signer The channels' voucher key.
    @param delay The channels' delay.
    @param salt The channels' salt.
    @param workers One worker a row.
    @param up_to Base units claimed in total afterwards, at most the deposit.
    """
    assert len(workers) == len(up_to), "Channels: lengths differ"
    c: Config = Config(payer=msg.sender, signer=signer, worker=empty(address), delay=delay, salt=salt)
    for i: uint256 in range(len(workers), bound=_ROWS):
        c.worker = workers[i]
        id: bytes32 = keccak256(abi_encode(c))
        money: uint256 = self._money[id]
        amount: uint256 = self._gain(money, convert(up_to[i], uint256))
        if amount != 0:
            self._money[id] = unsafe_add(money, amount)
            log Claimed(id=id, amount=amount, seq=0)
            self._pay(c.worker, amount)


@external
def start_close(c: Config, v: Voucher, sig: Sig):
    """
    @notice The payer or the worker starts to close with its newest voucher, which is paid at once and fixes
            the bond. A payer that hides a higher voucher loses the rest of the channel.
    @param c The channel, open.
    @param v The newest voucher; all zero, with any signature, if there never was one.
    @param sig The signature of `c.signer`.
    """
    assert msg.sender == c.payer or msg.sender == c.worker, "Channels: not a party"
    flags: uint256 = 0
    if msg.sender == c.payer:
        flags = _HUB_STARTED
    self._pay(c.worker, self._start_close(keccak256(abi_encode(c)), c, v, sig, flags))


@external
def close_auth(
    c: Config, v: Voucher, sig: Sig, relayer: address, fee: uint128, deadline: uint64, wsig: Sig
) -> uint256:
    """
    @notice The worker's start of closing, brought by a relayer for a fee in GEM, as the worker signed it. It
            works once, since a channel closes once. The voucher is the relayer's choice: until the end anybody
            may show a higher one, which raises pay and bond.
    @param c The channel, open.
    @param v The newest voucher; all zero, with any signature, if there never was one.
    @param sig The signature of `c.signer`.
    @param relayer Who may bring it: the caller.
    @param fee Base units for the caller, at most what the voucher pays now.
    @param deadline The last second.
    @param wsig The worker's signature over CloseAuth.
    @return Base units paid now, the fee included.
    """
    assert msg.sender == relayer, "Channels: not the relayer"
    assert block.timestamp <= convert(deadline, uint256), "Channels: authorization expired"
    id: bytes32 = keccak256(abi_encode(c))
    struct_hash: bytes32 = keccak256(abi_encode(_CLOSE_AUTH_TYPE_HASH, id, relayer, fee, deadline))
    assert ecdsa.is_signed_by(
        c.worker, eip712_domain.digest(struct_hash), wsig.v, wsig.r, wsig.s
    ), "Channels: bad authorization"
    amount: uint256 = self._start_close(id, c, v, sig, 0)
    assert amount >= convert(fee, uint256), "Channels: fee above amount"
    self._pay(c.worker, unsafe_sub(amount, convert(fee, uint256)))
    self._pay(msg.sender, convert(fee, uint256))
    return amount


@external
def submit_debit(c: Config, debited: uint96, assignment_hash: bytes32, wsig: Sig):
    """
    @notice Registers what the worker owes from its bond, while closing; anybody may call. A lower debit than
            the registered one changes nothing.
    @param c The channel, closing.
    @param debited Base units debited in total.
    @param assignment_hash The assignment for which the worker raised its debit.
    @param wsig The worker's signature over Debit.
    """
    id: bytes32 = keccak256(abi_encode(c))
    closing: uint256 = self._closing[id]
    assert closing != 0, "Channels: not closing"
    struct_hash: bytes32 = keccak256(abi_encode(_DEBIT_TYPE_HASH, id, debited, assignment_hash))
    assert ecdsa.is_signed_by(
        c.worker, eip712_domain.digest(struct_hash), wsig.v, wsig.r, wsig.s
    ), "Channels: bad debit"
    registered: uint256 = closing & _LOW_96
    if convert(debited, uint256) > registered:
        self._closing[id] = unsafe_add(unsafe_sub(closing, registered), convert(debited, uint256))


@external
def finish_close(c: Config):
    """
    @notice Ends a channel after the delay; anybody may call. The worker gets the bond less the debits, or the
            whole rest if the hub cheated; the payer gets what remains.
    @param c The channel, closing, its delay over.
    """
    id: bytes32 = keccak256(abi_encode(c))
    closing: uint256 = self._closing[id]
    assert closing != 0, "Channels: not closing"
    assert block.timestamp >= (closing >> 192) & _LOW_62, "Channels: delay not over"
    money: uint256 = self._money[id]
    rest: uint256 = unsafe_sub((money >> 128) & _MAX_DEPOSIT, money & _LOW_128)
    to_worker: uint256 = rest
    if closing & _CHEATED == 0:
        bonded: uint256 = (closing >> 96) & _LOW_96
        debited: uint256 = closing & _LOW_96
        to_worker = 0
        if bonded > debited:
            to_worker = min(rest, unsafe_sub(bonded, debited))
    to_payer: uint256 = unsafe_sub(rest, to_worker)
    self._money[id] = (money ^ _CLOSING) | _CLOSED
    self._closing[id] = 0
    log Closed(id=id, to_worker=to_worker, to_payer=to_payer)
    self._pay(c.worker, to_worker)
    self._pay(c.payer, to_payer)


@internal
@view
def _is_voucher(id: bytes32, signer: address, v: Voucher, sig: Sig) -> bool:
    """
    @notice Whether the channel's key signed the voucher.
    @param id The channel.
    @param signer The channel's voucher key.
    @param v The voucher.
    @param sig The signature.
    @return True if so.
    """
    digest: bytes32 = eip712_domain.digest(
        keccak256(abi_encode(_VOUCHER_TYPE_HASH, id, v.paid, v.bonded, v.seq))
    )
    return ecdsa.is_signed_by(signer, digest, sig.v, sig.r, sig.s)


@internal
def _start_close(id: bytes32, c: Config, v: Voucher, sig: Sig, flags: uint256) -> uint256:
    """
    @notice Starts to close: credits the voucher and fixes its bond. The caller pays what is returned.
    @param id The channel.
    @param c The same channel, open.
    @param v The voucher, or all zero.
    @param sig The signature of `c.signer`; not looked at if the voucher is all zero.
    @param flags `_HUB_STARTED` if the payer starts, else 0.
    @return Base units to pay now.
    """
    money: uint256 = self._money[id]
    assert money != 0, "Channels: unknown channel"
    assert money < _CLOSING, "Channels: closing or closed"
    if v.paid != 0 or v.bonded != 0 or v.seq != 0:
        assert self._is_voucher(id, c.signer, v, sig), "Channels: bad voucher"
    amount: uint256 = self._gain(money, convert(v.paid, uint256))
    self._money[id] = unsafe_add(money, amount) | _CLOSING
    at: uint256 = block.timestamp + convert(c.delay, uint256)
    self._closing[id] = flags | (at << 192) | (convert(v.bonded, uint256) << 96)
    if amount != 0:
        log Claimed(id=id, amount=amount, seq=v.seq)
    log Closing(id=id, at=convert(at, uint64))
    return amount


@internal
def _claim(c: Config, v: Voucher, sig: Sig) -> uint256:
    """
    @notice One claim for the worker.
    @param c The channel.
    @param v The voucher.
    @param sig The signature.
    @return Base units paid, 0 if the row is worth nothing.
    """
    id: bytes32 = keccak256(abi_encode(c))
    money: uint256 = self._money[id]
    # While a channel is open a voucher raises the pay or does nothing: a stale one needs no look at its signature.
    if money < _CLOSING and self._gain(money, convert(v.paid, uint256)) == 0:
        return 0
    if not self._is_voucher(id, c.signer, v, sig):
        return 0
    amount: uint256 = self._credit(id, money, convert(v.paid, uint256), convert(v.bonded, uint256))
    if amount != 0:
        log Claimed(id=id, amount=amount, seq=v.seq)
        self._pay(c.worker, amount)
    return amount


@internal
@pure
def _gain(money: uint256, paid: uint256) -> uint256:
    """
    @notice What raising `claimed` to `paid`, at most to the deposit, would pay.
    @param money The channel's word of `_money`.
    @param paid Base units.
    @return Base units; 0 for a closed channel.
    """
    target: uint256 = min(paid, (money >> 128) & _MAX_DEPOSIT)
    claimed: uint256 = money & _LOW_128
    if target <= claimed or money >= _CLOSED:
        return 0
    return unsafe_sub(target, claimed)


@internal
def _credit(id: bytes32, money: uint256, paid: uint256, bonded: uint256) -> uint256:
    """
    @notice Raises `claimed` to a voucher's `paid`, at most to the deposit. While closing it also raises the
            bond and, if the hub started to close with less than this, marks the channel as cheated.
    @param id The channel.
    @param money Its word of `_money`.
    @param paid The voucher's paid, base units.
    @param bonded The voucher's bonded, base units.
    @return Base units to pay now.
    """
    amount: uint256 = self._gain(money, paid)
    if amount != 0:
        self._money[id] = unsafe_add(money, amount)
    if money & _CLOSING != 0:
        closing: uint256 = self._closing[id]
        raised: uint256 = closing
        fixed: uint256 = (closing >> 96) & _LOW_96
        if bonded > fixed:
            raised = unsafe_add(raised, unsafe_sub(bonded, fixed) << 96)
        if closing & _HUB_STARTED != 0 and (amount != 0 or bonded > fixed):
            raised |= _CHEATED
        if raised != closing:
            self._closing[id] = raised
    return amount


@internal
def _pay(to: address, amount: uint256):
    """
    @notice Sends GEM out, if there is any to send.
    @param to Receiver.
    @param amount Base units.
    """
    if amount != 0:
        assert extcall _GEM.transfer(to, amount), "Channels: transfer failed"
