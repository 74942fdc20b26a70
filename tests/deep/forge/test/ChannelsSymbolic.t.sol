// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Auth, Config, Deploy, IChannels, IGem, Messages, Sig, Voucher} from "../src/Channels.sol";
import {vm} from "../src/Vm.sol";

/// One call from any state of a channel with claimed <= deposit, for all values of all arguments, on the stored
/// bytecode. With the step proved for every function, what holds at the start holds after any number of calls.
contract ChannelsSymbolic {
    uint256 constant CLOSED = type(uint256).max;
    uint256 constant LOW96 = type(uint96).max;
    uint256 constant HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;
    address constant PAYER = address(0xa001);
    address constant SIGNER = address(0xa002);
    address constant WORKER = address(0xa003);
    address constant FRIEND = address(0xa004);
    address constant RELAYER = address(0xa005);

    struct State {
        uint128 deposit;
        uint128 claimed;
        uint256 closing;
        uint64 time;
        address caller;
    }

    IGem internal gem;
    IChannels internal channels;
    Config internal config;
    bytes32 internal id;

    function setUp() public {
        gem = Deploy.gem(address(this));
        channels = Deploy.channels(gem);
        gem.transfer(PAYER, gem.totalSupply() / 2);
        gem.transfer(address(channels), gem.totalSupply() / 2);
        vm.prank(PAYER);
        gem.approve(address(channels), type(uint256).max);
        config = Config(PAYER, SIGNER, WORKER, 30 days, 7);
        id = channels.channel_id(config);
        // The two slots that `put` writes are those that the contract reads, in each of the three states.
        reads(5, 3, 0);
        reads(5, 3, 9);
        reads(5, 3, CLOSED);
        put(0, 0, 0);
    }

    // --- one property for each function ---

    function check_claim(State memory s, Voucher memory v, Sig memory sig) public {
        start(s);
        uint256 paid = channels.claim(config, v, sig);
        uint256 wanted = pick(isVoucher(v, sig), worth(s, v.paid), 0);
        assert(both(after_(s, wanted), both(paid == wanted, gem.balanceOf(WORKER) == wanted)));
    }

    function check_claim_auth(State memory s, Voucher memory v, Sig memory sig, Auth memory a, Sig memory wsig) public {
        (a.to, s.caller) = (FRIEND, RELAYER);
        bytes32 digest = Messages.claimAuth(address(channels), id, s.claimed, a);
        start(s);
        try channels.claim_auth(config, v, sig, a, wsig) returns (uint256 amount) {
            bool signed = both(may(s, a, isSigned(WORKER, digest, wsig)), isVoucher(v, sig));
            bool worthIt = both(amount == worth(s, v.paid), both(amount != 0, amount >= a.fee));
            unchecked {
                bool got = both(gem.balanceOf(FRIEND) == amount - a.fee, gem.balanceOf(RELAYER) == a.fee);
                assert(both(both(signed, worthIt), both(got, after_(s, amount))));
            }
        } catch {
            bool good = both(may(s, a, isSigned(WORKER, digest, wsig)), isVoucher(v, sig));
            good = both(good, both(worth(s, v.paid) != 0, worth(s, v.paid) >= a.fee));
            assert(both(!good, same(s)));
        }
    }

    function check_close_auth(State memory s, Voucher memory v, Sig memory sig, Auth memory a, Sig memory wsig) public {
        s.caller = RELAYER;
        bytes32 digest = Messages.closeAuth(address(channels), id, a.relayer, a.fee, a.deadline);
        bool good = both(may(s, a, isSigned(WORKER, digest, wsig)), canStart(s, v, sig));
        start(s);
        try channels.close_auth(config, v, sig, a.relayer, a.fee, a.deadline, wsig) returns (uint256 amount) {
            (,, uint256 closing) = channels.channel(id);
            good = both(good, closing == (uint256(s.time) + 30 days) << 192 | uint256(v.bonded) << 96);
            good = both(good, both(amount == worth(s, v.paid), amount >= a.fee));
            unchecked {
                good = both(good, both(gem.balanceOf(WORKER) == amount - a.fee, gem.balanceOf(RELAYER) == a.fee));
            }
            assert(both(good, after_(s, amount)));
        } catch {
            assert(both(!both(good, worth(s, v.paid) >= a.fee), same(s)));
        }
    }

    function check_push(State memory s, uint128 upTo) public {
        s.caller = PAYER;
        (address[] memory workers, uint128[] memory amounts) = row(upTo);
        start(s);
        channels.push_many(SIGNER, 30 days, 7, workers, amounts);
        (,, uint256 closing) = channels.channel(id);
        bool paid = both(gem.balanceOf(WORKER) == worth(s, upTo), closing == s.closing);
        assert(both(paid, after_(s, worth(s, upTo))));
    }

    function check_deposit(State memory s, uint128 amount) public {
        s.caller = PAYER;
        uint256 held = gem.balanceOf(address(channels));
        (address[] memory workers, uint128[] memory amounts) = row(amount);
        start(s);
        try channels.deposit_many(SIGNER, 30 days, 7, workers, amounts) {
            (uint256 deposit, uint256 claimed, uint256 closing) = channels.channel(id);
            bool open = both(s.closing == 0, both(closing == 0, amount != 0));
            bool counted = both(deposit == uint256(s.deposit) + amount, claimed == s.claimed);
            assert(both(both(open, counted), gem.balanceOf(address(channels)) == held + amount));
        } catch {
            bool fits = both(amount <= gem.totalSupply() / 2, uint256(s.deposit) + amount < 2 ** 126);
            assert(both(same(s), !both(fits, both(s.closing == 0, amount != 0))));
        }
    }

    function check_start_close(State memory s, Voucher memory v, Sig memory sig) public {
        bool good = both(either(s.caller == PAYER, s.caller == WORKER), canStart(s, v, sig));
        start(s);
        try channels.start_close(config, v, sig) {
            (,, uint256 closing) = channels.channel(id);
            uint256 flag = pick(s.caller == PAYER, 1 << 255, 0);
            good = both(good, closing == (flag | (uint256(s.time) + 30 days) << 192 | uint256(v.bonded) << 96));
            good = both(good, gem.balanceOf(WORKER) == worth(s, v.paid));
            assert(both(good, after_(s, worth(s, v.paid))));
        } catch {
            assert(both(!good, same(s)));
        }
    }

    function check_submit_debit(State memory s, uint96 debited, bytes32 reason, Sig memory wsig) public {
        bytes32 digest = Messages.debit(address(channels), id, debited, reason);
        bool good = both(isClosing(s), isSigned(WORKER, digest, wsig));
        start(s);
        try channels.submit_debit(config, debited, reason, wsig) {
            (,, uint256 closing) = channels.channel(id);
            good = both(good, closing >> 96 == s.closing >> 96);
            good = both(good, closing & LOW96 == pick(debited > s.closing & LOW96, debited, s.closing & LOW96));
            assert(both(good, after_(s, 0)));
        } catch {
            assert(both(!good, same(s)));
        }
    }

    function check_finish_close(State memory s) public {
        uint256 payers = gem.balanceOf(PAYER);
        bool good = both(isClosing(s), s.time >= (s.closing >> 192) & (2 ** 62 - 1));
        start(s);
        try channels.finish_close(config) {
            (uint256 rest, uint256 bonded) = (uint256(s.deposit) - s.claimed, (s.closing >> 96) & LOW96);
            uint256 bond;
            unchecked {
                bond = pick(bonded > s.closing & LOW96, bonded - (s.closing & LOW96), 0);
            }
            uint256 wanted = pick(either((s.closing >> 254) & 1 == 1, bond > rest), rest, bond);
            good = both(good, gem.balanceOf(WORKER) == wanted);
            good = both(good, gem.balanceOf(PAYER) == payers + rest - wanted);
            (uint256 deposit, uint256 claimed, uint256 closing) = channels.channel(id);
            assert(both(good, both(closing == CLOSED, both(deposit == s.deposit, claimed == s.claimed))));
        } catch {
            assert(both(!good, same(s)));
        }
    }

    // --- across the functions ---

    /// I5: nothing changes a closed channel, whoever calls whatever.
    function check_closed_is_final(State memory s, uint256 which, Voucher memory v, Sig memory a, Sig memory b) public {
        s.closing = CLOSED;
        anyCall(s, which, v, a, b);
        assert(same(s));
    }

    /// I4: no call with a voucher that the channel's signer did not sign moves a base unit.
    function check_a_forged_voucher_moves_nothing(State memory s, uint256 which, Voucher memory v, Sig memory a, Sig memory b)
        public
    {
        vm.assume(both(which < 4, !either(isVoucher(v, a), isNone(v))));
        anyCall(s, which, v, a, b);
        assert(same(s));
    }

    /// The control: false, since a voucher above the deposit is paid only as far as the deposit goes.
    function check_control_claim_pays_whatever_was_signed(State memory s, Voucher memory v, Sig memory sig) public {
        vm.assume(both(isVoucher(v, sig), both(v.paid > s.claimed, s.closing == 0)));
        start(s);
        assert(channels.claim(config, v, sig) == v.paid - s.claimed);
    }

    // --- how ---

    function start(State memory s) internal {
        vm.assume(both(s.claimed <= s.deposit, s.deposit < 2 ** 126));
        vm.assume(uint256(s.deposit) <= s.claimed + gem.totalSupply() / 2);
        // Else `at` would leave its 62 bits, in 146,000,000,000 years.
        vm.assume(s.time < 2 ** 62 - 30 days);
        put(s.deposit, s.claimed, s.closing);
        vm.warp(s.time);
        vm.prank(s.caller);
    }

    function put(uint256 deposit, uint256 claimed, uint256 closing) internal {
        uint256 flags = pick(closing == 0, 0, pick(closing == CLOSED, 1 << 255, 1 << 254));
        bytes32 word = bytes32(flags | deposit << 128 | claimed);
        vm.store(address(channels), keccak256(abi.encode(uint256(0), id)), word);
        vm.store(address(channels), keccak256(abi.encode(uint256(1), id)), bytes32(pick(closing == CLOSED, 0, closing)));
    }

    function reads(uint256 deposit, uint256 claimed, uint256 closing) internal {
        put(deposit, claimed, closing);
        (uint256 d, uint256 c, uint256 word) = channels.channel(id);
        require(d == deposit && c == claimed && word == closing, "the storage lies elsewhere");
    }

    function anyCall(State memory s, uint256 which, Voucher memory v, Sig memory a, Sig memory b) internal {
        // Somebody else's deposit or push is about a channel of his own: the caller is part of its name.
        if (which == 4) s.caller = PAYER;
        else if (which == 5) s.caller = PAYER;
        Auth memory auth = Auth(FRIEND, s.caller, 0, s.time);
        (address[] memory workers, uint128[] memory amounts) = row(v.paid);
        bytes memory data;
        if (which == 0) data = abi.encodeCall(channels.claim, (config, v, a));
        else if (which == 1) data = abi.encodeCall(channels.claim_auth, (config, v, a, auth, b));
        else if (which == 2) data = abi.encodeCall(channels.start_close, (config, v, a));
        else if (which == 3) data = abi.encodeCall(channels.close_auth, (config, v, a, s.caller, 0, s.time, b));
        else if (which == 7) data = abi.encodeCall(channels.submit_debit, (config, v.bonded, bytes32(a.r), b));
        else if (which == 4) data = abi.encodeCall(channels.push_many, (SIGNER, 30 days, 7, workers, amounts));
        else if (which == 5) data = abi.encodeCall(channels.deposit_many, (SIGNER, 30 days, 7, workers, amounts));
        else data = abi.encodeCall(channels.finish_close, (config));
        start(s);
        (bool done,) = address(channels).call(data);
        done;
    }

    /// The channel and the contract's money are what they were.
    function same(State memory s) internal view returns (bool) {
        (uint256 deposit, uint256 claimed, uint256 closing) = channels.channel(id);
        bool held = gem.balanceOf(address(channels)) == gem.totalSupply() / 2;
        return both(held, both(deposit == s.deposit, both(claimed == s.claimed, closing == s.closing)));
    }

    /// `paid` base units left, the counters rose by just that, and claimed <= deposit still holds (I1, I2).
    function after_(State memory s, uint256 paid) internal view returns (bool) {
        (uint256 deposit, uint256 claimed,) = channels.channel(id);
        bool held = gem.balanceOf(address(channels)) == gem.totalSupply() / 2 - paid;
        return both(held, both(deposit == s.deposit, both(claimed == s.claimed + paid, claimed <= deposit)));
    }

    function worth(State memory s, uint256 paid) internal pure returns (uint256) {
        uint256 target = pick(paid < s.deposit, paid, s.deposit);
        unchecked {
            return pick(both(s.closing != CLOSED, target > s.claimed), target - s.claimed, 0);
        }
    }

    /// What a relayer's call needs besides the voucher: to be the one named, in time, by the worker's signature.
    function may(State memory s, Auth memory a, bool signed) internal pure returns (bool) {
        return both(signed, both(RELAYER == a.relayer, s.time <= a.deadline));
    }

    function canStart(State memory s, Voucher memory v, Sig memory sig) internal view returns (bool) {
        return both(both(s.deposit != 0, s.closing == 0), either(isNone(v), isVoucher(v, sig)));
    }

    function isVoucher(Voucher memory v, Sig memory sig) internal view returns (bool) {
        return isSigned(SIGNER, Messages.voucher(address(channels), id, v), sig);
    }

    function isNone(Voucher memory v) internal pure returns (bool) {
        return v.paid | v.bonded | v.seq == 0;
    }

    function isSigned(address who, bytes32 digest, Sig memory sig) internal pure returns (bool) {
        address by = ecrecover(digest, uint8(sig.v), bytes32(sig.r), bytes32(sig.s));
        return both(both(sig.s <= HALF_ORDER, either(sig.v == 27, sig.v == 28)), by == who);
    }

    function isClosing(State memory s) internal pure returns (bool) {
        return both(s.closing != 0, s.closing != CLOSED);
    }

    // Without `&&`, `||` and `?:`, which would double the paths that halmos has to follow.

    function both(bool a, bool b) internal pure returns (bool c) {
        assembly {
            c := and(a, b)
        }
    }

    function either(bool a, bool b) internal pure returns (bool c) {
        assembly {
            c := or(a, b)
        }
    }

    function pick(bool which, uint256 a, uint256 b) internal pure returns (uint256 c) {
        assembly {
            c := xor(b, and(sub(0, which), xor(a, b)))
        }
    }

    function row(uint128 amount) internal pure returns (address[] memory who, uint128[] memory amounts) {
        who = new address[](1);
        amounts = new uint128[](1);
        (who[0], amounts[0]) = (WORKER, amount);
    }
}
