# SPDX-License-Identifier: Apache-2.0
"""Tasks and leases: who works on what until when."""
