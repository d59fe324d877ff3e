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
    MarkedProcesses() : m_mark("PROCESSION_TEST_MARK=" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces)) { }

    /// What is to stand in the environment of the first process: "NAME=value".
    QString variable() const { return QString::fromLatin1(m_mark); }

    /// "PID COMMAND" of each that lives.
    QByteArrayList living() const
    {
        QByteArrayList found;
        for (const QString &pid : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
            if (!pid.front().isDigit() || !read(pid, "environ").split('\0').contains(m_mark))
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

    QByteArray m_mark;
};

} // namespace procession
