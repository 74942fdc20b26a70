# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma evm-version cancun
# pragma nonreentrancy on
"""
@title Campaigns
@notice The escrow of campaigns: prefunded tasks, the hub's pay from the requester's cumulative Spend, and the
        requester's exit after the end. Disputes about single tasks are not judged here yet.
@dev Everything a campaign is sits in its Terms, whose hash is its name; callers bring them along each time.
     Money leaves only to `terms.hub` (signed by the requester) and to `terms.requester` (after the exit's
     delay). No owner, no proxy, no pause.
"""

from ethereum.ercs import IERC20

from . import ecdsa
from . import eip712_domain

initializes: eip712_domain


struct Terms:
    requester: address
    hub: address
    mr: uint128
    ms: uint128
    vs: uint128
    floor: uint128
    z: uint8
    panel: uint8
    quorum: uint8
    rounds: uint8
    redo: uint64
    window: uint64
    ends: uint64
    verifierRoot: bytes32
    seedTip: bytes32
    arbiter: address
    contentRoot: bytes32
    salt: bytes32


struct Spend:
    spent: uint128
    seq: uint64


struct Sig:
    v: uint256
    r: uint256
    s: uint256


event Funded:
    id: indexed(bytes32)
    requester: indexed(address)
    hub: indexed(address)
    amount: uint256
    tasks: uint256


event Redeemed:
    id: indexed(bytes32)
    amount: uint256
    redeemed: uint256
    seq: uint64


event WithdrawStarted:
    id: indexed(bytes32)
    at: uint256


event Withdrawn:
    id: indexed(bytes32)
    amount: uint256


_SPEND_TYPE_HASH: constant(bytes32) = keccak256("Spend(bytes32 campaignId,uint128 spent,uint64 seq)")

# Longer times are slips of the pen (milliseconds for seconds), which would lock the money up.
_LONGEST_STEP: constant(uint64) = 365 * 86_400
_LONGEST_CAMPAIGN: constant(uint256) = 5 * 365 * 86_400
_WITHDRAWN: constant(uint256) = max_value(uint256)

_GEM: immutable(IERC20)

# Base units ever paid in, by campaign. Task indexes below funded // cost are prefunded (J1).
funded: public(HashMap[bytes32, uint256])
# Base units ever paid out to the hub, by campaign; never above `funded` (J2).
redeemed: public(HashMap[bytes32, uint256])
# Unix time from which the requester's exit can be finished, 0 if not started, the largest number when done.
exits: public(HashMap[bytes32, uint256])


@deploy
def __init__(gem: address):
    """
    @notice Fixes the token for ever.
    @param gem The GEM contract.
    """
    assert gem.is_contract, "Campaigns: gem is no contract"
    _GEM = IERC20(gem)
    eip712_domain.__init__("GemCampaigns", "1")


@external
@view
def campaign_id(terms: Terms) -> bytes32:
    """
    @notice The name of a campaign.
    @param terms Its terms.
    @return keccak256(abi_encode(terms)).
    """
    return self._id(terms)


@external
@view
def vr(terms: Terms) -> uint256:
    """
    @notice What one verification pays: min(mr, max(mr // z, floor)), never above mr (J7).
    @param terms The campaign's terms; z must not be 0.
    @return Base units.
    """
    return self._vr(terms)


@external
@view
def cost(terms: Terms) -> uint256:
    """
    @notice What one task must be funded with: its reward, one panel, and one panel in reserve.
    @param terms The campaign's terms; z must not be 0.
    @return Base units, mr + 2 * panel * vr.
    """
    return self._cost(terms)


@external
def fund(terms: Terms, tasks: uint256) -> uint256:
    """
    @notice Pays for more tasks, at the first time with a check of the terms; anybody may pay. Refused once
            the requester has started its exit.
    @param terms The campaign's terms.
    @param tasks How many more tasks, not zero; cost(terms) * tasks is pulled from the caller.
    @return How many tasks are prefunded now: indexes below this number are payable.
    """
    assert tasks != 0, "Campaigns: no tasks"
    id: bytes32 = self._id(terms)
    before: uint256 = self.funded[id]
    if before == 0:
        self._check(terms)
    assert self.exits[id] == 0, "Campaigns: exit started"
    each: uint256 = self._cost(terms)
    assert tasks <= convert(max_value(uint32), uint256), "Campaigns: too many tasks"
    amount: uint256 = each * tasks
    after: uint256 = before + amount
    assert after <= convert(max_value(uint128), uint256), "Campaigns: too much"
    prefunded: uint256 = after // each
    assert prefunded <= convert(max_value(uint32), uint256), "Campaigns: too many tasks"
    self.funded[id] = after
    log Funded(id=id, requester=terms.requester, hub=terms.hub, amount=amount, tasks=tasks)
    assert extcall _GEM.transferFrom(msg.sender, self, amount), "Campaigns: transfer failed"
    return prefunded


