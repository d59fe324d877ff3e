// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/attach/attachreport.h>

#include <app/commandline/attach/objectwords.h>

#include <QtCore/QDateTime>

namespace procession {

namespace {

QJsonValue time(qint64 microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

double seconds(qint64 microseconds) { return static_cast<double>(microseconds) / 1e6; }

QJsonObject processJson(const MonitoredProcess &process)
{
    QJsonObject json{
        {QStringLiteral("index"), static_cast<qint64>(process.index)},
        {QStringLiteral("parent"), static_cast<qint64>(process.parent)},
        {QStringLiteral("pid"), process.pid},
        {QStringLiteral("name"), process.name},
        {QStringLiteral("work"), process.work},
        {QStringLiteral("state"), QString::fromLatin1(nameOf(process.state))},
        {QStringLiteral("thread"), process.isThread},
        {QStringLiteral("started"), time(process.created)},
        {QStringLiteral("cpuSeconds"), seconds(process.cpuTime)},
        {QStringLiteral("memory"), process.memory},
    };
    if (process.cpuLoad)
        json.insert(QStringLiteral("cpuLoad"), *process.cpuLoad);
    return json;
}

QJsonObject threadJson(const MonitoredThread &thread)
{
    QJsonObject json{
        {QStringLiteral("process"), static_cast<qint64>(thread.process)},
        {QStringLiteral("tid"), thread.tid},
    };
    if (thread.isWaiting()) {
        json.insert(QStringLiteral("waitingFor"), idText(thread.waitingFor));
        json.insert(QStringLiteral("waitingSeconds"), seconds(thread.waitingTime));
        json.insert(QStringLiteral("waitsForever"), thread.waitsForever);
    }
    return json;
}

QJsonArray tidsOf(const Snapshot &snapshot, const std::vector<ThreadWord> &threads)
{
    QJsonArray tids;
    for (const ThreadWord word : threads) {
        if (const MonitoredThread *thread = snapshot.thread(word))
            tids.append(thread->tid);
    }
    return tids;
}

QJsonObject objectJson(const Snapshot &snapshot, const MonitoredObject &object)
{
    QJsonArray holders;
    for (const quint32 holder : object.holders)
        holders.append(static_cast<qint64>(holder));
    QJsonObject json = detailsJson(object.details);
    json.insert(QStringLiteral("id"), idText(object.id));
    json.insert(QStringLiteral("kind"), QString::fromLatin1(nameOf(object.kind)));
    json.insert(QStringLiteral("name"), object.name);
    json.insert(QStringLiteral("created"), time(object.created));
    json.insert(QStringLiteral("creator"),
        object.creator ? QJsonValue(static_cast<qint64>(*object.creator)) : QJsonValue(QJsonValue::Null));
    json.insert(QStringLiteral("holders"), holders);
    json.insert(QStringLiteral("underWay"), static_cast<qint64>(object.underWay));
    json.insert(QStringLiteral("memory"), static_cast<qint64>(object.memory));
    json.insert(QStringLiteral("waiters"), tidsOf(snapshot, object.waiters));
    return json;
}

QJsonObject deadlockJson(const Snapshot &snapshot, const Deadlock &deadlock)
{
    QJsonArray waits;
    for (const Deadlock::Wait &wait : deadlock.waits) {
        if (const MonitoredThread *thread = snapshot.thread(wait.thread))
            waits.append(threadJson(*thread));
    }
    return {
        {QStringLiteral("kind"), QString::fromLatin1(nameOf(deadlock.kind))},
        {QStringLiteral("certain"), deadlock.isCertain},
        {QStringLiteral("waits"), waits},
    };
}

} // namespace

QJsonArray programsJson(const std::vector<MonitoredProgram> &programs)
{
    QJsonArray all;
    for (const MonitoredProgram &program : programs)
        all.append(QJsonObject{
            {QStringLiteral("pid"), program.pid},
            {QStringLiteral("program"), program.program},
            {QStringLiteral("processes"), program.processes},
            {QStringLiteral("objects"), program.objects},
            {QStringLiteral("since"), time(program.since)},
        });
    return all;
}

QJsonObject snapshotJson(const Snapshot &snapshot)
{
    QJsonArray processes;
    for (const MonitoredProcess &process : snapshot.processes)
        processes.append(processJson(process));
    QJsonArray threads;
    for (const MonitoredThread &thread : snapshot.threads)
        threads.append(threadJson(thread));
    QJsonArray objects;
    for (const MonitoredObject &object : snapshot.objects)
        objects.append(objectJson(snapshot, object));
    QJsonArray deadlocks;
    for (const Deadlock &deadlock : snapshot.deadlocks)
        deadlocks.append(deadlockJson(snapshot, deadlock));
    return {
        {QStringLiteral("time"), time(snapshot.takenAt)},
        {QStringLiteral("clock"), static_cast<double>(snapshot.clock) / 1e9},
        {QStringLiteral("ended"), snapshot.hasEnded()},
        {QStringLiteral("memory"),
            QJsonObject{
                {QStringLiteral("size"), static_cast<qint64>(snapshot.memory.size)},
                {QStringLiteral("reserved"), static_cast<qint64>(snapshot.memory.reserved)},
            }},
        {QStringLiteral("processes"), processes},
        {QStringLiteral("threads"), threads},
        {QStringLiteral("objects"), objects},
        {QStringLiteral("deadlocks"), deadlocks},
    };
}

} // namespace procession
