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
    <name>TaskImage</name>
    <message numerus="yes">
        <source>Picture of the task with %n box(es)</source>
        <translation>
            <numerusform>Picture of the task with %n box</numerusform>
            <numerusform>Picture of the task with %n boxes</numerusform>
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