# SPDX-License-Identifier: Apache-2.0
# pragma version 0.4.3
# pragma evm-version cancun
# pragma nonreentrancy on
"""
@title Judge
@notice Finds from signed messages whether a verdict is proven, whether a hub is silent or gave a task twice, and
        holds the hubs' keys and collateral. The escrow itself, and what happens to verdicts, is in Campaigns.
@dev A silent claim: claim_silent -> pending for a window -> settle_silent: paid out of the collateral, unless by then
     a verdict was brought to Campaigns, or the miner's release (answer_silent) or votes that do not accept its work
     (answer_votes) were shown. No owner, no proxy, no pause.
"""

from ethereum.ercs import IERC20

from . import campaign_messages
from . import campaign_standing
from . import campaign_terms
from . import hub_collateral
from . import merkle

initializes: hub_collateral

exports: (
    hub_collateral.collateral,
    hub_collateral.signer_until,
    hub_collateral.set_signer,
    hub_collateral.retire_signer,
    hub_collateral.add_collateral,
    hub_collateral.start_collateral_exit,
    hub_collateral.finish_collateral_exit,
)


interface Campaigns:
    def JUDGE() -> address: view
    def funded(id: bytes32) -> uint256: view
    def redeemed(id: bytes32) -> uint256: view
    def task(key: bytes32) -> uint256: view
    def cover(id: bytes32, index: uint32, attempt: uint8) -> bool: nonpayable
    def judge(
        terms: campaign_terms.Terms,
        index: uint32,
        attempt: uint8,
        before: campaign_standing.Standing,
        found: campaign_standing.Standing,
        accept: bool,
        round: uint8,
    ): nonpayable
    def amend(
        terms: campaign_terms.Terms,
        index: uint32,
        attempt: uint8,
        standing: campaign_standing.Standing,
        reward: uint128,
        billed: bool,
        released: uint256,
    ): nonpayable


# What a miner handed in, and how it signed it.
struct Work:
    resultHash: bytes32
    salt: bytes32
    place: campaign_messages.Place
    sig: campaign_messages.Sig


# A vote of the panel's seat; member: the verifier's way to the terms' verifierRoot, empty where that is zero.
struct Ballot:
    seat: uint8
    place: campaign_messages.Place
    member: merkle.Path
    sig: campaign_messages.Sig


# The judges of one round, and the votes that agree: `accept` of the result with this hash.
struct Verdict:
    round: uint8
    verifiers: DynArray[address, 7]
    panelSig: campaign_messages.Sig
    resultHash: bytes32
    accept: bool
    ballots: DynArray[Ballot, 7]


# A vote about any result, by the panel's seat.
struct Answer:
    seat: uint8
    resultHash: bytes32
    accept: bool
    place: campaign_messages.Place
    sig: campaign_messages.Sig


# resultHash: the miner's. until: Unix time from which it is paid, the largest number when it is over.
struct Silence:
    hub: address
    miner: address
    resultHash: bytes32
    owed: uint256
    reserved: uint256
    until: uint256


event Silent:
    hub: indexed(address)
    key: indexed(bytes32)
    miner: indexed(address)
    owed: uint256
    until: uint256


event SilenceOver:
    hub: indexed(address)
    key: indexed(bytes32)
    paid: bool


event Equivocated:
    hub: indexed(address)
    key: indexed(bytes32)


event Anchored:
    hash: indexed(bytes32)


_DOMAIN_TYPE_HASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_SILENCE: constant(uint256) = 2 * 86_400  # for the audit's secret and the requester's seed
_OVER: constant(uint256) = max_value(uint256)

CAMPAIGNS: public(immutable(address))

# Unix time at which a submission, or the root of a batch of them, was shown to the chain; 0: never
anchors: public(HashMap[bytes32, uint256])
# by the task's key, as the next
silences: public(HashMap[bytes32, Silence])
equivocated: public(HashMap[bytes32, bool])
# by the assignment's hash: an equivocation was paid for
_charged: HashMap[bytes32, bool]


