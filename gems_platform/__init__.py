# SPDX-License-Identifier: Apache-2.0
"""The platform server: campaigns, leases, verdicts and vouchers, for whoever runs a platform."""
