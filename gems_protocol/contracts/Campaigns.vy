# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma evm-version cancun
# pragma nonreentrancy on
"""
@title Campaigns
@notice The escrow of campaigns. Normally it sees only money going in and the hub being paid by the requester's
        cumulative Spend. Verdicts that the contract Judge has found to be proven wait here, are appealed, and paid.
@dev Everything a campaign is sits in its Terms, whose hash is its name; callers bring them along each time, and
     what is known about a pending verdict likewise (`Standing`), of which only a hash is stored.

     A task (campaign, index, attempt):
       NONE | ACCEPTED | REJECTED (round r) | APPEALED -Judge.claim, round above r-> ACCEPTED | REJECTED
       ACCEPTED | REJECTED -appeal, with a bond-> APPEALED -arbitrate, where the terms name an arbiter-> the same two
       after its window, by finalize: ACCEPTED -> PAID, REJECTED -> REOPENED
       NONE -Judge.settle_silent: the hub's collateral paid-> COVERED

     J1 only indexes below funded // cost are paid, an attempt once, and one attempt of an index is accepted;
     J2 redeemed + adjudicated <= funded; J3 a higher round replaces a lower one, never the reverse; J4 no verdict
     is paid before its window is over; J5 what a recipient released goes to the hub; J6 the requester's exit ends
     only after `ends`, the delay, and with no verdict pending, and from the delay's end no new task is judged; J7 vr <= mr. Tests name them.
     No owner, no proxy, no pause.
"""

from ethereum.ercs import IERC20

from . import campaign_messages
from . import campaign_standing
from . import campaign_terms
from . import eip712_domain

initializes: eip712_domain

interface Judge:
    def charge(hub: address, to: address, owed: uint256): nonpayable


struct Spend:
    spent: uint128
    seq: uint64


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


# Whatever happens to a pending task: its new word (see `task`) and all that its hash stands for.
event Pending:
    id: indexed(bytes32)
    key: indexed(bytes32)
    index: uint32
    attempt: uint8
    word: uint256
    standing: campaign_standing.Standing


event Final:
    id: indexed(bytes32)
    key: indexed(bytes32)
    state: uint256
    to_hub: uint256


_NONE: constant(uint256) = 0
_ACCEPTED: constant(uint256) = 1
_REJECTED: constant(uint256) = 2
_APPEALED_ACCEPTED: constant(uint256) = 3
_APPEALED_REJECTED: constant(uint256) = 4
_PAID: constant(uint256) = 5
_REOPENED: constant(uint256) = 6
_COVERED: constant(uint256) = 7

_ARBITER: constant(uint256) = 15  # its round: above all others
_MOST_SEATS: constant(uint256) = 7
_DAY: constant(uint256) = 86_400
_CAP_DAYS: constant(uint256) = 20  # a day's new claims: a 20th of the tasks, rounded up
_LOW_96: constant(uint256) = 2**96 - 1
_LOW_64: constant(uint256) = 2**64 - 1
_LOW_32: constant(uint256) = 2**32 - 1
_WITHDRAWN: constant(uint256) = _LOW_64

_GEM: immutable(IERC20)
# Finds whether a verdict is proven, and holds the hubs' keys and collateral.
JUDGE: public(immutable(address))

# funded(96) | redeemed(96) | exit at(64); an exit that is done has all its bits set
_money: HashMap[bytes32, uint256]
# adjudicated(96) | new today(96) | day(32) | verdicts pending(32); adjudicated: paid or held for verdicts, without bonds
_judged: HashMap[bytes32, uint256]
# 32 indexes a word, 8 bits each: accepted(1) | verifiers paid or held for(7)
_marks: HashMap[bytes32, HashMap[uint256, uint256]]
# hash of the Standing(184) | until(40) | released(24) | round(4) | state(4)
_tasks: HashMap[bytes32, uint256]


