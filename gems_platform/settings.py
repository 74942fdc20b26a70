# SPDX-License-Identifier: Apache-2.0
"""Everything that an operator decides, in one frozen value; the keys in it are never shown or logged."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from gems_protocol.amount import UNIT
from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain
from gems_protocol.signature import address_of

DAY = 86_400


@dataclass(frozen=True)
class Settings:
    """Where the platform lives, which chain and contracts it serves, its keys and its limits.

    Addresses are lowercase 0x text, keys are 32 bytes, amounts are base units, times are seconds.
    `public_url` is what clients sign in to (domain and URI of EIP-4361); `serve` sets it when empty.
    """

    data_dir: Path
    chain_id: int
    rpc_url: str
    gem: str
    channels: str
    campaigns: str
    hub_signer_key: bytes = field(repr=False)
    hub_payer_key: bytes = field(repr=False)
    relayer_key: bytes = field(repr=False)
    name: str = "Gems"
    # Where rows are kept: "" is an SQLite file in data_dir, else postgresql+psycopg://user@host/name. Its password
    # is better in PGPASSWORD or a password file.
    store_url: str = field(default="", repr=False)
    public_url: str = ""
    practice: bool = False
    # Who may verify before earning it, and whom the local network drives: both shown as practice.
    practice_verifiers: tuple[str, ...] = ()
    practice_accounts: tuple[str, ...] = ()
    # Hubs of other platforms whose attested outcomes workers may bring here (docs/portable-trust.md).
    trusted_issuers: tuple[str, ...] = ()
    # Where trust in requesters begins (docs/platform-api.md); without any, equally at every requester.
    pretrusted_requesters: tuple[str, ...] = ()

    tick_s: float = 1.0
    nonce_s: int = 300
    token_s: int = 900
    confirm_s: int = 600
    lease_s: int = DAY
    grace_s: int = 3600  # an offline worker's batch is late by so much at no cost
    review_s: int = DAY
    stalled_s: int = 600  # a task that waits so long for a vote may be judged beyond a verifier's credit
    lease_limit: int = 200
    review_limit: int = 50
    review_share_ppm: int = 100_000  # of a campaign's verifications that one verifier may do (ADR 0019),
    review_share_least: int = 10  # and what each may do in any case
    allot_s: int = 5  # a round in which what too many ask for is drawn; 0: who asks first gets it
    hot_s: int = 60  # everybody waits for a round for so long after there was too little
    hold_s: int = 300  # what was drawn is kept for who does not ask again for so long,
    wish_s: int = 3600  # and a wish stands for so long after its owner last asked
    work_share_ppm: int = 200_000  # of a campaign's tasks that one miner may have in hand (ADR 0096),
    work_share_least: int = 20  # and what each may take in any case
    gold_shown_most: int = 12  # people who are offered a known task before it checks nobody any more
    void_limit: int = 5  # batches a day that somebody may leave unconfirmed: each uses attempts up
    channel_delay_s: int = 30 * DAY
    channel_deposit: int = 20 * UNIT
    channel_headroom: int = 5 * UNIT  # top up when less than this is left
    unbond_step: int = UNIT  # out of a worker's bond at one time: what a silent other side may cost
    spend_credit: int = 200 * UNIT  # a campaign's work that its requester has not signed for: the hub's risk
    tower_deposit: int = UNIT  # what a channel must hold on chain for its vouchers to be kept here
    watch_s: int = 15  # between two looks for closes of other hubs' channels
    mirrored_hubs: tuple[str, ...] = ()  # addresses of platforms whose daily voucher files are kept here
    arbiters: tuple[
        str, ...
    ] = ()  # who may overrule verdicts on chain, where a campaign's terms name one of them
    confirmations: int = 12  # blocks until what the chain shows counts; a practice chain is never reorganised
    gas_price_cap: int = 200 * 10**9  # wei per gas that a transaction of the platform's pays at most
    stuck_blocks: int = 3  # blocks without a transaction until it is signed again with higher fees
    block_wait_s: float = 10.0  # how long a deposit is waited for by whoever asked for it
    collateral: int = 0  # what the treasury puts down in Judge for the hub's promises, filled up to this
    dispute_s: int = 15  # between two looks at what is disputed on chain, when no block is new
    dispute_least: int = UNIT // 100  # an answer on chain that saves less is not worth its gas
    recourse_after_s: int = 7 * DAY  # after a campaign's end, before unpaid work is claimed from its escrow
    relay_fee: int = UNIT // 100
    relay_quote_s: int = 600
    media_file_bytes: int = 20 * 1024 * 1024
    media_quota_bytes: int = 1024 * 1024 * 1024
    media_pixels: int = 24_000_000  # of one picture: what a client's decoder opens
    # "" is a folder in data_dir; `s3://bucket/prefix` any S3-compatible store, with credentials from the environment.
    media_url: str = ""
    media_endpoint: str = ""  # `https://host:port` of a store that is not Amazon's
    media_region: str = ""
    media_left_s: int = 7 * DAY  # age at which a file that nothing names goes: older than any backup in use
    upload_bytes: int = 32_000_000  # of one upload, as it is sent (packed)
    upload_quota_bytes: int = 128_000_000  # of all that one account has under way
    upload_count: int = 64  # uploads under way or just used that one account has
    disk_reserve_bytes: int = 256_000_000  # free disk that uploads never take from the store
    upload_s: int = 7 * DAY  # an upload that nothing is added to is dropped after so long
    draft_limit: int = 20  # campaigns that one account has offered and not funded yet,
    draft_s: int = 14 * DAY  # and how long such a one is kept: its requester may hand it in again
    operators: tuple[str, ...] = ()  # addresses that may ask what only an operator may know (/v1/audit)
    trusted_proxies: tuple[str, ...] = ()  # addresses, networks: whose X-Forwarded-For counts
    tls_cert: Path | None = None  # PEM files: HTTPS is served by the platform itself
    tls_key: Path | None = None
    audit_s: int = 90 * DAY  # how long acts are kept in the audit log
    account_per_s: float = 100.0  # requests of one account, from wherever they come
    account_burst: int = 2000
    streams_of_account: int = 4  # event streams that are open at once, in each process
    streams_of_address: int = 200  # of one network address: a school, a company
    streams_most: int = 5000
    requests_per_s: float = 200.0
    request_burst: int = 2000
    costly_per_s: float = 5.0  # requests of one address that ask the chain's node or read large files
    costly_burst: int = 300
    carries_per_s: float = 0.05  # carry files of one network address: each may be eight megabytes to open
    carry_burst: int = 20
    # Who may ask /metrics and /status: networks, and never through a proxy (docs/guide/operating.md).
    metrics_networks: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    status_public: bool = False  # whether /status, but not /metrics, is for everybody
    log_format: str = "text"  # or "json": a line for each record
    figures_s: float = 5.0  # queue and money are read from the store at most so often to be shown
    ready_late_s: float = 300.0  # duties that stand still for so long make a process unready
    message_account_limit: int = 60  # messages that one account may write in an hour,
    message_thread_limit: int = 10  # and of those in one thread
    message_days: int = 14  # after a task is over for its worker, until its thread closes
    abuse_limit: int = 10  # reports of abuse that one account may make in a day
    abuse_threshold: int = 3  # workers of a campaign whose reports put it under the operator's review

    @property
    def store(self) -> Path | str:
        """The place of the store, as `Database` takes it."""
        return self.store_url or self.data_dir / "platform.sqlite3"

    @cached_property
    def hub(self) -> str:
        """The hot key's address: signs answers, assignments, panels, receipts and vouchers."""
        return address_of(self.hub_signer_key)

    @cached_property
    def hub_payer(self) -> str:
        """The treasury's address: payer of the channels and `hub` of the campaigns' terms."""
        return address_of(self.hub_payer_key)

    @cached_property
    def relayer(self) -> str:
        """Who sends workers' claims and pays their gas."""
        return address_of(self.relayer_key)

    @cached_property
    def keys(self) -> dict[str, bytes]:
        """The keys that sign transactions, by address."""
        return {self.relayer: self.relayer_key, self.hub_payer: self.hub_payer_key}

    @cached_property
    def campaigns_domain(self) -> Domain:
        """Where everything but channel messages is signed."""
        return Domain(CAMPAIGNS_DOMAIN, self.chain_id, self.campaigns)

    @cached_property
    def channels_domain(self) -> Domain:
        """Where vouchers, debits and claim authorisations are signed."""
        return Domain(CHANNELS_DOMAIN, self.chain_id, self.channels)

    @cached_property
    def gem_domain(self) -> Domain:
        """Where transfers of GEM are signed."""
        return Domain(GEM_DOMAIN, self.chain_id, self.gem)

    @property
    def depth(self) -> int:
        """Blocks, its own included, that a block needs before it counts."""
        return 1 if self.practice else self.confirmations

    @property
    def siwe_domain(self) -> str:
        """Host and port that a sign-in message must name."""
        return urlsplit(self.public_url).netloc

    def is_practice(self, address: str) -> bool:
        """Whether the account must be labelled as practice."""
        return address in self.practice_accounts or address in self.practice_verifiers
