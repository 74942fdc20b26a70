# SPDX-License-Identifier: Apache-2.0
"""Asks Qt whether the network counts megabytes; made in the composition root, since only Qt's loop hears of it."""

from __future__ import annotations

from PySide6.QtNetwork import QNetworkInformation


def metered() -> bool | None:
    """Whether the system says that the network is metered; None where no backend can tell."""
    if not QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Metered):
        return None
    information = QNetworkInformation.instance()
    return information.isMetered() if information.supports(QNetworkInformation.Feature.Metered) else None
