# SPDX-License-Identifier: Apache-2.0
"""The release, step by step: `./dev release` (docs/guide/releasing.md, ADR 0107)."""
