# SPDX-License-Identifier: Apache-2.0
"""What the packaged application weighs and how fast it starts, from source and beside peers (`./dev bench package`)."""
