// SPDX-License-Identifier: Apache-2.0
// Something that cannot be taken back.
import QtQuick

GemButton {
    variant: "danger"
}