@deploy
def __init__(gem: address, judge: address):
    """
    @notice Fixes token and judge for ever.
    @param gem The GEM contract.
    @param judge Where the contract Judge will be: it is deployed after this one.
    """
    assert gem.is_contract, "Campaigns: gem is no contract"
    assert judge != empty(address), "Campaigns: no judge"
    _GEM = IERC20(gem)
    JUDGE = judge
    eip712_domain.__init__("GemCampaigns", "1")


# --- what anybody can ask ---------------------------------------------------------------------------------


@external
@view
def campaign_id(terms: campaign_terms.Terms) -> bytes32:
    """
    @notice The name of a campaign.
    @param terms Its terms.
    @return keccak256(abi_encode(terms)).
    """
    return campaign_terms.id(terms)


@external
@view
def vr(terms: campaign_terms.Terms) -> uint256:
    """
    @notice What one verification pays: min(mr, max(mr // z, floor)), never above mr (J7).
    @param terms The campaign's terms; z must not be 0.
    @return Base units.
    """
    return campaign_terms.vr(terms.mr, terms.z, terms.floor)


@external
@view
def cost(terms: campaign_terms.Terms) -> uint256:
    """
    @notice What one task must be funded with: its reward, one panel, and one panel in reserve.
    @param terms The campaign's terms; z must not be 0.
    @return Base units, mr + 2 * panel * vr.
    """
    return self._cost(terms.mr, terms.panel, campaign_terms.vr(terms.mr, terms.z, terms.floor))


@external
@view
def funded(id: bytes32) -> uint256:
    """
    @notice Base units ever paid in.
    @param id The campaign.
    """
    return self._money[id] >> 160


@external
@view
def redeemed(id: bytes32) -> uint256:
    """
    @notice Base units ever paid out to the hub by Spends.
    @param id The campaign.
    """
    return (self._money[id] >> 64) & _LOW_96


@external
@view
def exits(id: bytes32) -> uint256:
    """
    @notice Unix time from which the requester's exit can be finished.
    @param id The campaign.
    @return 0 if it was not started, the largest number when it is done.
    """
    at: uint256 = self._money[id] & _LOW_64
    return max_value(uint256) if at == _WITHDRAWN else at


@external
@view
def judged(id: bytes32) -> (uint256, uint256, uint256, uint256):
    """
    @notice What verdicts have taken of a campaign.
    @param id The campaign.
    @return Base units adjudicated in all and claimed today, the Unix day of that, and how many verdicts are pending.
    """
    word: uint256 = self._judged[id]
    return word >> 160, (word >> 64) & _LOW_96, (word >> 32) & _LOW_32, word & _LOW_32


@external
@view
def mark(id: bytes32, index: uint32) -> (bool, uint256):
    """
    @notice What verdicts have taken of one task.
    @param id The campaign.
    @param index The task.
    @return Whether an attempt is accepted, and how many verifiers the escrow pays or holds pay for.
    """
    bits: uint256 = self._mark(id, index)
    return bits >> 7 == 1, bits & 127


@external
@view
def task(key: bytes32) -> uint256:
    """
    @notice What is stored about one attempt at one task.
    @param key keccak256(abi_encode(campaign id, index, attempt)).
    @return From the highest bit down: hash of the Standing(184) | until(40) | released(24) | round(4) | state(4).
            States: 0 none, 1 accepted, 2 rejected, 3 and 4 the same and appealed, 5 paid, 6 reopened, 7 covered. released: bit 0 the miner, bit i + 1 the voter i. An arbiter's round is 15.
    """
    return self._tasks[key]


# --- the requester's money --------------------------------------------------------------------------------


