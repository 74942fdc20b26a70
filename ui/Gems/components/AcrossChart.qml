// SPDX-License-Identifier: Apache-2.0
// Amounts below each other, each with its name and its value over its bar.

ChartFrame {
    kind: "across"
}
