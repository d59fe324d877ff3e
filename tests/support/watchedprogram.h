// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>

/// The program tests/monitor/watchedprogram, which shares things in one of its ways until this object goes.
///
/// \code
/// WatchedProgram program(QStringLiteral("locks"));
/// Monitor monitor = Monitor::attach(program.pid());
/// \endcode
class WatchedProgram
{
public:
    /// Waits until the program says that all is as it is to be.
    explicit WatchedProgram(const QString &scene)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationDirPath() + QStringLiteral("/watchedprogram"), {scene});
        while (!m_process.canReadLine() && m_process.waitForReadyRead()) { }
        const QByteArrayList words = m_process.readLine().trimmed().split(' ');
        if (words.first() != "ready")
            qFatal("the watched program did not come up");
        m_childPid = words.last().toLongLong();
    }
    ~WatchedProgram()
    {
        m_process.kill(); // its children go with it
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(WatchedProgram)

    qint64 pid() const { return m_process.processId(); }
    /// Of the process that it started; 0 when it has none.
    qint64 childPid() const { return m_childPid; }

private:
    QProcess m_process;
    qint64 m_childPid = 0;
};
