# SPDX-License-Identifier: Apache-2.0
"""Which pictures are let in: those that requesters may send."""

from gems_protocol.file_kinds import picture_format as picture_format
