# SPDX-License-Identifier: Apache-2.0
"""What other ways to pay cost, as published or measured earlier from their contracts; not of this run."""

#: Gas per 1,000 paid tasks of one worker: (what, new worker, steady, where the figure is from).
PEERS: tuple[tuple[str, str, str, str], ...] = (
    ("Cumulative Merkle root, N workers", "98,399 + 27,763/N", "64,237 + 27,763/N", "M: depth 17"),
    ("One balance a channel, opened in batches of 100", "115,128", "63,828", "M"),
    ("One balance a channel, opened one by one", "153,639", "102,339", "M"),
    ("microraiden", "163,290", "112,204", "M"),
    (
        "x402 batch settlement",
        "about 230,000",
        "about 200,000",
        "D: its foundry snapshot + 21,000 a transaction",
    ),
    ("Machinomy TokenUnidirectional, opened anew each time", "about 241,000", "224,075", "M, D"),
    ("Raiden TokenNetwork, cooperative", "262,022", "144,671", "M; agrees with its gas.json"),
    ("Perun, cooperative, without the hub's 50,140", "291,319", "about 274,000", "M, D"),
    ("Raiden TokenNetwork, one side alone", "371,434", "", "M"),
    ("Celer CelerLedger", "553,649", "304,337", "P: logs in its repository, older gas rules"),
)

#: Gas per operation: (what, open, top-up, first claim, later claim, closing, where the figure is from).
PEER_OPERATIONS: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("microraiden", "70,219", "53,333", "93,071", "58,871", "52,620 + 53,266", "M"),
    ("Raiden TokenNetwork", "147,642", "64,515", "114,380", "80,156", "138,084 + 85,708", "M"),
    ("Machinomy TokenUnidirectional", "157,856", "53,606", "= closing", "= closing", "66,219", "M"),
    ("Perun", "63,748", "46,648", "= closing", "= closing", "160,343 + 67,228 + 50,140", "M"),
    (
        "Celer CelerLedger",
        "410,645",
        "161,333",
        "143,004",
        "",
        "464,907 + 95,945",
        "P: logs in its repository",
    ),
    ("go-nitro", "69,866", "52,778", "= closing", "= closing", "112,690", "P: gasResults.json"),
    (
        "x402 batch settlement",
        "84,770",
        "",
        "40,252 + 31,204",
        "",
        "43,859",
        "P: foundry snapshot, without 21,000 and calldata",
    ),
    ("Sablier v2 linear", "110,530 to 138,071", "", "29,701", "19,104", "56,829", "P: its documentation"),
)

MARKS = (
    "M: measured earlier by this project, from the peer's own contracts on anvil under the gas rules of 2025.\n"
    "P: published by the peer, under its own conditions. D: derived from such figures. None of them is of the run\n"
    "of the tables above."
)
