// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

namespace procession {

/// Tells an event loop when a connection has something to receive, so that no thread needs to block for it.
///
/// \code
/// ConnectionNotifier notifier(connection);
/// QObject::connect(&notifier, &ConnectionNotifier::readyRead, this, [=] { show(connection.recv<QString>()); });
/// QObject::connect(&notifier, &ConnectionNotifier::readChannelFinished, this, &Window::close);
/// \endcode
///
/// Lives in one thread that has an event loop. It must go before its connection is closed.
class ConnectionNotifier : public QObject
{
    Q_OBJECT

public:
    /// \throws SystemError (EBADF) when the connection cannot receive
    explicit ConnectionNotifier(const Connection &connection, QObject *parent = nullptr);

    const Connection &connection() const { return m_connection; }
    /// Stops telling, or goes on; after readChannelFinished() there is nothing more to tell.
    void setEnabled(bool enabled);

Q_SIGNALS:
    /// A message has begun to come: receive one. Said again for as long as there is more, and then once for each.
    void readyRead();
    /// The other end is closed and all has been received. Said once; nothing comes after it.
    void readChannelFinished();

private:
    void look();

    Connection m_connection;
    QSocketNotifier m_notifier;
    bool m_finished = false;
};

} // namespace procession
