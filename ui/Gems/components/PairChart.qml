// SPDX-License-Identifier: Apache-2.0
// Two amounts for each point: the first solid, the second hatched; say which is which.

ChartFrame {
    id: pairs

    property string firstText: ""
    property string secondText: ""

    kind: "pairs"
    meanings: [
        {
            pattern: "solid",
            text: pairs.firstText
        },
        {
            pattern: "hatched",
            text: pairs.secondText
        }
    ]
}
