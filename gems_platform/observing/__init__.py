# SPDX-License-Identifier: Apache-2.0
"""What an operator can see: metrics, logs, health, readiness and a status page; nothing here changes anything."""
