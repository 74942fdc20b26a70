// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Auth, Config, Deploy, IChannels, IGem, Messages, Sig, Voucher} from "../src/Channels.sol";
import {vm} from "../src/Vm.sol";

/// What the fuzzer calls: everything that can be done to four channels of one payer, in small amounts, with good
/// and forged signatures. It writes down what was signed and seen; the invariants compare that with the contract.
contract ChannelsHandler {
    uint256 constant CLOSED = type(uint256).max;
    uint64 constant DELAY = 7 days;
    uint256 constant SIGNER_KEY = 0x5160;
    uint256 constant WORKER_KEY = 0x3000;
    uint256 constant FORGER_KEY = 0xbad;

    struct Seen {
        uint256 deposit;
        uint256 claimed;
        uint256 closing;
    }

    struct Signed {
        uint256 paid;
        uint256 bonded;
    }

    IGem public immutable gem;
    IChannels public immutable channels;
    address public constant RELAYER = address(0x4e1a);
    address public constant FRIEND = address(0xf41e);
    address public immutable payer = address(this);
    Config[4] configs;
    Seen[4] public seen;
    Signed[4] public signed;
    bytes[] replayable;
    uint256 public started;
    uint256 public cheated;
    uint256 public closed;
    uint256 public relayed;
    uint256 public relayedCloses;
    uint256 public replayed;
    string public broken;

    constructor() {
        gem = Deploy.gem(address(this));
        channels = Deploy.channels(gem);
        gem.approve(address(channels), type(uint256).max);
        for (uint256 i = 0; i < 4; i++) {
            // The first two channels share both sides and differ by the salt alone.
            configs[i] = Config(payer, vm.addr(SIGNER_KEY), vm.addr(WORKER_KEY + (i == 0 ? 1 : i)), DELAY, uint64(i));
        }
    }

    /// Every step passes through here: nothing falls, and a closed channel stays as it is (I2, I5).
    modifier watched() {
        _;
        lookAtAll();
    }

    function deposit(uint256 i, uint256 amount) external watched {
        i %= 4;
        amount = 1 + amount % 100;
        (address[] memory workers, uint128[] memory amounts) = row(i, amount);
        bool open = seen[i].closing == 0;
        bytes memory data =
            abi.encodeCall(channels.deposit_many, (configs[i].signer, DELAY, configs[i].salt, workers, amounts));
        check(send(payer, data) == open, "deposit: only while open");
    }

    function claim(uint256 i, uint256 paid, uint256 bonded, uint256 forged) external watched {
        i %= 4;
        (Voucher memory v, Sig memory sig) = voucher(i, paid, bonded, forged % 5 == 0);
        uint256 before = gem.balanceOf(configs[i].worker);
        uint256 wanted = forged % 5 == 0 ? 0 : worth(i, v.paid);
        bytes memory data = abi.encodeCall(channels.claim, (configs[i], v, sig));
        check(send(RELAYER, data), "claim: never reverts");
        check(gem.balanceOf(configs[i].worker) - before == wanted, "claim: pays min(paid, deposit) - claimed");
        if (forged % 5 != 0) replayable.push(data);
    }

    function claimAuth(uint256 i, uint256 paid, uint256 bonded, uint256 fee, uint256 stale) external watched {
        i %= 4;
        (Voucher memory v, Sig memory sig) = voucher(i, paid, bonded, false);
        Auth memory a = Auth(FRIEND, RELAYER, uint128(fee % 20), uint64(block.timestamp + stale % 2 - stale % 3 / 2));
        uint256 before = seen[i].claimed + (stale % 4 == 3 ? 1 : 0);
        bytes32 digest = Messages.claimAuth(address(channels), channels.channel_id(configs[i]), before, a);
        uint256 gain = worth(i, v.paid);
        bytes memory data = abi.encodeCall(channels.claim_auth, (configs[i], v, sig, a, sign(workerKey(i), digest)));
        bool good = stale % 4 != 3 && a.deadline >= block.timestamp && gain != 0 && gain >= a.fee;
        uint256 friends = gem.balanceOf(FRIEND);
        check(send(RELAYER, data) == good, "claim_auth: only what was signed");
        if (good) {
            check(gem.balanceOf(FRIEND) - friends == gain - a.fee, "claim_auth: the worker's choice gets the rest");
            relayed++;
            replayable.push(data);
        }
    }

    function push(uint256 i, uint256 upTo) external watched {
        i %= 4;
        (address[] memory workers, uint128[] memory amounts) = row(i, upTo % 121);
        bool good =
            send(payer, abi.encodeCall(channels.push_many, (configs[i].signer, DELAY, configs[i].salt, workers, amounts)));
        check(good, "push: never reverts");
        if (seen[i].closing != CLOSED && signed[i].paid < upTo % 121) signed[i].paid = upTo % 121;
    }

    function startClose(uint256 i, uint256 paid, uint256 bonded, bool byHub, bool none) external watched {
        i %= 4;
        bool good = seen[i].deposit != 0 && seen[i].closing == 0;
        Voucher memory v;
        Sig memory sig;
        // Signed only if it will be shown: a voucher above the shown one is what a later claim punishes.
        if (!none) (v, sig) = voucher(i, paid, bonded, false);
        bytes memory data = abi.encodeCall(channels.start_close, (configs[i], v, sig));
        check(!send(RELAYER, data), "start_close: only a party");
        check(send(byHub ? payer : configs[i].worker, data) == good, "start_close: once, with money in it");
        if (good) {
            started++;
            replayable.push(data);
        }
    }

    function closeAuth(uint256 i, uint256 paid, uint256 bonded, uint256 fee, uint256 stale) external watched {
        i %= 4;
        (Voucher memory v, Sig memory sig) = voucher(i, paid, bonded, false);
        (uint128 amount, uint64 until) = (uint128(fee % 20), uint64(block.timestamp - stale % 2));
        bytes32 digest = Messages.closeAuth(address(channels), channels.channel_id(configs[i]), RELAYER, amount, until);
        uint256 gain = worth(i, v.paid);
        bool good = stale % 2 == 0 && seen[i].deposit != 0 && seen[i].closing == 0 && gain >= amount;
        uint256 before = gem.balanceOf(configs[i].worker);
        Sig memory wsig = sign(workerKey(i), digest);
        bytes memory data = abi.encodeCall(channels.close_auth, (configs[i], v, sig, RELAYER, amount, until, wsig));
        check(send(RELAYER, data) == good, "close_auth: only what was signed, once");
        if (!good) return;
        check(gem.balanceOf(configs[i].worker) - before == gain - amount, "close_auth: the worker gets the rest");
        relayedCloses++;
        replayable.push(data);
    }

    function submitDebit(uint256 i, uint256 debited, bool forged) external watched {
        i %= 4;
        uint96 amount = uint96(debited % 121);
        bytes32 digest = Messages.debit(address(channels), channels.channel_id(configs[i]), amount, "r");
        Sig memory sig = sign(forged ? SIGNER_KEY : workerKey(i), digest);
        bytes memory data = abi.encodeCall(channels.submit_debit, (configs[i], amount, "r", sig));
        bool closing = seen[i].closing != 0 && seen[i].closing != CLOSED;
        check(send(RELAYER, data) == (closing && !forged), "submit_debit: closing, signed by the worker");
        if (closing && !forged) replayable.push(data);
    }

    function finishClose(uint256 i) external watched {
        i %= 4;
        Seen memory s = seen[i];
        bool good = s.closing != 0 && s.closing != CLOSED && block.timestamp >= (s.closing >> 192) & (2 ** 62 - 1);
        (uint256 wanted, uint256 back) = parts(i, s);
        uint256 before = gem.balanceOf(configs[i].worker);
        uint256 payers = gem.balanceOf(payer);
        bytes memory data = abi.encodeCall(channels.finish_close, (configs[i]));
        check(send(RELAYER, data) == good, "finish_close: after the delay, once");
        if (!good) return;
        check(gem.balanceOf(configs[i].worker) - before == wanted, "finish_close: the worker's part");
        check(gem.balanceOf(payer) - payers == back, "finish_close: the payer's part");
        closed++;
        if ((s.closing >> 254) & 1 == 1) cheated++;
        replayable.push(data);
    }

    /// What the end of a channel pays, said again in another language than the contract's.
    function parts(uint256 i, Seen memory s) private returns (uint256 toWorker, uint256 toPayer) {
        uint256 rest = s.deposit - s.claimed;
        uint256 bonded = (s.closing >> 96) & type(uint96).max;
        uint256 debited = s.closing & type(uint96).max;
        toWorker = bonded > debited ? bonded - debited : 0;
        bool all = (s.closing >> 254) & 1 == 1;
        check(all || s.closing == CLOSED || bonded <= signed[i].bonded, "I3: more bond than was signed");
        if (all || toWorker > rest) toWorker = rest;
        toPayer = rest - toWorker;
    }

    /// I6: a message that went through, sent once more and then again: the second time changes nothing at all. (The
    /// first may: a voucher above the deposit is worth more after a top-up.)
    function replay(uint256 which, bool byPayer) external watched {
        if (replayable.length == 0) return;
        bytes memory data = replayable[which % replayable.length];
        send(byPayer ? payer : RELAYER, data);
        lookAtAll();
        uint256 held = gem.balanceOf(address(channels));
        Seen[4] memory was = seen;
        send(byPayer ? payer : RELAYER, data);
        check(gem.balanceOf(address(channels)) == held, "I6: a replay moved money");
        check(keccak256(abi.encode(was)) == keccak256(abi.encode(allNow())), "I6: a replay changed a channel");
        replayed++;
    }

    function wait(uint256 hoursToWait) external {
        vm.warp(block.timestamp + (1 + hoursToWait % 100) * 1 hours);
    }

    // --- what the handler knows ---

    function configOf(uint256 i) external view returns (Config memory) {
        return configs[i];
    }

    function channelOf(uint256 i) public view returns (Seen memory s) {
        (s.deposit, s.claimed, s.closing) = channels.channel(channels.channel_id(configs[i]));
    }

    /// Everything that the payer, the workers, the friend, the relayer and the contract hold.
    function knownMoney() external view returns (uint256 sum) {
        sum = gem.balanceOf(payer) + gem.balanceOf(RELAYER) + gem.balanceOf(FRIEND) + gem.balanceOf(address(channels));
        for (uint256 i = 1; i < 4; i++) sum += gem.balanceOf(configs[i].worker);
    }

    function worth(uint256 i, uint256 paid) private view returns (uint256) {
        uint256 target = paid < seen[i].deposit ? paid : seen[i].deposit;
        return seen[i].closing == CLOSED || target <= seen[i].claimed ? 0 : target - seen[i].claimed;
    }

    function look(uint256 i) private {
        Seen memory now_ = channelOf(i);
        Seen memory was = seen[i];
        check(now_.deposit >= was.deposit && now_.claimed >= was.claimed, "I2: a counter fell");
        if (was.closing == CLOSED) {
            check(now_.closing == CLOSED, "I5: closed and open again");
            check(now_.deposit == was.deposit && now_.claimed == was.claimed, "I5: closed and changed");
        }
        if (was.closing != 0) check(now_.closing != 0, "I5: closing and open again");
        seen[i] = now_;
    }

    function lookAtAll() private {
        for (uint256 i = 0; i < 4; i++) look(i);
    }

    function allNow() private view returns (Seen[4] memory all) {
        for (uint256 i = 0; i < 4; i++) all[i] = channelOf(i);
    }

    function check(bool good, string memory what) private {
        if (!good && bytes(broken).length == 0) broken = what;
    }

    function send(address from, bytes memory data) private returns (bool good) {
        vm.prank(from);
        (good,) = address(channels).call(data);
    }

    function row(uint256 i, uint256 amount) private view returns (address[] memory who, uint128[] memory amounts) {
        who = new address[](1);
        amounts = new uint128[](1);
        (who[0], amounts[0]) = (configs[i].worker, uint128(amount));
    }

    function workerKey(uint256 i) private pure returns (uint256) {
        return WORKER_KEY + (i == 0 ? 1 : i);
    }

    function voucher(uint256 i, uint256 paid, uint256 bonded, bool forged)
        private
        returns (Voucher memory v, Sig memory sig)
    {
        v = Voucher(uint128(paid % 121), uint96(bonded % 121), uint64(paid % 121 + bonded % 121));
        bytes32 digest = Messages.voucher(address(channels), channels.channel_id(configs[i]), v);
        sig = sign(forged ? FORGER_KEY : SIGNER_KEY, digest);
        if (forged) return (v, sig);
        if (v.paid > signed[i].paid) signed[i].paid = v.paid;
        if (v.bonded > signed[i].bonded) signed[i].bonded = v.bonded;
    }

    function sign(uint256 key, bytes32 digest) private pure returns (Sig memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return Sig(v, uint256(r), uint256(s));
    }
}
