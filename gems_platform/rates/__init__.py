# SPDX-License-Identifier: Apache-2.0
"""What one GEM is worth in currencies, as the operator says it: a help for reading, never part of a payment."""
