# SPDX-License-Identifier: Apache-2.0
"""Who is asking: sign-in with an Ethereum key."""
