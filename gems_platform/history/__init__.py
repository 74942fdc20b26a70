# SPDX-License-Identifier: Apache-2.0
"""What an account did, as it was signed: for a laptop that lost everything."""