@external
def redeem(terms: Terms, spend: Spend, sig: Sig) -> uint256:
    """
    @notice Pays the hub what the requester's cumulative Spend is worth beyond what was redeemed, at most what
            was funded; anybody may call, until the requester's exit is finished.
    @param terms The campaign's terms.
    @param spend What the requester signed for, in total.
    @param sig The signature of `terms.requester`.
    @return Base units paid; 0 for a stale Spend and for a finished campaign.
    """
    id: bytes32 = self._id(terms)
    struct_hash: bytes32 = keccak256(abi_encode(_SPEND_TYPE_HASH, id, spend.spent, spend.seq))
    assert ecdsa.is_signed_by(
        terms.requester, eip712_domain.digest(struct_hash), sig.v, sig.r, sig.s
    ), "Campaigns: bad spend"
    redeemed: uint256 = self.redeemed[id]
    target: uint256 = min(convert(spend.spent, uint256), self.funded[id])
    if target <= redeemed or self.exits[id] == _WITHDRAWN:
        return 0
    amount: uint256 = unsafe_sub(target, redeemed)
    self.redeemed[id] = target
    log Redeemed(id=id, amount=amount, redeemed=target, seq=spend.seq)
    assert extcall _GEM.transfer(terms.hub, amount), "Campaigns: transfer failed"
    return amount


@external
def start_withdraw(terms: Terms):
    """
    @notice The requester starts its exit, once the campaign has ended. It can be finished when every task
            that was still running may have been redone and judged: redo + rounds * window later (J6).
    @param terms The campaign's terms.
    """
    assert msg.sender == terms.requester, "Campaigns: not the requester"
    id: bytes32 = self._id(terms)
    assert self.funded[id] != 0, "Campaigns: unknown campaign"
    assert block.timestamp >= convert(terms.ends, uint256), "Campaigns: not ended"
    assert self.exits[id] == 0, "Campaigns: exit started"
    at: uint256 = (
        block.timestamp
        + convert(terms.redo, uint256)
        + convert(terms.rounds, uint256) * convert(terms.window, uint256)
    )
    self.exits[id] = at
    log WithdrawStarted(id=id, at=at)


@external
def finish_withdraw(terms: Terms) -> uint256:
    """
    @notice Returns to the requester everything that was not redeemed, for good; anybody may call.
    @param terms The campaign's terms, its exit started and the delay over.
    @return Base units returned.
    """
    id: bytes32 = self._id(terms)
    at: uint256 = self.exits[id]
    assert at != 0 and at != _WITHDRAWN, "Campaigns: exit not started"
    assert block.timestamp >= at, "Campaigns: delay not over"
    amount: uint256 = unsafe_sub(self.funded[id], self.redeemed[id])
    self.exits[id] = _WITHDRAWN
    log Withdrawn(id=id, amount=amount)
    if amount != 0:
        assert extcall _GEM.transfer(terms.requester, amount), "Campaigns: transfer failed"
    return amount


@internal
@pure
def _id(terms: Terms) -> bytes32:
    """
    @notice The name of a campaign.
    @param terms Its terms.
    @return keccak256(abi_encode(terms)).
    """
    return keccak256(abi_encode(terms))


@internal
@pure
def _vr(terms: Terms) -> uint256:
    """
    @notice What one verification pays.
    @param terms The campaign's terms.
    @return Base units.
    """
    assert terms.z != 0, "Campaigns: z outside 1 to 10"
    mr: uint256 = convert(terms.mr, uint256)
    return min(mr, max(mr // convert(terms.z, uint256), convert(terms.floor, uint256)))


@internal
@pure
def _cost(terms: Terms) -> uint256:
    """
    @notice What one task must be funded with.
    @param terms The campaign's terms.
    @return Base units.
    """
    return convert(terms.mr, uint256) + 2 * convert(terms.panel, uint256) * self._vr(terms)


@internal
@view
def _check(terms: Terms):
    """
    @notice Reverts unless the terms make sense.
    @param terms The campaign's terms.
    """
    assert terms.requester != empty(address) and terms.requester != self, "Campaigns: bad requester"
    assert terms.hub != empty(address) and terms.hub != self, "Campaigns: bad hub"
    assert terms.mr != 0, "Campaigns: no reward"
    assert terms.z >= 1 and terms.z <= 10, "Campaigns: z outside 1 to 10"
    assert terms.panel % 2 == 1 and terms.panel <= 7, "Campaigns: panel not odd or above 7"
    assert terms.quorum <= terms.panel, "Campaigns: quorum above panel"
    assert convert(terms.quorum, uint256) * 2 > convert(terms.panel, uint256), "Campaigns: quorum no majority"
    assert terms.rounds >= 1 and terms.rounds <= 3, "Campaigns: rounds outside 1 to 3"
    assert terms.window != 0 and terms.window <= _LONGEST_STEP, "Campaigns: bad window"
    assert terms.redo <= _LONGEST_STEP, "Campaigns: bad redo"
    ends: uint256 = convert(terms.ends, uint256)
    assert ends > block.timestamp, "Campaigns: ends in the past"
    assert ends <= block.timestamp + _LONGEST_CAMPAIGN, "Campaigns: ends too far away"
