// SPDX-License-Identifier: Apache-2.0
// Every icon with its name; an icon never stands without a word where it can be pressed.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components
import "../components/Glyphs.js" as Glyphs

PageFrame {
    title: "Icons"
    subtitle: Object.keys(Glyphs.GLYPHS).length + " of one family. A new one: resources/icons/names.json, then resources/fonts/make_fonts.py."

    Card {
        Layout.fillWidth: true

        Flow {
            spacing: Theme.s
            Layout.fillWidth: true

            Repeater {
                model: Object.keys(Glyphs.GLYPHS)

                Column {
                    id: one

                    required property string modelData

                    objectName: "icon." + modelData
                    width: Math.round(104 * Theme.textScale)
                    spacing: Theme.xs

                    Icon {
                        anchors.horizontalCenter: parent.horizontalCenter
                        name: one.modelData
                        size: Math.round(Theme.iconSize * 1.3)
                    }
                    PlainText {
                        width: parent.width
                        text: one.modelData
                        color: Theme.textMuted
                        font.pixelSize: Theme.fontSmall
                        horizontalAlignment: Text.AlignHCenter
                    }
                }
            }
        }
    }
}