@deploy
def __init__(gem: address, campaigns: address):
    """
    @notice Fixes token and escrow for ever.
    @param gem The GEM contract.
    @param campaigns The contract Campaigns, which was deployed with this contract's address.
    """
    assert gem.is_contract, "Judge: gem is no contract"
    assert campaigns.is_contract, "Judge: campaigns is no contract"
    assert staticcall Campaigns(campaigns).JUDGE() == self, "Judge: not the judge of these campaigns"
    CAMPAIGNS = campaigns
    hub_collateral.__init__(IERC20(gem))


@external
@view
def is_signer(hub: address, signer: address) -> bool:
    """
    @notice Whether a key may sign for a hub now.
    @param hub The hub of campaigns' terms; it always may.
    @param signer The key.
    @return True if so.
    """
    return hub_collateral.is_signer(hub, signer)


@external
def claim(
    terms: campaign_terms.Terms,
    a: campaign_messages.Assignment,
    signer: address,
    asig: campaign_messages.Sig,
    work: Work,
    v: Verdict,
    before: campaign_standing.Standing,
):
    """
    @notice Proves a verdict: a quorum of votes over a miner's result. It waits in Campaigns for its window.
            Anybody may call.
    @dev A vote that accepts another result than the miner's rejects the miner's: blind verifiers answer themselves.
         In a last round a simple majority is enough, of the seats and of the terms' panel.
    @param terms The campaign's terms.
    @param a The assignment.
    @param signer The hub's key that signed the assignment; the panel is signed by any of its keys.
    @param asig Its signature over the assignment.
    @param work What the miner handed in.
    @param v The panel and the votes that agree, by rising seat.
    @param before What stood in Campaigns so far, all empty if nothing did.
    """
    id: bytes32 = campaign_terms.id(terms)
    separator: bytes32 = self._separator()
    found: campaign_standing.Standing = empty(campaign_standing.Standing)
    found.assignmentHash = self._given(separator, id, terms.hub, a, signer, asig)
    found.miner = a.miner
    found.reward = a.reward
    found.panel = convert(len(v.verifiers), uint8)
    self._handed_in(separator, found.assignmentHash, a.miner, work)
    assert v.round < terms.rounds, "Judge: no such round"
    assert self._is_hubs(
        separator, terms.hub, campaign_messages.panel(id, a.index, a.attempt, v.round, v.verifiers), v.panelSig
    ), "Judge: bad panel"
    last: uint160 = 0
    for verifier: address in v.verifiers:
        assert convert(verifier, uint160) > last, "Judge: panel not ascending"
        assert verifier != a.miner, "Judge: miner on the panel"
        last = convert(verifier, uint160)
    own: bool = v.resultHash == work.resultHash
    assert own or v.accept, "Judge: votes about nothing"
    ballot: bytes32 = campaign_messages.vote(id, a.index, a.attempt, v.round, v.resultHash, v.accept)
    next_seat: uint8 = 0
    for i: uint256 in range(len(v.ballots), bound=7):
        seat: uint8 = v.ballots[i].seat
        assert seat >= next_seat, "Judge: seats not rising"
        assert seat < found.panel, "Judge: no such seat"
        next_seat = seat + 1
        voter: address = v.verifiers[seat]
        assert campaign_messages.is_signed_in(
            separator, voter, ballot, campaign_messages.BATCH_VOTE, v.ballots[i].place, v.ballots[i].sig
        ), "Judge: bad vote"
        if terms.verifierRoot != empty(bytes32):
            member: bytes32 = merkle.root_of(convert(voter, bytes32), v.ballots[i].member)
            assert member == terms.verifierRoot, "Judge: not a verifier of the terms"
        found.voters.append(voter)
    # Never fewer than a majority of the terms' panel: else one friend alone, seated in the last round, decides.
    least: uint256 = max(len(v.verifiers), convert(terms.panel, uint256)) // 2 + 1
    if v.round + 1 < terms.rounds:
        least = max(least, convert(terms.quorum, uint256))
    assert len(found.voters) >= least, "Judge: too few votes"
    extcall Campaigns(CAMPAIGNS).judge(terms, a.index, a.attempt, before, found, own and v.accept, v.round)


