# SPDX-License-Identifier: Apache-2.0
"""Says what is wrong with a platform's set-up, in words; changes nothing."""
