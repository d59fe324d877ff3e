// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QUuid>

namespace procession {

/// Finds the processes that descend from one, however they detached themselves, by a variable in their environment.
class MarkedProcesses
{
public:
    MarkedProcesses() : m_value(QUuid::createUuid().toString(QUuid::WithoutBraces)) { }

    /// What is to stand in the environment of the first process.
    static QString name() { return QStringLiteral("PROCESSION_TEST_MARK"); }
    QString value() const { return m_value; }
    /// The same as "NAME=value".
    QString variable() const { return name() + QLatin1Char('=') + m_value; }

    /// "PID COMMAND" of each that lives.
    QByteArrayList living() const
    {
        const QByteArray mark = variable().toLatin1();
        QByteArrayList found;
        for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            if (!pid.front().isDigit() || !read(pid, "environ").split('\0').contains(mark))
                continue;
            found.append(pid.toLatin1() + ' ' + read(pid, "cmdline").replace('\0', ' '));
        }
        return found;
    }

private:
    static QByteArray read(const QString &pid, const char *name)
    {
        QFile file(QStringLiteral("/proc/%1/%2").arg(pid, QLatin1StringView(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(); // it may have ended meanwhile
    }

    QString m_value;
};

} // namespace procession
