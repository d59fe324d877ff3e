// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/attach/attachreport.h>

#include <app/commandline/attach/objectwords.h>
#include <app/commandline/common/texttable.h>
#include <procession/text/displaytext.h>

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace procession {

namespace {

struct AttachReport
{
    Q_DECLARE_TR_FUNCTIONS(AttachReport)
};

QString stateText(MonitoredProcess::State state)
{
    switch (state) {
    case MonitoredProcess::State::Starting:
        return AttachReport::tr("Starting");
    case MonitoredProcess::State::Running:
        return AttachReport::tr("Running");
    case MonitoredProcess::State::Stopped:
        return AttachReport::tr("Stopped");
    case MonitoredProcess::State::Ended:
        return AttachReport::tr("Ended");
    }
    return {};
}

QString processText(const MonitoredProcess *process)
{
    return process ? personText(process->name, process->pid) : AttachReport::tr("a process that is no more");
}

/// A thread by its process, and by its own number where that is another.
QString threadText(const Snapshot &snapshot, const MonitoredThread &thread)
{
    const MonitoredProcess *process = snapshot.process(thread.process);
    const QString text = processText(process);
    return process && process->pid == thread.tid ? text : AttachReport::tr("%1, thread %2").arg(text).arg(thread.tid);
}

QString section(const QString &title, const QList<QStringList> &rows, const QList<int> &right)
{
    return rows.size() < 2 ? QString() : QLatin1Char('\n') + title + QLatin1Char('\n') + aligned(rows, right);
}

QString titleText(const Snapshot &snapshot)
{
    const auto running = std::count_if(snapshot.processes.begin(), snapshot.processes.end(),
        [](const MonitoredProcess &process) { return process.state != MonitoredProcess::State::Ended; });
    return AttachReport::tr("%1 · processes: %2 · objects: %3 · shared memory: %4\n")
        .arg(timeText(snapshot.takenAt), countText(running), countText(static_cast<qint64>(snapshot.objects.size())),
            sizeText(static_cast<qint64>(snapshot.memory.reserved)));
}

QString processesText(const Snapshot &snapshot)
{
    QList<QStringList> rows{
        {AttachReport::tr("PID"), AttachReport::tr("Name"), AttachReport::tr("State"), AttachReport::tr("CPU"),
            AttachReport::tr("CPU time"), AttachReport::tr("Memory"), AttachReport::tr("Started"), AttachReport::tr("Work")}};
    for (const MonitoredProcess &process : snapshot.processes) {
        const bool hasFigures = !process.isThread && process.state != MonitoredProcess::State::Ended;
        rows.append({process.pid == 0 ? QString() : QString::number(process.pid), displayText(process.name.toUtf8()),
            process.isThread ? AttachReport::tr("Thread") : stateText(process.state),
            process.cpuLoad ? percentText(*process.cpuLoad) : QString(), hasFigures ? durationText(process.cpuTime) : QString(),
            hasFigures ? sizeText(process.memory) : QString(), timeText(process.created), displayText(process.work.toUtf8())});
    }
    return section(AttachReport::tr("Processes"), rows, {0, 3, 4, 5});
}

QString objectsText(const Snapshot &snapshot)
{
    QList<QStringList> rows{{AttachReport::tr("ID"), AttachReport::tr("Kind"), AttachReport::tr("Name"),
        AttachReport::tr("Held by"), AttachReport::tr("Waiting"), AttachReport::tr("Memory"), AttachReport::tr("State")}};
    for (const MonitoredObject &object : snapshot.objects)
        rows.append(
            {QString::number(object.id.index), QString::fromLatin1(nameOf(object.kind)), displayText(object.name.toUtf8()),
                countText(static_cast<qint64>(object.holders.size())), countText(static_cast<qint64>(object.waiters.size())),
                object.memory == 0 ? QString() : sizeText(static_cast<qint64>(object.memory)), detailsText(object.details)});
    return section(AttachReport::tr("Objects"), rows, {0, 3, 4, 5});
}

QString waitsText(const Snapshot &snapshot)
{
    QList<QStringList> rows{{AttachReport::tr("Thread"), AttachReport::tr("Waits for"), AttachReport::tr("Since")}};
    for (const MonitoredThread &thread : snapshot.threads) {
        const MonitoredObject *object = snapshot.object(thread.waitingFor);
        if (thread.isWaiting() && object)
            rows.append({threadText(snapshot, thread), objectText(*object), durationText(thread.waitingTime)});
    }
    return section(AttachReport::tr("Waits"), rows, {2});
}

QString deadlockTitle(const Deadlock &deadlock)
{
    if (deadlock.kind == Deadlock::Kind::OwnerDied)
        return AttachReport::tr("Waits for a lock whose owner has died, and nobody takes it over:");
    return deadlock.isCertain ? AttachReport::tr("Deadlock, certain:")
                              : AttachReport::tr("Deadlock, suspected, since others may release the locks or the wait may end:");
}

QString deadlocksText(const Snapshot &snapshot)
{
    QString text;
    for (const Deadlock &deadlock : snapshot.deadlocks) {
        text += QLatin1Char('\n') + deadlockTitle(deadlock) + QLatin1Char('\n');
        for (const Deadlock::Wait &wait : deadlock.waits) {
            const MonitoredThread *thread = snapshot.thread(wait.thread);
            const MonitoredObject *object = snapshot.object(wait.object);
            if (thread && object)
                text += AttachReport::tr("  %1 waits for %2, %3\n")
                            .arg(threadText(snapshot, *thread), objectText(*object), detailsText(object->details));
        }
    }
    return text;
}

} // namespace

QString programsText(const std::vector<MonitoredProgram> &programs)
{
    if (programs.empty())
        return AttachReport::tr(
            "No program of yours can be watched: none that runs has started a process or shared anything with the library.\n");
    QList<QStringList> rows{{AttachReport::tr("PID"), AttachReport::tr("Program"), AttachReport::tr("Processes"),
        AttachReport::tr("Objects"), AttachReport::tr("Started")}};
    for (const MonitoredProgram &program : programs)
        rows.append({QString::number(program.pid), displayText(program.program.toUtf8()), countText(program.processes),
            countText(program.objects), timeText(program.since)});
    return aligned(rows, {0, 2, 3});
}

QString snapshotText(const Snapshot &snapshot)
{
    return titleText(snapshot) + deadlocksText(snapshot) + processesText(snapshot) + waitsText(snapshot) + objectsText(snapshot);
}

} // namespace procession
