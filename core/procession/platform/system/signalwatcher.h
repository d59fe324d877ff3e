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
/// As long as it exists, the given signals do nothing but emit caught() from the event loop of its
/// thread. They are blocked in that thread and in threads that it starts later, so create it in the
/// main thread before any other thread runs. A signal that arrives twice before the event loop
/// handles it is reported once. The destructor restores the previous behaviour of the signals.
///
/// A signal that is ignored when the object is created stays ignored, and is not reported: nohup
/// makes programs ignore SIGHUP, and a shell without job control makes background jobs ignore
/// SIGINT.
class SignalWatcher : public QObject
{
    Q_OBJECT

public:
    /// \throws SystemError if the system cannot create a descriptor
    explicit SignalWatcher(std::initializer_list<int> signalNumbers, QObject *parent = nullptr);
    ~SignalWatcher() override;

    /// Emits caught() for signals that have arrived, as the event loop does: for a thread that
    /// works without running an event loop. Does not block.
    void read();

Q_SIGNALS:
    /// \param sender  the id of the process that has sent it; 0 for the kernel (a key of the
    /// terminal, the end of the terminal) and for a process of another namespace
    void caught(int signalNumber, qint64 sender);

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// From now on, writing to a pipe without a reader fails with EPIPE instead of killing this program. Children are not affected.
void ignoreBrokenPipes();

} // namespace procession
