# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
"""
@title Standing of a verdict
@notice What is known about a pending verdict. Campaigns stores only its hash; each event `Pending` shows it whole.
"""


# reward: what accepting pays the miner, base units. panel: seats of its last round. voters: who is paid for the
# verdict that stands, bondSeats of them out of bonds. bond, appellant: while appealed. billed: the hub said that a
# Spend paid for it.
struct Standing:
    assignmentHash: bytes32
    miner: address
    reward: uint128
    panel: uint8
    voters: DynArray[address, 21]
    bondSeats: uint8
    bond: uint128
    appellant: address
    billed: bool
