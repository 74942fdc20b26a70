# SPDX-License-Identifier: Apache-2.0
"""The local network: a chain and a platform on one laptop, for trying everything without risk."""
