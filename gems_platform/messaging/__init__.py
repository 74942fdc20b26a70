# SPDX-License-Identifier: Apache-2.0
"""Words between a requester and a worker about one task, the worker under another name."""
