# SPDX-License-Identifier: Apache-2.0
"""Resumable uploads (tus 1.0): large batches arrive in chunks, each durable before it is acknowledged."""
