// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

#include <initializer_list>
#include <memory>

namespace procession {

/// Turns Unix signals into Qt signals.
///
/// \code
/// SignalWatcher watcher({SIGINT, SIGTERM});
/// QObject::connect(&watcher, &SignalWatcher::caught, &app, &QCoreApplication::quit);
/// \endcode
///
/// While it lives, the given signals do nothing but emit caught() from the event loop of its thread. They are blocked in that
/// thread and in those that it starts later, so make it in the main thread before any other thread runs. A signal that comes
/// twice before the event loop looks is seen once. When it goes the signals do again what they did before.
///
/// A signal that is ignored when it is made stays ignored, and is not told of: nohup ignores SIGHUP, a shell without job control SIGINT
/// for what it starts in the background.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    /// \throws SystemError when the system gives no descriptor
    explicit SignalWatcher(std::initializer_list<int> signalNumbers, QObject *parent = nullptr);
    ~SignalWatcher() override;

    /// Emits caught() for what has come, as the event loop does: for a thread that works where none runs. Does not block.
    void read();

Q_SIGNALS:
    /// \param sender  the process that has sent it; 0 for the system (a key of the terminal, the terminal's end) and for a process of
    ///                another namespace
    void caught(int signalNumber, qint64 sender);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// From now on writing to a pipe that nobody reads fails with EPIPE instead of killing this program. Children are not affected.
void ignoreBrokenPipes();

} // namespace procession