@external
def post_release(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    seat: uint8,
    place: campaign_messages.Place,
    sig: campaign_messages.Sig,
):
    """
    @notice Shows that a recipient was paid in its channel: its part of a pending verdict is the hub's.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands in Campaigns.
    @param seat 0 for the miner, i + 1 for the voter i.
    @param place How the release was signed.
    @param sig The recipient's signature over Release(key, terms.hub) or a batch of such.
    """
    who: address = standing.miner
    if seat != 0:
        assert convert(seat, uint256) <= len(standing.voters), "Judge: no such seat"
        who = standing.voters[seat - 1]
    key: bytes32 = campaign_messages.task_key(campaign_terms.id(terms), index, attempt)
    assert campaign_messages.is_signed_in(
        self._separator(),
        who,
        campaign_messages.release(key, terms.hub),
        campaign_messages.BATCH_RELEASE,
        place,
        sig,
    ), "Judge: bad release"
    extcall Campaigns(CAMPAIGNS).amend(
        terms, index, attempt, standing, standing.reward, standing.billed, 1 << convert(seat, uint256)
    )


@external
def prove_redo(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    earlier: campaign_messages.Assignment,
    signer: address,
    sig: campaign_messages.Sig,
):
    """
    @notice Shows that the miner had its first try in the attempt before: its reward is at most mr - vr.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt, which is the redo.
    @param standing What stands in Campaigns.
    @param earlier The assignment of the attempt before, of the same miner.
    @param signer The hub's key that signed it.
    @param sig Its signature.
    """
    self._given(self._separator(), campaign_terms.id(terms), terms.hub, earlier, signer, sig)
    assert earlier.index == index and earlier.miner == standing.miner, "Judge: another task"
    assert convert(earlier.attempt, uint256) + 1 == convert(attempt, uint256), "Judge: not the attempt before"
    most: uint256 = convert(terms.mr, uint256) - campaign_terms.vr(terms.mr, terms.z, terms.floor)
    assert convert(standing.reward, uint256) > most, "Judge: reward of a redo"
    extcall Campaigns(CAMPAIGNS).amend(
        terms, index, attempt, standing, convert(most, uint128), standing.billed, 0
    )


@external
def show_bill(
    terms: campaign_terms.Terms,
    index: uint32,
    attempt: uint8,
    standing: campaign_standing.Standing,
    spent: uint128,
    root: bytes32,
    path: merkle.Path,
    signer: address,
    sig: campaign_messages.Sig,
):
    """
    @notice Shows that a Spend, which was redeemed, paid for this task: what is the hub's of it goes back to the
            requester, and what the hub left unpaid to others comes out of its collateral as far as that goes.
    @param terms The campaign's terms.
    @param index The task.
    @param attempt The attempt.
    @param standing What stands in Campaigns.
    @param spent The Bill's sum, all of it redeemed.
    @param root The Bill's root.
    @param path The task key's way to the root.
    @param signer The hub's key that signed the Bill, retired or not.
    @param sig Its signature.
    """
    id: bytes32 = campaign_terms.id(terms)
    assert staticcall Campaigns(CAMPAIGNS).redeemed(id) >= convert(spent, uint256), "Judge: spend not redeemed"
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    assert root != empty(bytes32) and merkle.root_of(key, path) == root, "Judge: not on the bill"
    # A retired key's bill holds for ever: the hub's payer can sign an old assignment again, but no requester a bill.
    assert hub_collateral.was_signer(terms.hub, signer), "Judge: unknown signer"
    bill: bytes32 = campaign_messages.bill(id, spent, root, path.count)
    assert campaign_messages.is_signed(self._separator(), signer, bill, sig), "Judge: bad bill"
    extcall Campaigns(CAMPAIGNS).amend(terms, index, attempt, standing, standing.reward, True, 0)


