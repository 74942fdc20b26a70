// SPDX-License-Identifier: Apache-2.0
// How a number moved, with the range in which the truth lies around it; say what both are.

ChartFrame {
    id: band

    property string lineText: ""
    property string rangeText: ""

    kind: "band"
    meanings: [
        {
            pattern: "line",
            text: band.lineText
        },
        {
            pattern: "band",
            text: band.rangeText
        }
    ]
}
