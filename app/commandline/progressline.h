// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QElapsedTimer>
#include <QtCore/QString>

#include <mutex>

namespace procession {

/// The one line on stderr that says how far a job is. On a terminal it is drawn over; elsewhere it is a new line, at most once a second.
///
/// May be used from any thread.
class ProgressLine
{
public:
    ProgressLine();

    /// How many characters there is room for.
    int width() const;
    void show(const QString &text);
    /// Shows `text` for good.
    void finish(const QString &text);
    /// Runs `print`, which writes to stdout or stderr, with the line out of the way.
    template <typename Print>
    void aside(Print &&print)
    {
        const std::scoped_lock lock(m_mutex);
        erase();
        print();
    }

private:
    void erase();
    void write(const QByteArray &bytes);

    std::mutex m_mutex;
    const bool m_onTerminal;
    bool m_shown = false;
    QElapsedTimer m_sinceLast;
    QByteArray m_last;
};

} // namespace procession
