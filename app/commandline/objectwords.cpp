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
        json.insert(QStringLiteral("owner"),
            QJsonObject{
                {QStringLiteral("pid"), lock.owner.pid},
                {QStringLiteral("tid"), lock.owner.tid},
                {QStringLiteral("process"), lock.owner.process},
                {QStringLiteral("died"), lock.owner.hasDied},
            });
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
