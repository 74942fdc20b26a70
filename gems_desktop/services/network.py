# SPDX-License-Identifier: Apache-2.0
"""The network a profile works on: where the platform and the chain are, and which contracts judge."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain


@dataclass(frozen=True, slots=True)
class Network:
    """One network file; addresses are lowercase 0x-hex. `practice` networks hold no real money."""

    name: str
    chain_id: int
    rpc_urls: tuple[str, ...]
    platform_url: str
    platform_signer: str
    gem: str
    channels: str
    campaigns: str
    hub_payer: str
    relayer: str
    practice: bool

    @property
    def channels_domain(self) -> Domain:
        """Where vouchers, debits and claims count."""
        return Domain(CHANNELS_DOMAIN, self.chain_id, self.channels)

    @property
    def campaigns_domain(self) -> Domain:
        """Where every other message counts."""
        return Domain(CAMPAIGNS_DOMAIN, self.chain_id, self.campaigns)

    @property
    def gem_domain(self) -> Domain:
        """Where transfers of GEM count."""
        return Domain(GEM_DOMAIN, self.chain_id, self.gem)

    @property
    def platform_host(self) -> str:
        """The host and port that a sign-in is pinned to."""
        return urlsplit(self.platform_url).netloc

    @property
    def confirmations(self) -> int:
        """Blocks to wait before a chain fact counts: one where reorganisations cannot happen."""
        return 1 if self.practice else 12