@external
def fund(terms: campaign_terms.Terms, tasks: uint256) -> uint256:
    """
    @notice Pays for more tasks, at the first time with a check of the terms; anybody may pay. Refused once
            the requester has started its exit.
    @param terms The campaign's terms.
    @param tasks How many more tasks, not zero; cost(terms) * tasks is pulled from the caller.
    @return How many tasks are prefunded now: indexes below this number are payable.
    """
    assert tasks != 0, "Campaigns: no tasks"
    id: bytes32 = campaign_terms.id(terms)
    money: uint256 = self._money[id]
    if money == 0:
        campaign_terms.check(terms)
    assert money & _LOW_64 == 0, "Campaigns: exit started"
    each: uint256 = self._cost(terms.mr, terms.panel, campaign_terms.vr(terms.mr, terms.z, terms.floor))
    assert tasks <= _LOW_32, "Campaigns: too many tasks"
    amount: uint256 = each * tasks
    after: uint256 = (money >> 160) + amount
    assert after <= _LOW_96, "Campaigns: too much"
    prefunded: uint256 = after // each
    assert prefunded <= _LOW_32, "Campaigns: too many tasks"
    self._money[id] = money + (amount << 160)
    log Funded(id=id, requester=terms.requester, hub=terms.hub, amount=amount, tasks=tasks)
    assert extcall _GEM.transferFrom(msg.sender, self, amount), "Campaigns: transfer failed"
    return prefunded


@external
def redeem(terms: campaign_terms.Terms, spend: Spend, sig: campaign_messages.Sig) -> uint256:
    """
    @notice Pays the hub what the requester's cumulative Spend is worth beyond what was redeemed, at most what
            was funded and is not taken by verdicts; anybody may call, until the requester's exit is finished.
    @param terms The campaign's terms.
    @param spend What the requester signed for, in total.
    @param sig The signature of `terms.requester`.
    @return Base units paid; 0 for a stale Spend and for a finished campaign.
    """
    id: bytes32 = campaign_terms.id(terms)
    leaf: bytes32 = campaign_messages.spend(id, spend.spent, spend.seq)
    assert campaign_messages.is_signed(eip712_domain.separator(), terms.requester, leaf, sig), "Campaigns: bad spend"
    money: uint256 = self._money[id]
    redeemed: uint256 = (money >> 64) & _LOW_96
    target: uint256 = min(convert(spend.spent, uint256), (money >> 160) - (self._judged[id] >> 160))
    if target <= redeemed or money & _LOW_64 == _WITHDRAWN:
        return 0
    amount: uint256 = unsafe_sub(target, redeemed)
    self._money[id] = money + (amount << 64)
    log Redeemed(id=id, amount=amount, redeemed=target, seq=spend.seq)
    self._pay(terms.hub, amount)
    return amount


@external
def start_withdraw(terms: campaign_terms.Terms):
    """
    @notice The requester starts its exit, once the campaign has ended. It can be finished when every task
            that was still running may have been redone, judged and claimed: redo + rounds * window later, and
            not before the days' caps would have let everything be claimed (J6).
    @param terms The campaign's terms.
    """
    assert msg.sender == terms.requester, "Campaigns: not the requester"
    id: bytes32 = campaign_terms.id(terms)
    money: uint256 = self._money[id]
    assert money != 0, "Campaigns: unknown campaign"
    assert block.timestamp >= convert(terms.ends, uint256), "Campaigns: not ended"
    assert money & _LOW_64 == 0, "Campaigns: exit started"
    rounds: uint256 = convert(terms.rounds, uint256) * convert(terms.window, uint256)
    at: uint256 = block.timestamp + max(convert(terms.redo, uint256) + rounds, _CAP_DAYS * _DAY)
    self._money[id] = money | at
    log WithdrawStarted(id=id, at=at)


@external
def finish_withdraw(terms: campaign_terms.Terms) -> uint256:
    """
    @notice Returns to the requester everything that was neither redeemed nor adjudicated, for good; anybody may
            call, once no verdict is pending. Since the delay was over no verdict was brought on a new task.
    @param terms The campaign's terms, its exit started and the delay over.
    @return Base units returned.
    """
    id: bytes32 = campaign_terms.id(terms)
    money: uint256 = self._money[id]
    at: uint256 = money & _LOW_64
    assert at != 0 and at != _WITHDRAWN, "Campaigns: exit not started"
    assert block.timestamp >= at, "Campaigns: delay not over"
    judged: uint256 = self._judged[id]
    assert judged & _LOW_32 == 0, "Campaigns: a verdict is pending"
    amount: uint256 = (money >> 160) - ((money >> 64) & _LOW_96) - (judged >> 160)
    self._money[id] = money | _WITHDRAWN
    log Withdrawn(id=id, amount=amount)
    self._pay(terms.requester, amount)
    return amount


