// SPDX-License-Identifier: Apache-2.0
// Amounts side by side, as by day.

ChartFrame {
    kind: "bars"
}
