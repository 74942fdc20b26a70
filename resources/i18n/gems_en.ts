<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CampaignPage</name>
    <message numerus="yes">
        <source>Take %n task(s)</source>
        <translation>
            <numerusform>Take %n task</numerusform>
            <numerusform>Take %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Countdown</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) left</source>
        <translation>
            <numerusform>%n hour left</numerusform>
            <numerusform>%n hours left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) left</source>
        <translation>
            <numerusform>%n minute left</numerusform>
            <numerusform>%n minutes left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s) left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportChain</name>
    <message numerus="yes">
        <source>%n task(s) in all.</source>
        <translation>
            <numerusform>%n task in all.</numerusform>
            <numerusform>%n tasks in all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReviewPause</name>
    <message numerus="yes">
        <source>%n review(s) done</source>
        <translation>
            <numerusform>%n review done</numerusform>
            <numerusform>%n reviews done</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusStrip</name>
    <message numerus="yes">
        <source>%n answer(s) to send</source>
        <translation>
            <numerusform>%n answer to send</numerusform>
            <numerusform>%n answers to send</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskAudio</name>
    <message numerus="yes">
        <source>Recording with %n stretch(es)</source>
        <translation>
            <numerusform>Recording with %n stretch</numerusform>
            <numerusform>Recording with %n stretches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskDifferences</name>
    <message numerus="yes">
        <source>%1 (dashed): %n difference(s)</source>
        <translation>
            <numerusform>%1 (dashed): %n difference</numerusform>
            <numerusform>%1 (dashed): %n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskImage</name>
    <message numerus="yes">
        <source>Picture of the task with %n region(s)</source>
        <translation>
            <numerusform>Picture of the task with %n region</numerusform>
            <numerusform>Picture of the task with %n regions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskRegions</name>
    <message numerus="yes">
        <source>Marked: %n</source>
        <translation>
            <numerusform>Marked: %n</numerusform>
            <numerusform>Marked: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskRelations</name>
    <message numerus="yes">
        <source>Relations: %n</source>
        <translation>
            <numerusform>Relations: %n</numerusform>
            <numerusform>Relations: %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskTable</name>
    <message numerus="yes">
        <source>Table with %n row(s)</source>
        <translation>
            <numerusform>Table with %n row</numerusform>
            <numerusform>Table with %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskTaxonomy</name>
    <message numerus="yes">
        <source>No more than %n can be chosen.</source>
        <translation>
            <numerusform>No more than %n can be chosen.</numerusform>
            <numerusform>No more than %n can be chosen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskTimeSeries</name>
    <message numerus="yes">
        <source>Measurements with %n stretch(es)</source>
        <translation>
            <numerusform>Measurements with %n stretch</numerusform>
            <numerusform>Measurements with %n stretches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TaskVideo</name>
    <message numerus="yes">
        <source>Timeline with %n row(s)</source>
        <translation>
            <numerusform>Timeline with %n row</numerusform>
            <numerusform>Timeline with %n rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkScreen</name>
    <message numerus="yes">
        <source>%n task(s) done</source>
        <translation>
            <numerusform>%n task done</numerusform>
            <numerusform>%n tasks done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) waiting to be sent</source>
        <translation>
            <numerusform>%n answer waiting to be sent</numerusform>
            <numerusform>%n answers waiting to be sent</numerusform>
        </translation>
    </message>
</context>
</TS>