# --- verdicts ---------------------------------------------------------------------------------------------


@external
def judge(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    before: campaign_standing.Standing,
    found: campaign_standing.Standing,
    accept: bool,
    round: uint8,
):
    """
    @notice Lets a proven verdict stand for a window. A verdict of a higher round replaces it (J3). Called by
            Judge.claim, which anybody may call.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param before What stood so far, all empty if nothing did.
    @param found The assignment, the miner, its reward, the panel's seats, and who voted for this verdict.
    @param accept The verdict.
    @param round The panel's round, from 0.
    """
    assert msg.sender == JUDGE, "Campaigns: not the judge"
    id: bytes32 = campaign_terms.id(terms)
    word: uint256 = self._tasks[campaign_messages.task_key(id, index, attempt)]
    standing: campaign_standing.Standing = found
    if word == 0:
        assert found.reward <= terms.mr, "Campaigns: reward above the terms"
        standing.voters = []
    else:
        self._check_open(word, before)
        assert before.assignmentHash == found.assignmentHash, "Campaigns: another assignment"
        assert convert(round, uint256) > (word >> 4) & 15, "Campaigns: not a higher round"
        standing = before
        standing.panel = found.panel
    until: uint256 = block.timestamp + convert(terms.window, uint256)
    self._judge(
        terms, id, index, attempt, word, standing, found.voters, accept, convert(round, uint256), until
    )


@external
def amend(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    reward: uint128,
    billed: bool,
    released: uint256,
):
    """
    @notice Changes what stands by what was proven: a redo pays less, a Spend paid for the task, recipients were paid
            in their channels. Called by Judge.prove_redo, show_bill and post_release.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands.
    @param reward What accepting pays the miner, not more than before.
    @param billed Whether a Spend paid for the task.
    @param released Bits to add: bit 0 the miner, bit i + 1 the voter i.
    """
    assert msg.sender == JUDGE, "Campaigns: not the judge"
    id: bytes32 = campaign_terms.id(terms)
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    word: uint256 = self._tasks[key]
    self._check_hash(word, standing)
    if self._is_accepted(word & 15):
        self._judged[id] -= convert(standing.reward - reward, uint256) << 160
    amended: campaign_standing.Standing = standing
    amended.reward = reward
    amended.billed = billed
    self._store(id, key, index, attempt, amended, (word & (2**72 - 1)) | (released << 8))


@external
def cover(id: bytes32, index: uint32, attempt: uint8) -> bool:
    """
    @notice Notes that a hub's collateral paid for an attempt, so that no verdict pays for it again. Called by Judge.
    @param id The campaign.
    @param index The task.
    @param attempt The attempt.
    @return False, and nothing changes, if a verdict was brought before.
    """
    assert msg.sender == JUDGE, "Campaigns: not the judge"
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    if self._tasks[key] != 0:
        return False
    self._tasks[key] = _COVERED
    log Final(id=id, key=key, state=_COVERED, to_hub=0)
    return True


@external
def arbitrate(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    accept: bool,
):
    """
    @notice The arbiter of the terms decides a pending verdict for good.
    @param terms The campaign's terms; the caller is their arbiter.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands.
    @param accept The verdict.
    """
    assert msg.sender == terms.arbiter, "Campaigns: not the arbiter"
    id: bytes32 = campaign_terms.id(terms)
    word: uint256 = self._tasks[campaign_messages.task_key(id, index, attempt)]
    self._check_open(word, standing)
    assert (word >> 4) & 15 != _ARBITER, "Campaigns: not a higher round"
    self._judge(terms, id, index, attempt, word, standing, empty(DynArray[address, 21]), accept, _ARBITER, block.timestamp)


