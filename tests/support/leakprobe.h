// SPDX-License-Identifier: MIT
#pragma once

#include <procession/memory/arena/arena.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <filesystem>
#include <string>
#include <system_error>

/// Finds what a test left behind in its process: descriptors that are still open, and children that still run or were not reaped.
///
/// \code
/// const LeakProbe probe;
/// doSomething();
/// QCOMPARE(probe.leaks(), QByteArray());
/// \endcode
class LeakProbe
{
public:
    LeakProbe() : m_descriptors(openDescriptors()), m_children(children().size()) { }

    /// What there is more of than when the probe was made, as text; empty when there is nothing.
    QByteArray leaks() const
    {
        QByteArrayList found;
        QByteArrayList before = m_descriptors;
        for (const QByteArray &descriptor : openDescriptors()) {
            if (!before.removeOne(descriptor))
                found.append("descriptor " + descriptor);
        }
        const QByteArrayList now = children();
        if (now.size() > m_children)
            found.append("children " + now.join(' ') + " where there were " + QByteArray::number(m_children));
        return found.size() > before.size() ? found.join(", ") : QByteArray(); // as many may have been replaced
    }

    /// "7 socket:[1234]", …
    static QByteArrayList openDescriptors()
    {
        QByteArrayList descriptors;
        for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            std::error_code error; // that of the folder itself is closed again
            const std::filesystem::path target = std::filesystem::read_symlink(entry.path(), error);
            // The shared memory of the program is there from its first use to the program's end.
            const bool isShared = target.native().starts_with("/memfd:procession-arena") || isOfShelf(entry.path().filename());
            if (!error && !target.native().starts_with("/proc/") && !isShared)
                descriptors.append(QByteArray::fromStdString(entry.path().filename().native() + ' ' + target.native()));
        }
        return descriptors;
    }

    /// Whether a descriptor belongs to the shared memory too.
    static bool isOfShelf(const std::filesystem::path &number)
    {
        const procession::Arena *arena = procession::Arena::existing();
        return arena
            && (number == std::to_string(arena->shelf().sockets().first.get())
                || number == std::to_string(arena->shelf().sockets().second.get()));
    }

    /// Their process ids.
    static QByteArrayList children()
    {
        QByteArrayList all;
        const QDir tasks(QStringLiteral("/proc/self/task"));
        for (const QString &task : tasks.entryList(QDir::NoDotAndDotDot | QDir::Dirs)) {
            QFile file(tasks.filePath(task + QStringLiteral("/children")));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll().simplified().split(' ');
        }
        all.removeAll(QByteArray());
        return all;
    }

private:
    QByteArrayList m_descriptors;
    qsizetype m_children;
};
