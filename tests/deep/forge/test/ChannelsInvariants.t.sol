// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "../src/Vm.sol";
import {ChannelsHandler} from "./ChannelsHandler.sol";

/// I1 to I6 of Channels after every call of any order of calls, on the stored bytecode.
contract ChannelsInvariants {
    bool public IS_TEST = true;
    ChannelsHandler internal handler;

    function setUp() public {
        handler = new ChannelsHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_I1_the_balance_is_what_is_owed() public view {
        require(handler.gem().balanceOf(address(handler.channels())) == owed(), "I1");
    }

    function invariant_I2_claimed_is_at_most_the_deposit() public view {
        for (uint256 i = 0; i < 4; i++) {
            ChannelsHandler.Seen memory s = handler.channelOf(i);
            require(s.claimed <= s.deposit, "I2");
        }
    }

    function invariant_I3_claimed_is_at_most_what_was_signed() public view {
        for (uint256 i = 0; i < 4; i++) {
            (uint256 paid,) = handler.signed(i);
            require(handler.channelOf(i).claimed <= paid, "I3");
        }
    }

    function invariant_I4_only_the_named_hold_money() public view {
        require(handler.knownMoney() == handler.gem().totalSupply(), "I4");
    }

    /// Each step's own checks: exact amounts, who may, I2 never falls, I5 closed is final, I6 replays.
    function invariant_every_step_did_what_it_may() public view {
        require(bytes(handler.broken()).length == 0, handler.broken());
    }

    /// What this run reached, for packaging/deep.py, which wants each state at least once over all runs.
    function afterInvariant() public {
        line("started", handler.started());
        line("closed", handler.closed());
        line("cheated", handler.cheated());
        line("relayed", handler.relayed());
        line("relayed closes", handler.relayedCloses());
        line("replayed", handler.replayed());
    }

    function owed() internal view returns (uint256 sum) {
        for (uint256 i = 0; i < 4; i++) {
            ChannelsHandler.Seen memory s = handler.channelOf(i);
            if (s.closing != type(uint256).max) sum += s.deposit - s.claimed;
        }
    }

    function line(string memory name, uint256 count) private {
        vm.writeLine("./reached/channels.txt", string.concat(name, " ", vm.toString(count)));
    }
}

/// The control: what is false and must be found to be false, or the set-up above sees nothing.
contract ControlInvariants {
    bool public IS_TEST = true;
    ChannelsHandler internal handler;

    function setUp() public {
        handler = new ChannelsHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_control_no_channel_is_ever_closed() public view {
        require(handler.closed() == 0, "a channel was closed");
    }
}
