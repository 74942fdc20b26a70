# SPDX-License-Identifier: Apache-2.0
"""The store's schema, step by step."""
