// SPDX-License-Identifier: Apache-2.0
// Anything else that can be done.
import QtQuick

GemButton {
    variant: "secondary"
}
