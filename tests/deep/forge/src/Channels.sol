// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {Bytecode} from "./Bytecode.sol";

struct Config {
    address payer;
    address signer;
    address worker;
    uint64 delay;
    uint64 salt;
}

struct Voucher {
    uint128 paid;
    uint96 bonded;
    uint64 seq;
}

struct Sig {
    uint256 v;
    uint256 r;
    uint256 s;
}

struct Auth {
    address to;
    address relayer;
    uint128 fee;
    uint64 deadline;
}

interface IGem {
    function balanceOf(address who) external view returns (uint256);
    function totalSupply() external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

interface IChannels {
    function channel_id(Config calldata c) external view returns (bytes32);
    function channel(bytes32 id) external view returns (uint256 deposit, uint256 claimed, uint256 closing);
    function deposit_many(
        address signer, uint64 delay, uint64 salt, address[] calldata workers, uint128[] calldata amounts
    ) external;
    function claim(Config calldata c, Voucher calldata v, Sig calldata sig) external returns (uint256);
    function claim_auth(
        Config calldata c, Voucher calldata v, Sig calldata sig, Auth calldata a, Sig calldata wsig
    ) external returns (uint256);
    function push_many(
        address signer, uint64 delay, uint64 salt, address[] calldata workers, uint128[] calldata upTo
    ) external;
    function start_close(Config calldata c, Voucher calldata v, Sig calldata sig) external;
    function close_auth(
        Config calldata c, Voucher calldata v, Sig calldata sig, address relayer, uint128 fee, uint64 deadline, Sig calldata wsig
    ) external returns (uint256);
    function submit_debit(Config calldata c, uint96 debited, bytes32 assignmentHash, Sig calldata wsig) external;
    function finish_close(Config calldata c) external;
}

/// The messages of Channels as EIP-712 hashes them, written from the protocol's type strings and not from the contract.
library Messages {
    function separator(address channels) internal view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("GemChannels"),
                keccak256("1"),
                block.chainid,
                channels
            )
        );
    }

    function digest(address channels, bytes32 structHash) internal view returns (bytes32) {
        return keccak256(abi.encodePacked(hex"1901", separator(channels), structHash));
    }

    function voucher(address channels, bytes32 id, Voucher memory v) internal view returns (bytes32) {
        bytes32 kind = keccak256("Voucher(bytes32 channelId,uint128 paid,uint96 bonded,uint64 seq)");
        return digest(channels, keccak256(abi.encode(kind, id, v.paid, v.bonded, v.seq)));
    }

    function debit(address channels, bytes32 id, uint96 debited, bytes32 reason) internal view returns (bytes32) {
        bytes32 kind = keccak256("Debit(bytes32 channelId,uint96 debited,bytes32 assignmentHash)");
        return digest(channels, keccak256(abi.encode(kind, id, debited, reason)));
    }

    function closeAuth(address channels, bytes32 id, address relayer, uint128 fee, uint64 deadline)
        internal
        view
        returns (bytes32)
    {
        bytes32 kind = keccak256("CloseAuth(bytes32 channelId,address relayer,uint128 fee,uint64 deadline)");
        return digest(channels, keccak256(abi.encode(kind, id, relayer, fee, deadline)));
    }

    function claimAuth(address channels, bytes32 id, uint256 before, Auth memory a) internal view returns (bytes32) {
        bytes32 kind = keccak256(
            "ClaimAuth(bytes32 channelId,uint128 claimedBefore,address to,address relayer,uint128 fee,uint64 deadline)"
        );
        return digest(channels, keccak256(abi.encode(kind, id, before, a.to, a.relayer, a.fee, a.deadline)));
    }
}

/// The stored bytecode, put on the chain as it is. `Bytecode` is written from resources/contracts before each run.
library Deploy {
    function gem(address holder) internal returns (IGem) {
        return IGem(create(bytes.concat(Bytecode.GEM, abi.encode(holder))));
    }

    function channels(IGem token) internal returns (IChannels) {
        return IChannels(create(bytes.concat(Bytecode.CHANNELS, abi.encode(address(token)))));
    }

    function create(bytes memory code) private returns (address made) {
        assembly {
            made := create(0, add(code, 32), mload(code))
        }
        require(made != address(0), "not deployed");
    }
}