@external
def anchor(hash: bytes32):
    """
    @notice Shows the chain a submission, or the root of a batch of them, whose receipt the hub refuses.
    @param hash Its struct hash, or the batch's root.
    """
    if self.anchors[hash] == 0:
        self.anchors[hash] = block.timestamp
        log Anchored(hash=hash)


@external
def claim_silent(
    terms: campaign_terms.Terms,
    a: campaign_messages.Assignment,
    signer: address,
    asig: campaign_messages.Sig,
    work: Work,
    received_at: uint64,
    rsig: campaign_messages.Sig,
):
    """
    @notice The hub received work, or it was anchored in time, and no verdict was brought when all rounds should have
            been over: reward and stake come out of the hub's collateral after the window. Anybody may call.
    @param terms The campaign's terms.
    @param a The assignment.
    @param signer The hub's key that signed the assignment; the receipt is signed by any of its keys.
    @param asig Its signature over the assignment.
    @param work What the miner handed in.
    @param received_at The receipt's time; 0 if the hub refused one and the work was anchored by its due time.
    @param rsig The signature over the receipt.
    """
    id: bytes32 = campaign_terms.id(terms)
    assert staticcall Campaigns(CAMPAIGNS).funded(id) != 0, "Judge: unknown campaign"
    separator: bytes32 = self._separator()
    leaf: bytes32 = self._given(separator, id, terms.hub, a, signer, asig)
    submission: bytes32 = self._handed_in(separator, leaf, a.miner, work)
    since: uint256 = convert(received_at, uint256)
    if since == 0:
        shown: bytes32 = submission
        if work.place.path.count != 0:
            shown = merkle.root_of(submission, work.place.path)
        since = self.anchors[shown]
        assert since != 0 and since <= convert(a.dueAt, uint256), "Judge: not anchored in time"
    else:
        receipt: bytes32 = campaign_messages.receipt(submission, work.place.path, received_at)
        assert self._is_hubs(separator, terms.hub, receipt, rsig), "Judge: bad receipt"
    window: uint256 = convert(terms.window, uint256)
    assert block.timestamp >= since + _SILENCE + convert(terms.rounds, uint256) * window, "Judge: not silent yet"
    key: bytes32 = campaign_messages.task_key(id, a.index, a.attempt)
    assert staticcall Campaigns(CAMPAIGNS).task(key) == 0, "Judge: a verdict was brought"
    assert self.silences[key].until == 0, "Judge: claimed already"
    owed: uint256 = convert(a.reward, uint256) + convert(a.stake, uint256)
    reserved: uint256 = hub_collateral.reserve(terms.hub, 2 * owed)
    assert reserved != 0, "Judge: no collateral"
    until: uint256 = block.timestamp + window
    self.silences[key] = Silence(
        hub=terms.hub,
        miner=a.miner,
        resultHash=work.resultHash,
        owed=owed,
        reserved=reserved,
        until=until,
    )
    log Silent(hub=terms.hub, key=key, miner=a.miner, owed=owed, until=until)


@external
def answer_silent(
    id: bytes32, index: uint32, attempt: uint8, place: campaign_messages.Place, sig: campaign_messages.Sig
):
    """
    @notice Shows that the miner of a silent claim was paid in its channel: nothing is owed. Anybody may call.
    @param id The campaign.
    @param index The task.
    @param attempt The attempt.
    @param place How the release was signed.
    @param sig The miner's signature over Release(key, hub) or a batch of such.
    """
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    silence: Silence = self._silence(key)
    leaf: bytes32 = campaign_messages.release(key, silence.hub)
    assert campaign_messages.is_signed_in(
        self._separator(), silence.miner, leaf, campaign_messages.BATCH_RELEASE, place, sig
    ), "Judge: bad release"
    self._end(key, silence, False)


