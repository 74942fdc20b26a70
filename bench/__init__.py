# SPDX-License-Identifier: Apache-2.0
"""What the published figures come from; never run by the tests."""