@external
def appeal(terms: campaign_terms.Terms, index: uint32, attempt: uint8, standing: campaign_standing.Standing):
    """
    @notice Asks for the next, larger panel, or for the arbiter. Against an acceptance only the requester may
            appeal, against a rejection anybody. The bond is the next panel's pay: it returns if the verdict turns,
            and pays that panel if not. If nobody judges in time the verdict stands; then the bond goes to the miner,
            or back if the miner was rejected, whom the hub's collateral pays instead.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands.
    """
    id: bytes32 = campaign_terms.id(terms)
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    word: uint256 = self._tasks[key]
    self._check_open(word, standing)
    state: uint256 = word & 15
    assert state == _ACCEPTED or state == _REJECTED, "Campaigns: nothing to appeal"
    round: uint256 = (word >> 4) & 15
    more: bool = round + 1 < convert(terms.rounds, uint256)
    assert round != _ARBITER and (more or terms.arbiter != empty(address)), "Campaigns: no further round"
    if state == _ACCEPTED:
        assert msg.sender == terms.requester, "Campaigns: not the requester"
    seats: uint256 = min(2 * convert(standing.panel, uint256) + 1, _MOST_SEATS)
    bond: uint256 = seats * campaign_terms.vr(terms.mr, terms.z, terms.floor)
    appealed: campaign_standing.Standing = standing
    appealed.bond = convert(bond, uint128)
    appealed.appellant = msg.sender
    until: uint256 = block.timestamp + convert(terms.window, uint256)
    kept: uint256 = word & (_LOW_32 ^ 15)
    self._store(id, key, index, attempt, appealed, (until << 32) | kept | (state + 2))
    assert extcall _GEM.transferFrom(msg.sender, self, bond), "Campaigns: transfer failed"


@external
def finalize(terms: campaign_terms.Terms, index: uint32, attempt: uint8, standing: campaign_standing.Standing):
    """
    @notice Pays what stands when its window is over (J4); anybody may call.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands.
    """
    id: bytes32 = campaign_terms.id(terms)
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    word: uint256 = self._tasks[key]
    self._check_hash(word, standing)
    assert block.timestamp >= (word >> 32) & (2**40 - 1), "Campaigns: window not over"
    state: uint256 = word & 15
    released: uint256 = (word >> 8) & (2**24 - 1)
    accepted: bool = self._is_accepted(state)
    self._judged[id] -= 1
    self._tasks[key] = _PAID if accepted else _REOPENED
    each: uint256 = campaign_terms.vr(terms.mr, terms.z, terms.floor)
    reward: uint256 = convert(standing.reward, uint256)
    to_hub: uint256 = 0
    others: uint256 = 0
    if accepted:
        if released & 1 == 1:
            to_hub = reward
        else:
            others = reward
            self._pay(standing.miner, reward)
    # The last seats are those that bonds pay, which were no part of what a Spend paid for.
    unbonded: uint256 = len(standing.voters) - convert(standing.bondSeats, uint256)
    bonded: uint256 = 0
    for i: uint256 in range(len(standing.voters), bound=21):
        if (released >> (i + 1)) & 1 == 1:
            to_hub += each
            if i >= unbonded:
                bonded += each
        else:
            if i < unbonded:
                others += each
            self._pay(standing.voters[i], each)
    log Final(id=id, key=key, state=self._tasks[key], to_hub=to_hub)
    if standing.billed:
        self._pay(terms.hub, bonded)
        self._pay(terms.requester, to_hub - bonded)
        extcall Judge(JUDGE).charge(terms.hub, terms.requester, others)
    else:
        self._pay(terms.hub, to_hub)
    if state == _APPEALED_ACCEPTED:
        self._pay(standing.miner, convert(standing.bond, uint256))
    elif state == _APPEALED_REJECTED:
        self._pay(standing.appellant, convert(standing.bond, uint256))
        # The hub owed a panel, not the arbiter a ruling; and nothing to a miner that it paid all the same.
        if ((word >> 4) & 15) + 1 < convert(terms.rounds, uint256) and released & 1 == 0:
            extcall Judge(JUDGE).charge(terms.hub, standing.miner, reward)




