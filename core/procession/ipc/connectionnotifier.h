// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/connection.h>

#include <QtCore/QObject>
#include <QtCore/QSocketNotifier>

namespace procession {

/// Signals an event loop when a connection has something to receive, so that no thread needs to
/// block for it.
///
/// \code
/// ConnectionNotifier notifier(connection);
/// QObject::connect(&notifier, &ConnectionNotifier::readyRead, this, [=] { show(connection.recv<QString>()); });
/// QObject::connect(&notifier, &ConnectionNotifier::readChannelFinished, this, &QObject::deleteLater);
/// \endcode
///
/// Lives in one thread that has an event loop. It must be destroyed before its connection is
/// closed.
class ConnectionNotifier : public QObject
{
    Q_OBJECT

public:
    /// \throws SystemError (EBADF) if the connection cannot receive
    explicit ConnectionNotifier(const Connection &connection, QObject *parent = nullptr);

    const Connection &connection() const { return m_connection; }
    /// Stops or resumes the signals; after readChannelFinished() there are none.
    void setEnabled(bool enabled);

Q_SIGNALS:
    /// A message has started to arrive: receive one. Emitted again while more are there, and then
    /// once for each message.
    void readyRead();
    /// The other end is closed and everything has been received. Emitted once, as the last signal.
    void readChannelFinished();

private:
    void look();

    Connection m_connection;
    QSocketNotifier m_notifier;
    bool m_finished = false;
};

} // namespace procession