@external
def answer_votes(
    id: bytes32,
    index: uint32,
    attempt: uint8,
    signer: address,
    round: uint8,
    verifiers: DynArray[address, 7],
    panel_sig: campaign_messages.Sig,
    answers: DynArray[Answer, 7],
):
    """
    @notice Shows that the work of a silent claim was judged, and not accepted by most of a panel: the hub was not
            silent, and its collateral owes nothing. It is no verdict: Judge.claim takes one still. Anybody may call.
    @dev Weaker than a claim on purpose: no quorum of the terms, and blind answers may differ from each other. What the
         hub keeps by a panel of its own people is what a worker risks with it anyway, and everybody sees it.
    @param id The campaign.
    @param index The task.
    @param attempt The attempt.
    @param signer The hub's key that signed the panel.
    @param round The panel's round.
    @param verifiers The panel.
    @param panel_sig The signature over it.
    @param answers Votes that do not accept the miner's result, by rising seat.
    """
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    silence: Silence = self._silence(key)
    separator: bytes32 = self._separator()
    assert hub_collateral.is_signer(silence.hub, signer), "Judge: unknown signer"
    panel: bytes32 = campaign_messages.panel(id, index, attempt, round, verifiers)
    assert campaign_messages.is_signed(separator, signer, panel, panel_sig), "Judge: bad panel"
    assert 2 * len(answers) > len(verifiers), "Judge: too few votes"
    next_seat: uint256 = 0
    for i: uint256 in range(len(answers), bound=7):
        seat: uint256 = convert(answers[i].seat, uint256)
        assert seat >= next_seat, "Judge: seats not rising"
        assert seat < len(verifiers), "Judge: no such seat"
        next_seat = seat + 1
        assert not (answers[i].accept and answers[i].resultHash == silence.resultHash), "Judge: it accepts"
        assert verifiers[seat] != silence.miner, "Judge: miner on the panel"
        vote: bytes32 = campaign_messages.vote(
            id, index, attempt, round, answers[i].resultHash, answers[i].accept
        )
        assert campaign_messages.is_signed_in(
            separator, verifiers[seat], vote, campaign_messages.BATCH_VOTE, answers[i].place, answers[i].sig
        ), "Judge: bad vote"
    self._end(key, silence, False)


@external
def settle_silent(id: bytes32, index: uint32, attempt: uint8):
    """
    @notice Ends a silent claim: at once, without pay, if a verdict was brought to Campaigns; else paid when its
            window is over. Anybody may call.
    @param id The campaign.
    @param index The task.
    @param attempt The attempt.
    """
    key: bytes32 = campaign_messages.task_key(id, index, attempt)
    silence: Silence = self._silence(key)
    if staticcall Campaigns(CAMPAIGNS).task(key) != 0:
        self._end(key, silence, False)
        return
    assert block.timestamp >= silence.until, "Judge: window not over"
    assert extcall Campaigns(CAMPAIGNS).cover(id, index, attempt), "Judge: a verdict was brought"
    self._end(key, silence, True)


@external
def prove_equivocation(
    terms: campaign_terms.Terms,
    a: campaign_messages.Assignment,
    signer_a: address,
    sig_a: campaign_messages.Sig,
    b: campaign_messages.Assignment,
    signer_b: address,
    sig_b: campaign_messages.Sig,
):
    """
    @notice The hub gave one attempt at one task twice: its collateral pays both rewards, and burns as much. Each
            assignment is paid for once: a third one, made up by the hub to be first here, takes nothing from the others.
    @param terms The campaign's terms.
    @param a One assignment.
    @param signer_a The hub's key that signed it.
    @param sig_a Its signature.
    @param b Another one of the same index and attempt.
    @param signer_b The hub's key that signed it.
    @param sig_b Its signature.
    """
    id: bytes32 = campaign_terms.id(terms)
    assert staticcall Campaigns(CAMPAIGNS).funded(id) != 0, "Judge: unknown campaign"
    separator: bytes32 = self._separator()
    leaf_a: bytes32 = self._given(separator, id, terms.hub, a, signer_a, sig_a)
    leaf_b: bytes32 = self._given(separator, id, terms.hub, b, signer_b, sig_b)
    assert a.index == b.index and a.attempt == b.attempt and leaf_a != leaf_b, "Judge: no equivocation"
    key: bytes32 = campaign_messages.task_key(id, a.index, a.attempt)
    assert not (self._charged[leaf_a] and self._charged[leaf_b]), "Judge: proven already"
    self.equivocated[key] = True
    log Equivocated(hub=terms.hub, key=key)
    self._charge_for(leaf_a, terms.hub, a)
    self._charge_for(leaf_b, terms.hub, b)


