// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/objectwords.h>

#include <procession/displaytext.h>

#include <QtCore/QCoreApplication>

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

QJsonObject ownerJson(const LockOwner &owner)
{
    return {
        {QStringLiteral("pid"), owner.pid},
        {QStringLiteral("tid"), owner.tid},
        {QStringLiteral("process"), owner.process},
        {QStringLiteral("died"), owner.hasDied},
    };
}

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

} // namespace

QString personText(const QString &process, qint64 pid)
{
    return ObjectWords::tr("%1 (%2)").arg(displayText(process.toUtf8()), QString::number(pid));
}

QString objectText(const MonitoredObject &object)
{
    const QString kind = QString::fromLatin1(nameOf(object.kind));
    if (object.name.isEmpty())
        return ObjectWords::tr("%1 %2").arg(kind, QString::number(object.id.index));
    return ObjectWords::tr("%1 “%2”").arg(kind, displayText(object.name.toUtf8()));
}

QString detailsText(const ObjectDetails &details)
{
    return std::visit([](const auto &kind) { return text(kind); }, details);
}

QJsonObject detailsJson(const ObjectDetails &details)
{
    return std::visit([](const auto &kind) { return json(kind); }, details);
}

} // namespace procession
