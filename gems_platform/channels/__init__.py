# SPDX-License-Identifier: Apache-2.0
"""Payment channels, vouchers, the chain and the relayer."""
