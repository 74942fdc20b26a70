// SPDX-License-Identifier: Apache-2.0
// Everything that is pressed, in each of its states; the mouse and Tab show the others.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Gems
import Gems.components

PageFrame {
    id: page

    readonly property string send: qsTranslate("OutboxScreen", "Send now")

    title: "Buttons"
    subtitle: "One primary action on a page. Move the mouse over them and press Tab for the states that cannot stand still."

    component StatesOfButton: Flow {
        id: row

        required property string kind

        spacing: Theme.s
        Layout.fillWidth: true

        Specimen {
            name: row.kind

            GemButton {
                objectName: row.kind + ".rest"
                variant: row.kind
                text: page.send
                iconName: "upload"
            }
        }
        Specimen {
            name: "with its key"

            GemButton {
                variant: row.kind
                text: page.send
                keyHint: "Enter"
            }
        }
        Specimen {
            name: "pressed"

            GemButton {
                variant: row.kind
                text: page.send
                iconName: "upload"
                down: true
            }
        }
        Specimen {
            name: "busy"

            GemButton {
                objectName: row.kind + ".busy"
                variant: row.kind
                text: page.send
                iconName: "upload"
                busy: true
            }
        }
        Specimen {
            name: "switched off"

            GemButton {
                objectName: row.kind + ".off"
                variant: row.kind
                text: page.send
                iconName: "upload"
                enabled: false
            }
        }
        Specimen {
            name: "icon alone, named"

            GemButton {
                variant: row.kind
                iconName: "refresh"
                Accessible.name: qsTranslate("FindWorkScreen", "Refresh")
            }
        }
    }

    Card {
        title: "The four weights"
        Layout.fillWidth: true

        Repeater {
            model: ["primary", "secondary", "quiet", "danger"]

            StatesOfButton {
                required property string modelData

                kind: modelData
            }
        }
    }
    Shelf {
        title: "By their names"

        Specimen {
            name: "PrimaryButton"

            PrimaryButton {
                text: page.send
            }
        }
        Specimen {
            name: "SecondaryButton"

            SecondaryButton {
                text: page.send
            }
        }
        Specimen {
            name: "QuietButton"

            QuietButton {
                text: page.send
            }
        }
        Specimen {
            name: "DangerButton"

            DangerButton {
                text: qsTranslate("Everything", "Leave batch")
                iconName: "trash"
            }
        }
        Specimen {
            name: "BellButton"

            RowLayout {
                spacing: Theme.s

                BellButton {}
                BellButton {
                    count: "3"
                }
                BellButton {
                    count: "12"
                    alert: true
                }
            }
        }
        Specimen {
            name: "Explain"

            RowLayout {
                spacing: Theme.s

                PlainText {
                    text: Help.names["stake"] ?? ""
                    wrapMode: Text.NoWrap
                }
                Explain {
                    word: "stake"
                }
            }
        }
        Specimen {
            name: "KeyCap"

            RowLayout {
                spacing: Theme.s

                KeyCap {
                    keys: "1"
                }
                KeyCap {
                    keys: "Enter"
                }
                KeyCap {
                    keys: "Ctrl+Z"
                }
            }
        }
        Specimen {
            name: "FocusRing"

            Rectangle {
                implicitWidth: Theme.controlHeight * 2
                implicitHeight: Theme.controlHeight
                radius: Theme.radius
                color: Theme.raised
                Layout.margins: Theme.s

                FocusRing {
                    shown: true
                }
            }
        }
        Specimen {
            name: "Button, ToolButton, RoundButton"

            RowLayout {
                spacing: Theme.s

                Button {
                    text: page.send
                }
                ToolButton {
                    text: page.send
                }
                RoundButton {
                    text: "?"
                }
            }
        }
    }
}
