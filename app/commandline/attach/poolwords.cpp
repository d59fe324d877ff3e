// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/attach/poolwords.h>

#include <app/commandline/attach/objectwords.h>
#include <procession/text/displaytext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>

namespace procession {

namespace {

struct PoolWords
{
    Q_DECLARE_TR_FUNCTIONS(PoolWords)
};

QString count(quint64 number) { return countText(static_cast<qint64>(number)); }

QString phaseText(PoolPhase phase)
{
    switch (phase) {
    case PoolPhase::Open:
        return PoolWords::tr("open");
    case PoolPhase::Paused:
        return PoolWords::tr("paused");
    case PoolPhase::Closed:
        return PoolWords::tr("closed");
    case PoolPhase::Terminated:
        return PoolWords::tr("terminated");
    case PoolPhase::Broken:
        return PoolWords::tr("given up: its workers cannot be started");
    }
    return {};
}

QString taskText(const PoolTask &task)
{
    const QString function = task.function.isEmpty() ? PoolWords::tr("a function") : displayText(task.function.toUtf8());
    if (task.of == 1)
        return function;
    if (task.calls == 1)
        return PoolWords::tr("%1, item %2 of %3").arg(function, count(task.first + 1), count(task.of));
    return PoolWords::tr("%1, items %2 to %3 of %4")
        .arg(function, count(task.first + 1), count(task.first + task.calls), count(task.of));
}

QString runningText(const RunningPoolTask &running)
{
    QStringList parts{taskText(running.task), durationText(running.runningTime)};
    if (running.total > 0)
        parts.append(PoolWords::tr("%1 of %2").arg(countText(running.done), countText(running.total)));
    else if (running.done > 0)
        parts.append(PoolWords::tr("done: %1").arg(countText(running.done)));
    if (!running.progressText.isEmpty())
        parts.append(displayText(running.progressText.toUtf8()));
    return parts.join(PoolWords::tr(", "));
}

QString workText(const PoolWorkerDetails &worker)
{
    if (worker.thread.thread == 0)
        return PoolWords::tr("starting");
    if (worker.running)
        return runningText(*worker.running);
    if (worker.isBusy)
        return PoolWords::tr("tasks that end before they can be shown");
    return worker.isReady ? PoolWords::tr("idle") : PoolWords::tr("its initializer runs");
}

QJsonObject taskJson(const PoolTask &task)
{
    return {
        {QStringLiteral("id"), static_cast<qint64>(task.id)},
        {QStringLiteral("function"), task.function},
        {QStringLiteral("first"), static_cast<qint64>(task.first)},
        {QStringLiteral("calls"), static_cast<qint64>(task.calls)},
        {QStringLiteral("of"), static_cast<qint64>(task.of)},
    };
}

double clockSeconds(qint64 nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

QJsonObject runningJson(const RunningPoolTask &running)
{
    QJsonObject json = taskJson(running.task);
    json.insert(QStringLiteral("begin"), clockSeconds(running.since));
    json.insert(QStringLiteral("seconds"), static_cast<double>(running.runningTime) / 1e6);
    json.insert(QStringLiteral("done"), running.done);
    json.insert(QStringLiteral("total"), running.total);
    json.insert(QStringLiteral("progress"), running.progressText);
    return json;
}

QJsonObject endedJson(const EndedPoolTask &ended)
{
    QJsonObject json = taskJson(ended.task);
    json.insert(QStringLiteral("begin"), clockSeconds(ended.begin));
    json.insert(QStringLiteral("end"), clockSeconds(ended.end));
    json.insert(QStringLiteral("outcome"), QString::fromLatin1(nameOf(ended.outcome)));
    json.insert(QStringLiteral("failures"), static_cast<qint64>(ended.failures));
    return json;
}

QJsonArray endedJson(const std::vector<EndedPoolTask> &tasks)
{
    QJsonArray all;
    for (const EndedPoolTask &ended : tasks)
        all.append(endedJson(ended));
    return all;
}

QJsonArray lostJson(const std::vector<LostPoolTask> &tasks)
{
    QJsonArray all;
    for (const LostPoolTask &lost : tasks) {
        QJsonObject json = endedJson(lost);
        json.insert(QStringLiteral("worker"), static_cast<qint64>(lost.worker));
        all.append(json);
    }
    return all;
}

} // namespace

QString poolText(const PoolDetails &pool)
{
    QStringList parts{phaseText(pool.phase),
        PoolWords::tr("workers: %1 of %2").arg(count(pool.workers.size()), countText(pool.processes)),
        PoolWords::tr("waiting: %1").arg(count(pool.waiting)), PoolWords::tr("done: %1").arg(count(pool.done))};
    const auto addCount = [&parts](const QString &what, quint64 number) {
        if (number > 0)
            parts.append(what.arg(count(number)));
    };
    addCount(PoolWords::tr("failed: %1"), pool.failed);
    addCount(PoolWords::tr("tried again: %1"), pool.retried);
    addCount(PoolWords::tr("workers replaced: %1"), pool.restarts);
    return parts.join(PoolWords::tr(", "));
}

QString poolWorkerText(const PoolWorkerDetails &worker)
{
    const QString name = PoolWords::tr("%1 worker %2")
                             .arg(worker.poolName.isEmpty() ? PoolWords::tr("a pool's") : displayText(worker.poolName.toUtf8()))
                             .arg(worker.number);
    QStringList parts{PoolWords::tr("%1: %2").arg(name, workText(worker))};
    if (worker.thread.hasDied)
        parts.append(PoolWords::tr("has died"));
    if (worker.isLeaving)
        parts.append(PoolWords::tr("leaves"));
    if (worker.tasks > 0)
        parts.append(PoolWords::tr("tasks ended: %1").arg(count(worker.tasks)));
    return parts.join(PoolWords::tr("; "));
}

QJsonObject poolJson(const PoolDetails &pool)
{
    QJsonArray workers;
    for (const ObjectId worker : pool.workers)
        workers.append(idText(worker));
    QJsonObject json{
        {QStringLiteral("phase"), QString::fromLatin1(nameOf(pool.phase))},
        {QStringLiteral("size"), pool.processes},
        {QStringLiteral("waiting"), static_cast<qint64>(pool.waiting)},
        {QStringLiteral("done"), static_cast<qint64>(pool.done)},
        {QStringLiteral("failed"), static_cast<qint64>(pool.failed)},
        {QStringLiteral("retried"), static_cast<qint64>(pool.retried)},
        {QStringLiteral("restarts"), static_cast<qint64>(pool.restarts)},
        {QStringLiteral("queuedTasks"), pool.queuedTasks},
        {QStringLiteral("queuedReports"), pool.queuedReports},
        {QStringLiteral("workers"), workers},
        {QStringLiteral("lost"), lostJson(pool.lost)},
    };
    if (pool.taskQueue != ObjectId())
        json.insert(QStringLiteral("taskQueue"), idText(pool.taskQueue));
    if (pool.reportQueue != ObjectId())
        json.insert(QStringLiteral("reportQueue"), idText(pool.reportQueue));
    return json;
}

QJsonObject poolWorkerJson(const PoolWorkerDetails &worker)
{
    QJsonObject json{
        {QStringLiteral("number"), static_cast<qint64>(worker.number)},
        {QStringLiteral("ready"), worker.isReady},
        {QStringLiteral("leaving"), worker.isLeaving},
        {QStringLiteral("busy"), worker.isBusy},
        {QStringLiteral("tasks"), static_cast<qint64>(worker.tasks)},
        {QStringLiteral("ended"), endedJson(worker.ended)},
    };
    if (worker.pool != ObjectId())
        json.insert(QStringLiteral("pool"), idText(worker.pool));
    if (worker.thread.thread != 0)
        json.insert(QStringLiteral("thread"), ownerJson(worker.thread));
    if (worker.running)
        json.insert(QStringLiteral("running"), runningJson(*worker.running));
    return json;
}

} // namespace procession