# --- inside -----------------------------------------------------------------------------------------------


@internal
@pure
def _cost(mr: uint128, panel: uint8, verification: uint256) -> uint256:
    """
    @notice What one task must be funded with.
    @return Base units.
    """
    return convert(mr, uint256) + 2 * convert(panel, uint256) * verification


@internal
@pure
def _is_accepted(state: uint256) -> bool:
    """
    @notice Whether the verdict that stands accepts.
    @return True if so.
    """
    return state == _ACCEPTED or state == _APPEALED_ACCEPTED


@internal
@view
def _mark(id: bytes32, index: uint32) -> uint256:
    """
    @notice The 8 bits of a task in `_marks`.
    @return accepted(1) | seats(7).
    """
    at: uint256 = convert(index, uint256)
    return (self._marks[id][at >> 5] >> ((at & 31) << 3)) & 255


@internal
@view
def _check_hash(word: uint256, standing: campaign_standing.Standing):
    """
    @notice Reverts unless this is what stands, and is pending.
    """
    state: uint256 = word & 15
    assert state != _NONE and state < _PAID, "Campaigns: nothing pending"
    assert word >> 72 == convert(keccak256(abi_encode(standing)), uint256) >> 72, "Campaigns: not what stands"


@internal
@view
def _check_open(word: uint256, standing: campaign_standing.Standing):
    """
    @notice Reverts unless this is what stands, and its window is not over.
    """
    self._check_hash(word, standing)
    assert block.timestamp < (word >> 32) & (2**40 - 1), "Campaigns: window over"


@internal
def _store(
    id: bytes32,
    key: bytes32,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    low: uint256,
):
    """
    @notice Keeps what stands now.
    @param low The word's lower 72 bits: until, released, round, state.
    """
    word: uint256 = ((convert(keccak256(abi_encode(standing)), uint256) >> 72) << 72) | low
    self._tasks[key] = word
    log Pending(id=id, key=key, index=index, attempt=attempt, word=word, standing=standing)


