<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>StoreKeeping</name>
    <message numerus="yes">
        <source>The stored output of %n jobs would be removed: %1.</source>
        <translation>
            <numerusform>The stored output of %n job would be removed: %1.</numerusform>
            <numerusform>The stored output of %n jobs would be removed: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The stored output of %n jobs was removed: %1.</source>
        <translation>
            <numerusform>The stored output of %n job was removed: %1.</numerusform>
            <numerusform>The stored output of %n jobs was removed: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Output of %n jobs is kept: %1 (%2).</source>
        <translation>
            <numerusform>Output of %n job is kept: %1 (%2).</numerusform>
            <numerusform>Output of %n jobs is kept: %1 (%2).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::DraftProblemText</name>
    <message numerus="yes">
        <source>The inputs have %Ln column(s), but the function is %1. Give as many columns as it has arguments: combine with more inputs, or take columns of a CSV file.</source>
        <translation>
            <numerusform>The inputs have %Ln column, but the function is %1. Give as many columns as it has arguments: combine with more inputs, or take columns of a CSV file.</numerusform>
            <numerusform>The inputs have %Ln columns, but the function is %1. Give as many columns as it has arguments: combine with more inputs, or take columns of a CSV file.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::FunctionField</name>
    <message numerus="yes">
        <source>It takes %Ln argument(s), one from each column of the inputs: %1</source>
        <translation>
            <numerusform>It takes %Ln argument, from the column of the inputs: %1</numerusform>
            <numerusform>It takes %Ln arguments, one from each column of the inputs: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::JobHeader</name>
    <message numerus="yes">
        <source>Paused; %n tasks still run</source>
        <translation>
            <numerusform>Paused; %n task still runs</numerusform>
            <numerusform>Paused; %n tasks still run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Given up by the halt rule; waiting for %n tasks</source>
        <translation>
            <numerusform>Given up by the halt rule; waiting for %n task</numerusform>
            <numerusform>Given up by the halt rule; waiting for %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping; waiting for %n tasks</source>
        <translation>
            <numerusform>Stopping; waiting for %n task</numerusform>
            <numerusform>Stopping; waiting for %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Running: %1 of %n workers busy</source>
        <translation>
            <numerusform>Running: %1 of %n worker busy</numerusform>
            <numerusform>Running: %1 of %n workers busy</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::NewBatchDialog</name>
    <message numerus="yes">
        <source>%Ln task(s). The first commands, exactly as they will run:</source>
        <translation>
            <numerusform>%Ln task. The first commands, exactly as they will run:</numerusform>
            <numerusform>%Ln tasks. The first commands, exactly as they will run:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The commands, exactly as they will run:</source>
        <translation>
            <numerusform>%Ln task. The command, exactly as it will run:</numerusform>
            <numerusform>%Ln tasks. The commands, exactly as they will run:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The first calls, exactly as they will be made:</source>
        <translation>
            <numerusform>%Ln task. The first call, exactly as it will be made:</numerusform>
            <numerusform>%Ln tasks. The first calls, exactly as they will be made:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln task(s). The calls, exactly as they will be made:</source>
        <translation>
            <numerusform>%Ln task. The call, exactly as it will be made:</numerusform>
            <numerusform>%Ln tasks. The calls, exactly as they will be made:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::SampleRun</name>
    <message numerus="yes">
        <source>Running “%1” in %Ln worker(s), beginning with: %2</source>
        <translation>
            <numerusform>Running “%1” in %Ln worker, beginning with: %2</numerusform>
            <numerusform>Running “%1” in %Ln workers, beginning with: %2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::StatusFigures</name>
    <message numerus="yes">
        <source>%Ln notice(s)</source>
        <translation>
            <numerusform>%Ln notice</numerusform>
            <numerusform>%Ln notices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>procession::WorkerView</name>
    <message numerus="yes">
        <source>Kill the tasks of %n workers?</source>
        <translation>
            <numerusform>Kill the task of %n worker?</numerusform>
            <numerusform>Kill the tasks of %n workers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Terminate the tasks of %n workers?</source>
        <translation>
            <numerusform>Terminate the task of %n worker?</numerusform>
            <numerusform>Terminate the tasks of %n workers?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
