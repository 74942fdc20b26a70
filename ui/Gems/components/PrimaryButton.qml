// SPDX-License-Identifier: Apache-2.0
// The one thing to do on a page.
import QtQuick

GemButton {
    variant: "primary"
}
