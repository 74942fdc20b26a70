# SPDX-License-Identifier: Apache-2.0
"""The interface as OpenAPI: what FastAPI knows of the requests, and what is said here of the answers."""
