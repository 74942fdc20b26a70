// SPDX-License-Identifier: Apache-2.0
// A small action inside a text or a card.
import QtQuick

GemButton {
    variant: "quiet"
}
