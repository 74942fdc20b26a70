// SPDX-License-Identifier: Apache-2.0
// The scale of letters, room, corners and time.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    readonly property var steps: [["fontDisplay", "one big number"], ["fontHeading", "the title of a page"], ["fontTitle", "the title of a card or dialog"], ["fontBody", "words and controls"], ["fontSmall", "labels above, remarks below, tables' heads"]]
    readonly property var scripts: ["The quick brown fox: 0123456789", "Él cobró 12,50; ção, œuf, ŝ", "हिन्दी में काम करें: ०१२३४५६७८९", "বাংলায় কাজ করুন: ০১২৩৪৫৬৭৮৯", "اعمل بالعربية: ٠١٢٣٤٥٦٧٨٩", "اردو میں کام کریں: ۰۱۲۳۴۵۶۷۸۹", "Làm việc bằng tiếng Việt: ắ ộ ừ"]

    title: "Letters and room"
    subtitle: "Sizes follow the size of text; room stays."

    Card {
        title: "Letters"
        Layout.fillWidth: true

        Repeater {
            model: page.steps

            ColumnLayout {
                id: line

                required property var modelData

                spacing: 0
                Layout.fillWidth: true

                PlainText {
                    text: qsTranslate("HomeScreen", "Home") + " 12.50"
                    font.pixelSize: Theme[line.modelData[0]]
                    font.weight: line.modelData[0] === "fontBody" || line.modelData[0] === "fontSmall" ? Font.Normal : Font.DemiBold
                    Layout.fillWidth: true
                }
                PlainText {
                    text: line.modelData[0] + " " + Theme[line.modelData[0]] + " px: " + line.modelData[1]
                    color: Theme.textMuted
                    font.pixelSize: Theme.fontSmall
                    Layout.fillWidth: true
                }
            }
        }
    }
    Card {
        title: "Every script"
        Layout.fillWidth: true

        Repeater {
            model: page.scripts

            PlainText {
                required property string modelData

                text: modelData
                font.pixelSize: Theme.fontTitle
                Layout.fillWidth: true
            }
        }
    }
    Card {
        title: "Figures of one width"
        Layout.fillWidth: true

        Repeater {
            model: ["1,111.11", "8,888.88", "4,070.96"]

            Amount {
                required property string modelData

                value: modelData
                size: Theme.fontTitle
                Layout.fillWidth: true
            }
        }
    }
    Card {
        title: "Room"
        Layout.fillWidth: true

        Repeater {
            model: ["xs", "s", "m", "l", "xl"]

            RowLayout {
                id: room

                required property string modelData

                spacing: Theme.m

                Rectangle {
                    implicitWidth: Theme[room.modelData]
                    implicitHeight: Theme.l
                    color: Theme.accent
                }
                PlainText {
                    text: room.modelData + " " + Theme[room.modelData] + " px"
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
    Card {
        title: "Corners and motion"
        Layout.fillWidth: true

        PlainText {
            text: "radius " + Theme.radius + " px: cards, controls; radiusSmall " + Theme.radiusSmall + " px: rows, ticks"
            Layout.fillWidth: true
        }
        PlainText {
            text: "fast " + Theme.fast + " ms: a knob, a row; slow " + Theme.slow + " ms: a sheet; patience " + Theme.patience + " ms: until work under way is said"
            Layout.fillWidth: true
        }
    }
}
