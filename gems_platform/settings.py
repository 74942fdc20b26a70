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
    lease_limit: int = 200
    review_limit: int = 50
    review_share_ppm: int = 100_000  # of a campaign's verifications that one verifier may do (ADR 0019),
    review_share_least: int = 10  # and what each may do in any case
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
    upload_bytes: int = 32_000_000  # of one upload, as it is sent (packed)
    upload_quota_bytes: int = 128_000_000  # of all that one account has under way
    upload_count: int = 64  # uploads under way or just used that one account has
    disk_reserve_bytes: int = 256_000_000  # free disk that uploads never take from the store
    upload_s: int = 7 * DAY  # an upload that nothing is added to is dropped after so long
    requests_per_s: float = 200.0
    request_burst: int = 2000
    costly_per_s: float = 5.0  # requests of one address that ask the chain's node or read large files
    costly_burst: int = 300
    carries_per_s: float = 0.05  # carry files of one network address: each may be eight megabytes to open
    carry_burst: int = 20

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
