# SPDX-License-Identifier: Apache-2.0
"""Compares what a chain holds with the address book and with what was compiled, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.book import Book
from gems_protocol.contracts import NAMES, artefact
from gems_protocol.contracts.deployed import Place, code_hash, difference, expected_code


@dataclass(frozen=True, slots=True)
class Found:
    """One finding; `wrong` when the book must not be trusted."""

    what: str
    wrong: bool = False


def of_book(book: Book) -> list[Found]:
    """Whether the book speaks of the contracts that this version was built with."""
    found = []
    for place in book.places:
        told, made = book.contracts[place.name], artefact(place.name)
        if (told.source_sha256, told.compiler) != (made["source_sha256"], made["compiler"]):
            found.append(Found(f"{place.name}: the book is of another source or compiler.", wrong=True))
        elif told.code_hash != code_hash(expected_code(place)):
            found.append(Found(f"{place.name}: the book names another code.", wrong=True))
    return found or [Found("The book is of the sources of this version.")]


async def of_node(url: str, book: Book, place_of_node: int) -> list[Found]:
    """What one node's chain holds at the book's addresses. Raises the errors of ChainRpc."""
    where = book.addresses
    chain = ChainRpc([url], book.chain_id, where.gem, where.channels, where.campaigns)
    try:
        found = [await _contract(chain, place, place_of_node) for place in book.places]
        found += [one for name in NAMES for one in await _creation(chain, book, name, place_of_node)]
    finally:
        await chain.close()
    if not any(one.wrong for one in found):
        text = f"Node {place_of_node}: all work with the GEM at {where.gem}."
        found.append(Found(text))
    return found


async def _contract(chain: ChainRpc, place: Place, node: int) -> Found:
    code = await chain.code(place.address)
    why = difference(code, place)
    if why is not None:
        return Found(f"Node {node}: {place.name} at {place.address}: {why}.", wrong=True)
    return Found(f"Node {node}: {place.name} at {place.address}: all {len(code)} bytes are as compiled.")


async def _creation(chain: ChainRpc, book: Book, name: str, node: int) -> list[Found]:
    """What is wrong with the transaction that the book names."""
    told = book.contracts[name]
    if told.tx is None:
        return []
    receipt = await chain.receipt(bytes.fromhex(told.tx[2:]))
    if receipt is None:
        return [Found(f"Node {node}: {name}: the node does not know its transaction any more.")]
    if (receipt.created, receipt.block_number) != (told.address, told.block):
        return [Found(f"Node {node}: {name}: its transaction made something else.", wrong=True)]
    return []
