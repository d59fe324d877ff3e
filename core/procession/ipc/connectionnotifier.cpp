// SPDX-License-Identifier: MIT
#include <procession/ipc/connectionnotifier.h>

#include <procession/platform/socket/streamsocket.h>

#include <cerrno>

namespace procession {

namespace {
int readable(const Connection &connection)
{
    if (!connection.isReadable())
        throw SystemError("poll", "a connection that is closed or for sending only", EBADF);
    return connection.fileno();
}
} // namespace

ConnectionNotifier::ConnectionNotifier(const Connection &connection, QObject *parent)
    : QObject(parent), m_connection(connection), m_notifier(readable(connection), QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &ConnectionNotifier::look);
}

void ConnectionNotifier::setEnabled(bool enabled) { m_notifier.setEnabled(enabled && !m_finished); }

void ConnectionNotifier::look()
{
    if (!isAtEnd(m_connection.fileno())) {
        Q_EMIT readyRead();
        return;
    }
    // The descriptor stays readable at the end of the stream, so the notifier must be disabled.
    m_finished = true;
    m_notifier.setEnabled(false);
    Q_EMIT readChannelFinished();
}

} // namespace procession
