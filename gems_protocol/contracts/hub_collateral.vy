# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma nonreentrancy on
"""
@title Collateral of hubs
@notice What a hub puts down for its promises, and the keys that sign for it. A breach costs it twice what it
        owes: once to whom it wronged, once burned, so that no hub gets its collateral out by wronging itself.
@dev One word a hub: total(96) | reserved(120) | exit at(40). Amounts in base units. What is reserved cannot leave, but
     still answers for other breaches: else a hub hides all of it behind a claim of a friend, who takes the claim back.
     So reservations may add up to more than the total; 120 bits hold 2**24 of the largest.
"""

from ethereum.ercs import IERC20

_EXIT_DELAY: constant(uint256) = 30 * 86_400
_LOW_96: constant(uint256) = 2**96 - 1
_LOW_120: constant(uint256) = 2**120 - 1
_LOW_40: constant(uint256) = 2**40 - 1
VALID: constant(uint256) = max_value(uint256)
_ASHES: constant(address) = 0x000000000000000000000000000000000000dEaD


event SignerSet:
    hub: indexed(address)
    signer: indexed(address)
    until: uint256


event CollateralAdded:
    hub: indexed(address)
    amount: uint256


event CollateralExit:
    hub: indexed(address)
    at: uint256


event CollateralLeft:
    hub: indexed(address)
    amount: uint256


event CollateralPaid:
    hub: indexed(address)
    to: indexed(address)
    amount: uint256


_GEM: immutable(IERC20)

_words: HashMap[address, uint256]
# 0: never a key of this hub; the largest number: valid; else the Unix time until which it is.
_signers: HashMap[address, HashMap[address, uint256]]


@deploy
def __init__(gem: IERC20):
    """
    @notice Fixes the token for ever.
    @param gem The GEM contract.
    """
    _GEM = gem


@external
@view
def collateral(hub: address) -> (uint256, uint256, uint256):
    """
    @notice What a hub has put down.
    @param hub The hub of campaigns' terms.
    @return Total and reserved in base units, and the Unix time from which it can leave, 0 if none was announced.
    """
    word: uint256 = self._words[hub]
    return word >> 160, min(word >> 160, (word >> 40) & _LOW_120), word & _LOW_40


@external
@view
def signer_until(hub: address, signer: address) -> uint256:
    """
    @notice Until when a key signs for a hub.
    @param hub The hub of campaigns' terms.
    @param signer The key.
    @return 0 for never, the largest number for no end, else a Unix time.
    """
    return self._signers[hub][signer]


@external
def set_signer(signer: address):
    """
    @notice Lets a key sign assignments, panels, receipts and bills for the caller's campaigns.
    @param signer The key.
    """
    assert signer != empty(address), "Judge: no signer"
    self._signers[msg.sender][signer] = VALID
    log SignerSet(hub=msg.sender, signer=signer, until=VALID)


@external
def retire_signer(signer: address):
    """
    @notice Ends a key after 30 days: until then what it signed can be brought here (attack 8).
    @param signer A key that was set and not retired.
    """
    assert self._signers[msg.sender][signer] == VALID, "Judge: signer not set"
    until: uint256 = block.timestamp + _EXIT_DELAY
    self._signers[msg.sender][signer] = until
    log SignerSet(hub=msg.sender, signer=signer, until=until)


@external
def add_collateral(hub: address, amount: uint256):
    """
    @notice Adds to a hub's collateral; anybody may pay.
    @param hub The hub.
    @param amount Base units, pulled from the caller.
    """
    word: uint256 = self._words[hub]
    assert amount != 0 and amount <= _LOW_96 - (word >> 160), "Judge: bad amount"
    self._words[hub] = word + (amount << 160)
    log CollateralAdded(hub=hub, amount=amount)
    assert extcall _GEM.transferFrom(msg.sender, self, amount), "Judge: transfer failed"


@external
def start_collateral_exit():
    """
    @notice The caller announces that it takes its collateral back; workers see it and leave in time.
    """
    word: uint256 = self._words[msg.sender]
    assert word >> 160 != 0, "Judge: no collateral"
    assert word & _LOW_40 == 0, "Judge: exit started"
    at: uint256 = block.timestamp + _EXIT_DELAY
    self._words[msg.sender] = word | at
    log CollateralExit(hub=msg.sender, at=at)


@external
def finish_collateral_exit() -> uint256:
    """
    @notice Returns to the caller what no claim has reserved, 30 days after it was announced.
    @return Base units.
    """
    word: uint256 = self._words[msg.sender]
    at: uint256 = word & _LOW_40
    assert at != 0, "Judge: exit not started"
    assert block.timestamp >= at, "Judge: delay not over"
    reserved: uint256 = (word >> 40) & _LOW_120
    left: uint256 = min(word >> 160, reserved)
    amount: uint256 = (word >> 160) - left
    self._words[msg.sender] = (left << 160) | (reserved << 40)
    log CollateralLeft(hub=msg.sender, amount=amount)
    self._send(msg.sender, amount)
    return amount


@internal
@view
def is_signer(hub: address, signer: address) -> bool:
    """
    @notice Whether a key may sign for a hub now.
    @param hub The hub.
    @param signer The key; the hub itself always may.
    @return True if so.
    """
    return signer == hub or block.timestamp < self._signers[hub][signer]


@internal
@view
def was_signer(hub: address, signer: address) -> bool:
    """
    @notice Whether a key may sign for a hub now, or might once.
    @param hub The hub.
    @param signer The key.
    @return True if so.
    """
    return signer == hub or self._signers[hub][signer] != 0


@internal
def reserve(hub: address, wanted: uint256) -> uint256:
    """
    @notice Keeps collateral from leaving.
    @param hub The hub.
    @param wanted Base units.
    @return Base units that are kept: `wanted`, or all there is if that is less.
    """
    word: uint256 = self._words[hub]
    taken: uint256 = min(wanted, word >> 160)
    self._words[hub] = word + (taken << 40)
    return taken


@internal
def free(hub: address, reserved: uint256):
    """
    @notice Ends a reservation: nothing is owed.
    @param hub The hub.
    @param reserved Base units set aside before.
    """
    self._words[hub] -= reserved << 40


@internal
def pay(hub: address, wanted: uint256, to: address):
    """
    @notice Takes collateral, as far as it goes; pays half of that to whom the hub wronged and burns the other half, also
            where less than wanted was left: else a hub empties its collateral at once by owing a friend more than it has.
    @param hub The hub.
    @param wanted Base units, at most twice what is owed.
    @param to Whom the hub wronged.
    """
    taken: uint256 = min(wanted, self._words[hub] >> 160)
    self._words[hub] -= taken << 160
    amount: uint256 = taken // 2
    log CollateralPaid(hub=hub, to=to, amount=amount)
    self._send(to, amount)
    self._send(_ASHES, taken - amount)


@internal
def _send(to: address, amount: uint256):
    if amount != 0:
        assert extcall _GEM.transfer(to, amount), "Judge: transfer failed"
