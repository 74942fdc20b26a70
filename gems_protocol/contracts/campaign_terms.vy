# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title Terms of a campaign
@notice What a requester signs up to when it funds a campaign, and the sums that follow from it.
"""


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


_DAY: constant(uint64) = 86_400
# A silent hub's collateral must still be there: 2 days and 3 windows pass before anybody can say that it is silent,
# and a collateral's exit takes 30 days.
_LONGEST_WINDOW: constant(uint64) = 7 * _DAY
_LONGEST_REDO: constant(uint64) = 30 * _DAY
_LONGEST_CAMPAIGN: constant(uint256) = 5 * 365 * 86_400


@internal
@pure
def id(terms: Terms) -> bytes32:
    """
    @notice The name of a campaign.
    @param terms Its terms.
    @return keccak256(abi_encode(terms)).
    """
    return keccak256(abi_encode(terms))


@internal
@pure
def vr(mr: uint128, z: uint8, least: uint128) -> uint256:
    """
    @notice What one verification pays: min(mr, max(mr // z, floor)), never above mr (J7).
    @param mr A miner's reward, base units.
    @param z How quick verifying is, 1 to 10.
    @param least Below this amount verifying pays as much as mining.
    @return Base units.
    """
    assert z != 0, "Campaigns: z outside 1 to 10"
    return convert(min(mr, max(mr // convert(z, uint128), least)), uint256)


@internal
@view
def check(terms: Terms):
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
    assert terms.window != 0 and terms.window <= _LONGEST_WINDOW, "Campaigns: window outside 7 days"
    assert terms.redo <= _LONGEST_REDO, "Campaigns: redo above 30 days"
    ends: uint256 = convert(terms.ends, uint256)
    assert ends > block.timestamp, "Campaigns: ends in the past"
    assert ends <= block.timestamp + _LONGEST_CAMPAIGN, "Campaigns: ends too far away"
