// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/attach/objectwords.h>

#include <app/commandline/attach/poolwords.h>
#include <procession/text/displaytext.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>

namespace procession {

namespace {

struct ObjectWords
{
    Q_DECLARE_TR_FUNCTIONS(ObjectWords)
};

QString ownerText(const LockOwner &owner)
{
    if (owner.pid != 0)
        return personText(owner.process, owner.pid);
    return owner.tid == 0 ? ObjectWords::tr("a thread that is no more") : ObjectWords::tr("thread %1").arg(owner.tid);
}

QString objectText(ObjectKind objectKind, const QString &name, ObjectId id)
{
    const QString kind = QString::fromLatin1(nameOf(objectKind));
    if (name.isEmpty())
        return ObjectWords::tr("%1 %2").arg(kind, QString::number(id.index));
    return ObjectWords::tr("%1 “%2”").arg(kind, displayText(name.toUtf8()));
}

QString text(std::monostate) { return {}; }

QString text(const LockDetails &lock)
{
    QStringList parts;
    if (lock.owner.thread == 0)
        parts.append(ObjectWords::tr("free"));
    else if (lock.owner.hasDied)
        parts.append(ObjectWords::tr("its owner %1 has died").arg(ownerText(lock.owner)));
    else
        parts.append(ObjectWords::tr("held by %1").arg(ownerText(lock.owner)));
    if (lock.depth > 1)
        parts.append(ObjectWords::tr("%1 times").arg(lock.depth));
    if (lock.isAbandoned)
        parts.append(ObjectWords::tr("taken over from one who died with it"));
    if (lock.abandonments > 0)
        parts.append(ObjectWords::tr("abandoned so far: %1").arg(lock.abandonments));
    return parts.join(ObjectWords::tr(", "));
}

QString text(const QueueDetails &queue)
{
    QStringList parts{queue.maxSize == 0
            ? ObjectWords::tr("messages: %1").arg(countText(queue.size))
            : ObjectWords::tr("messages: %1 of %2").arg(countText(queue.size), countText(queue.maxSize)),
        ObjectWords::tr("put: %1").arg(countText(static_cast<qint64>(queue.put))),
        ObjectWords::tr("taken: %1").arg(countText(static_cast<qint64>(queue.taken)))};
    const auto addCount = [&parts](const QString &what, int count) {
        if (count > 0)
            parts.append(what.arg(countText(count)));
    };
    addCount(ObjectWords::tr("not done: %1"), queue.unfinished);
    addCount(ObjectWords::tr("waiting to put: %1"), queue.waitingToPut);
    addCount(ObjectWords::tr("waiting to get: %1"), queue.waitingToGet);
    addCount(ObjectWords::tr("waiting to join: %1"), queue.waitingToJoin);
    if (queue.putter.thread != 0)
        parts.append(ObjectWords::tr("put into by %1").arg(ownerText(queue.putter)));
    if (queue.getter.thread != 0)
        parts.append(ObjectWords::tr("taken from by %1").arg(ownerText(queue.getter)));
    addCount(ObjectWords::tr("abandoned so far: %1"), queue.abandonments);
    return parts.join(ObjectWords::tr(", "));
}

QString text(const UnitsOwner &owner)
{
    const QString person = owner.process.isEmpty() ? QString::number(owner.pid) : personText(owner.process, owner.pid);
    return owner.hasDied ? ObjectWords::tr("%1 of %2, which has died").arg(countText(owner.units), person)
                         : ObjectWords::tr("%1 of %2").arg(countText(owner.units), person);
}

QString text(const SemaphoreDetails &semaphore)
{
    constexpr std::size_t MostOwners = 8; // that are named
    QStringList parts{ObjectWords::tr("free: %1, at first %2").arg(countText(semaphore.free), countText(semaphore.initial))};
    QStringList owners;
    for (const UnitsOwner &owner : semaphore.owners) {
        if (static_cast<std::size_t>(owners.size()) == MostOwners)
            break;
        owners.append(text(owner));
    }
    if (semaphore.owners.size() > MostOwners)
        owners.append(ObjectWords::tr("further processes: %1").arg(semaphore.owners.size() - MostOwners));
    if (!owners.isEmpty())
        parts.append(ObjectWords::tr("acquired: %1").arg(owners.join(ObjectWords::tr(", "))));
    if (semaphore.returned > 0)
        parts.append(ObjectWords::tr("got back from processes that died: %1").arg(countText(semaphore.returned)));
    return parts.join(ObjectWords::tr("; "));
}

QString text(const ConditionDetails &condition)
{
    if (condition.lock == ObjectId())
        return ObjectWords::tr("its lock is not known");
    return ObjectWords::tr("its lock: %1").arg(objectText(condition.lockKind, condition.lockName, condition.lock));
}

QString text(const EventDetails &event) { return event.isSet ? ObjectWords::tr("set") : ObjectWords::tr("not set"); }

QString text(const BarrierDetails &barrier)
{
    const QString arrived = ObjectWords::tr("arrived: %1 of %2").arg(countText(barrier.arrived), countText(barrier.parties));
    switch (barrier.state) {
    case BarrierDetails::State::Filling:
        return arrived;
    case BarrierDetails::State::Acting:
        return ObjectWords::tr("%1, one runs the action").arg(arrived);
    case BarrierDetails::State::Passing:
        return ObjectWords::tr("passed by %1, who go").arg(countText(barrier.parties));
    case BarrierDetails::State::Resetting:
        return ObjectWords::tr("reset, for %1").arg(countText(barrier.parties));
    case BarrierDetails::State::Broken:
        return ObjectWords::tr("broken by %1, for %2")
            .arg(personText(barrier.culprit, barrier.culpritPid), countText(barrier.parties));
    }
    return {};
}

QString elementsText(const SharedDataDetails &data)
{
    const QString count = countText(static_cast<qint64>(data.count));
    if (data.elementSize == 0)
        return ObjectWords::tr("items: %1").arg(count);
    return ObjectWords::tr("%1 × %2").arg(
        count, data.type.isEmpty() ? sizeText(static_cast<qint64>(data.elementSize)) : displayText(data.type.toUtf8()));
}

QString text(const SharedDataDetails &data)
{
    QStringList parts{elementsText(data)};
    if (data.count != 1 || !data.type.isEmpty())
        parts.append(sizeText(static_cast<qint64>(data.bytes)));
    if (data.isNamed)
        parts.append(ObjectWords::tr("found by its name"));
    return parts.join(ObjectWords::tr(", "));
}

QString text(const PoolDetails &pool) { return poolText(pool); }

QString text(const PoolWorkerDetails &worker) { return poolWorkerText(worker); }

QJsonObject json(std::monostate) { return {}; }

QJsonObject json(const LockDetails &lock)
{
    QJsonObject json{
        {QStringLiteral("locked"), lock.owner.thread != 0},
        {QStringLiteral("depth"), lock.depth},
        {QStringLiteral("abandoned"), lock.isAbandoned},
        {QStringLiteral("abandonments"), lock.abandonments},
    };
    if (lock.owner.thread != 0)
        json.insert(QStringLiteral("owner"), ownerJson(lock.owner));
    return json;
}

QJsonObject json(const QueueDetails &queue)
{
    QJsonObject json{
        {QStringLiteral("size"), queue.size},
        {QStringLiteral("maxSize"), queue.maxSize},
        {QStringLiteral("put"), static_cast<qint64>(queue.put)},
        {QStringLiteral("taken"), static_cast<qint64>(queue.taken)},
        {QStringLiteral("unfinished"), queue.unfinished},
        {QStringLiteral("waitingToPut"), queue.waitingToPut},
        {QStringLiteral("waitingToGet"), queue.waitingToGet},
        {QStringLiteral("waitingToJoin"), queue.waitingToJoin},
        {QStringLiteral("abandonments"), queue.abandonments},
    };
    if (queue.putter.thread != 0)
        json.insert(QStringLiteral("putter"), ownerJson(queue.putter));
    if (queue.getter.thread != 0)
        json.insert(QStringLiteral("getter"), ownerJson(queue.getter));
    return json;
}

QJsonObject json(const SemaphoreDetails &semaphore)
{
    QJsonArray owners;
    for (const UnitsOwner &owner : semaphore.owners)
        owners.append(QJsonObject{
            {QStringLiteral("pid"), owner.pid},
            {QStringLiteral("process"), owner.process},
            {QStringLiteral("died"), owner.hasDied},
            {QStringLiteral("units"), owner.units},
        });
    return {
        {QStringLiteral("free"), semaphore.free},
        {QStringLiteral("initial"), semaphore.initial},
        {QStringLiteral("returned"), semaphore.returned},
        {QStringLiteral("acquired"), owners},
    };
}

QJsonObject json(const ConditionDetails &condition)
{
    if (condition.lock == ObjectId())
        return {};
    return {{QStringLiteral("lock"), idText(condition.lock)}};
}

QJsonObject json(const EventDetails &event) { return {{QStringLiteral("set"), event.isSet}}; }

QJsonObject json(const BarrierDetails &barrier)
{
    QJsonObject json{
        {QStringLiteral("state"), QString::fromLatin1(nameOf(barrier.state))},
        {QStringLiteral("parties"), barrier.parties},
        {QStringLiteral("arrived"), barrier.arrived},
        {QStringLiteral("broken"), barrier.state == BarrierDetails::State::Broken},
    };
    if (barrier.culpritPid != 0)
        json.insert(QStringLiteral("culprit"),
            QJsonObject{{QStringLiteral("pid"), barrier.culpritPid}, {QStringLiteral("process"), barrier.culprit}});
    return json;
}

QJsonObject json(const SharedDataDetails &data)
{
    QJsonObject json{
        {QStringLiteral("count"), static_cast<qint64>(data.count)},
        {QStringLiteral("bytes"), static_cast<qint64>(data.bytes)},
        {QStringLiteral("named"), data.isNamed},
    };
    if (data.elementSize != 0)
        json.insert(QStringLiteral("elementSize"), static_cast<qint64>(data.elementSize));
    if (!data.type.isEmpty())
        json.insert(QStringLiteral("type"), data.type);
    return json;
}

QJsonObject json(const PoolDetails &pool) { return poolJson(pool); }

QJsonObject json(const PoolWorkerDetails &worker) { return poolWorkerJson(worker); }

} // namespace

QString idText(ObjectId object) { return QStringLiteral("%1.%2").arg(object.index).arg(object.generation); }

QString personText(const QString &process, qint64 pid)
{
    return ObjectWords::tr("%1 (%2)").arg(displayText(process.toUtf8()), QString::number(pid));
}

QJsonObject ownerJson(const LockOwner &owner)
{
    return {
        {QStringLiteral("pid"), owner.pid},
        {QStringLiteral("tid"), owner.tid},
        {QStringLiteral("process"), owner.process},
        {QStringLiteral("died"), owner.hasDied},
    };
}

QString objectText(const MonitoredObject &object) { return objectText(object.kind, object.name, object.id); }

QString detailsText(const ObjectDetails &details)
{
    return std::visit([](const auto &kind) { return text(kind); }, details);
}

QJsonObject detailsJson(const ObjectDetails &details)
{
    return std::visit([](const auto &kind) { return json(kind); }, details);
}

} // namespace procession
