# SPDX-License-Identifier: Apache-2.0
"""`gems-desktop --self-test`: whether this copy of the application can do its work on this computer (ADR 0105)."""