@internal
def _judge(
    terms: campaign_terms.Terms,
    id: bytes32,
    index: uint32,
    attempt: uint8,
    word: uint256,
    before: campaign_standing.Standing,
    voters: DynArray[address, 21],
    accept: bool,
    round: uint256,
    until: uint256,
):
    """
    @notice Lets a verdict stand: settles an appeal, pays the same side's earlier voters too, and holds the money.
    @param before What stood, with the panel of this round; `reward` is what accepting it pays.
    @param voters Who voted for it in this round.
    """
    each: uint256 = campaign_terms.vr(terms.mr, terms.z, terms.floor)
    state: uint256 = word & 15
    judged_before: bool = state != _NONE
    same: bool = judged_before and self._is_accepted(state) == accept
    after: campaign_standing.Standing = before
    refund: uint256 = 0
    held: uint256 = len(before.voters) - convert(before.bondSeats, uint256)
    if not same:
        after.voters = []
        after.bondSeats = 0
        # Bonds that were to pay the voters of the other side: whoever put them down was right.
        refund = convert(before.bondSeats, uint256) * each
    winner: address = before.miner if accept else terms.requester
    bond: uint256 = convert(before.bond, uint256)
    after.bond = 0
    after.appellant = empty(address)
    if bond != 0 and same:
        funded_seats: uint256 = min(len(voters), bond // each)
        after.bondSeats += convert(funded_seats, uint8)
        refund += bond - funded_seats * each
    # The escrow has two panels for a task; whom it has no seat for, the hub pays. No verdict is refused for that.
    others: uint256 = (self._mark(id, index) & 127) - held
    most: uint256 = 2 * convert(terms.panel, uint256) - others + convert(after.bondSeats, uint256)
    for voter: address in voters:
        for earlier: address in before.voters:
            assert earlier != voter, "Campaigns: judged before"
        if len(after.voters) < most:
            after.voters.append(voter)
    seats: uint256 = len(after.voters) - convert(after.bondSeats, uint256)
    reward: uint256 = convert(before.reward, uint256)
    old: uint256 = held * each
    new: uint256 = seats * each
    if judged_before and self._is_accepted(state):
        old += reward
    if accept:
        new += reward
    self._hold(terms, id, index, old, new, not judged_before)
    self._set_mark(id, index, held, seats, judged_before and self._is_accepted(state), accept)
    low: uint256 = (until << 32) | (round << 4) | (_ACCEPTED if accept else _REJECTED)
    # Seats are numbered anew when the verdict turns; the miner's release holds whatever the verdict.
    low |= word & ((_LOW_32 ^ 255) if same else 256)
    self._store(id, campaign_messages.task_key(id, index, attempt), index, attempt, after, low)
    if bond != 0 and not same:
        self._pay(before.appellant, bond)
    self._pay(winner, refund)


@internal
def _hold(terms: campaign_terms.Terms, id: bytes32, index: uint32, old: uint256, new: uint256, first: bool):
    """
    @notice Holds `new` instead of `old` base units for a verdict (J1, J2), within the day's cap.
    @param first Whether no verdict was pending.
    """
    money: uint256 = self._money[id]
    funded: uint256 = money >> 160
    at: uint256 = money & _LOW_64
    assert funded != 0 and at != _WITHDRAWN, "Campaigns: unknown campaign"
    # Else a hub could keep the requester in by ever new verdicts of its own people.
    assert not first or at == 0 or block.timestamp < at, "Campaigns: exit open"
    each: uint256 = self._cost(terms.mr, terms.panel, campaign_terms.vr(terms.mr, terms.z, terms.floor))
    tasks: uint256 = funded // each
    assert convert(index, uint256) < tasks, "Campaigns: index not funded"
    word: uint256 = self._judged[id]
    adjudicated: uint256 = (word >> 160) + new - old
    assert ((money >> 64) & _LOW_96) + adjudicated <= funded, "Campaigns: not enough left"
    day: uint256 = block.timestamp // _DAY
    today: uint256 = 0
    if (word >> 32) & _LOW_32 == day:
        today = (word >> 64) & _LOW_96
    if new > old:
        today += new - old
        assert today <= (tasks + _CAP_DAYS - 1) // _CAP_DAYS * each, "Campaigns: day's cap"
    pending: uint256 = word & _LOW_32
    if first:
        pending += 1
    self._judged[id] = (adjudicated << 160) | (today << 64) | (day << 32) | pending


@internal
def _set_mark(id: bytes32, index: uint32, held: uint256, seats: uint256, accepted: bool, accept: bool):
    """
    @notice Counts what a verdict takes of its task: one accepted attempt, and at most two panels (J1).
    """
    at: uint256 = convert(index, uint256)
    low: uint256 = (at & 31) << 3
    word: uint256 = self._marks[id][at >> 5]
    bits: uint256 = (word >> low) & 255
    taken: uint256 = (bits & 127) + seats - held
    done: bool = bits >> 7 == 1 and not accepted
    assert not (done and accept), "Campaigns: index accepted already"
    if done or accept:
        taken |= 128
    self._marks[id][at >> 5] = word ^ ((bits ^ taken) << low)


@internal
def _pay(to: address, amount: uint256):
    """
    @notice Sends GEM out, if there is any to send.
    @param to Receiver.
    @param amount Base units.
    """
    if amount != 0:
        assert extcall _GEM.transfer(to, amount), "Campaigns: transfer failed"
