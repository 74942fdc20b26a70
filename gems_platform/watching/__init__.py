# SPDX-License-Identifier: Apache-2.0
"""A watch-tower that acts: follows closes on chain, hands kept vouchers in, mirrors hubs' daily files (ADR 0073)."""