@external
def charge(hub: address, to: address, owed: uint256):
    """
    @notice Takes what a hub owes out of its collateral, as far as it goes. Called by Campaigns.
    @param hub The hub.
    @param to Whom it wronged.
    @param owed Base units.
    """
    assert msg.sender == CAMPAIGNS, "Judge: not the escrow"
    self._charge(hub, to, owed)


@internal
@view
def _separator() -> bytes32:
    """
    @notice The domain separator of Campaigns, for the chain the call runs on.
    @return 32 bytes.
    """
    return keccak256(
        abi_encode(_DOMAIN_TYPE_HASH, keccak256("GemCampaigns"), keccak256("1"), chain.id, CAMPAIGNS)
    )


@internal
@view
def _is_hubs(separator: bytes32, hub: address, struct_hash: bytes32, sig: campaign_messages.Sig) -> bool:
    """
    @notice Whether any key of the hub signed a message: a new key between two messages voids neither (attack 8).
    @return True if so.
    """
    who: address = ecrecover(keccak256(concat(x"1901", separator, struct_hash)), sig.v, sig.r, sig.s)
    return hub_collateral.is_signer(hub, who) and campaign_messages.is_signed(separator, who, struct_hash, sig)


@internal
@view
def _given(
    separator: bytes32,
    id: bytes32,
    hub: address,
    a: campaign_messages.Assignment,
    signer: address,
    sig: campaign_messages.Sig,
) -> bytes32:
    """
    @notice Reverts unless a key of the hub signed the assignment.
    @return The assignment's hash.
    """
    assert hub_collateral.is_signer(hub, signer), "Judge: unknown signer"
    leaf: bytes32 = campaign_messages.assignment(id, a)
    assert campaign_messages.is_signed(separator, signer, leaf, sig), "Judge: bad assignment"
    return leaf


@internal
@view
def _handed_in(separator: bytes32, assignment: bytes32, miner: address, work: Work) -> bytes32:
    """
    @notice Reverts unless the miner handed this in for the assignment.
    @return The submission's hash.
    """
    leaf: bytes32 = campaign_messages.submission(assignment, work.resultHash, work.salt)
    assert campaign_messages.is_signed_in(
        separator, miner, leaf, campaign_messages.BATCH_SUBMISSION, work.place, work.sig
    ), "Judge: bad submission"
    return leaf


@internal
@view
def _silence(key: bytes32) -> Silence:
    """
    @notice A silent claim that is pending; reverts if there is none.
    @return The claim.
    """
    silence: Silence = self.silences[key]
    assert silence.until != 0 and silence.until != _OVER, "Judge: nothing pending"
    return silence


@internal
def _end(key: bytes32, silence: Silence, paid: bool):
    """
    @notice Ends a silent claim for good, paid or not.
    """
    self.silences[key].until = _OVER
    log SilenceOver(hub=silence.hub, key=key, paid=paid)
    hub_collateral.free(silence.hub, silence.reserved)
    if paid:
        hub_collateral.pay(silence.hub, silence.reserved, silence.miner)


@internal
def _charge_for(leaf: bytes32, hub: address, a: campaign_messages.Assignment):
    """
    @notice Pays the miner of an assignment that another one contradicts, once.
    """
    if not self._charged[leaf]:
        self._charged[leaf] = True
        self._charge(hub, a.miner, convert(a.reward, uint256))


@internal
def _charge(hub: address, to: address, owed: uint256):
    """
    @notice Pays what a hub owes out of its collateral, as far as half of it goes, and burns as much.
    """
    hub_collateral.pay(hub, 2 * owed, to)
