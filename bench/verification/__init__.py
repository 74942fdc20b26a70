# SPDX-License-Identifier: Apache-2.0
"""What each verification policy is worth: a replay over real answers and a market with adversaries."""
