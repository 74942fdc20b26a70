# SPDX-License-Identifier: Apache-2.0
"""A real EVM chain for one laptop: py-evm over one SQLite file, JSON-RPC on loopback (ADR 0040)."""

from .chain import Chain
from .rpc_error import ChainFileError, RpcError
from .server import ChainServer, serve

__all__ = ["Chain", "ChainFileError", "ChainServer", "RpcError", "serve"]
