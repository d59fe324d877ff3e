// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QProcess>

/// This test as a program of its own, which shares things in one of the ways below until it is let go.
///
/// \code
/// WatchedProgram program("locks");
/// Monitor monitor = Monitor::attach(program.pid());
/// \endcode
class WatchedProgram
{
public:
    /// Waits until the program says that all is as it is to be.
    explicit WatchedProgram(const QByteArray &scene);
    ~WatchedProgram();
    Q_DISABLE_COPY_MOVE(WatchedProgram)

    qint64 pid() const { return m_process.processId(); }
    /// Of the process that it started; 0 when it has none.
    qint64 childPid() const { return m_childPid; }

    /// When this process was started as such a program: does what `scene` says, and returns the exit code.
    static int play(const QByteArray &scene);

private:
    QProcess m_process;
    qint64 m_childPid = 0;
};
