// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
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
    /// Shows `text` for good. \param waits  as long as stderr takes nothing
    void finish(const QString &text, bool waits = true);
    /// Prints a line for good, as much of it as stderr takes without waiting.
    void say(const QString &text);
    /// Writes output of a task, inside of aside(). \throws SystemError
    void print(int fd, QByteArrayView bytes);
    /// Writes a line on stderr, inside of aside(): a new one, also where output ended without a newline. \throws SystemError
    void printLine(const QByteArray &line);
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
    QByteArray beginLine();
    void write(const QByteArray &bytes);

    std::mutex m_mutex;
    const bool m_onTerminal;
    const bool m_besideOutput; // stdout is on a terminal too, which will be the same
    bool m_shown = false;
    bool m_inLine = false; // output ended without a newline, where the line is shown
    QElapsedTimer m_sinceLast;
    QByteArray m_last;
};

} // namespace procession
