// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/commandline/run/runsignals.h>

#include <procession/platform/processes/exitstatus.h>
#include <procession/platform/system/selfsignal.h>
#include <procession/text/displaytext.h>

#include <QtCore/QTimer>

#include <csignal>
#include <utility>

namespace procession {

namespace {

constexpr std::chrono::milliseconds TimeOfOne{200}; // in which signals that belong together come

} // namespace

RunSignals::RunSignals()
    : m_watcher(std::make_unique<SignalWatcher>(std::initializer_list<int>{SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGTSTP, SIGCONT}))
{
    connect(m_watcher.get(), &SignalWatcher::caught, this, &RunSignals::act);
}

void RunSignals::look()
{
    if (m_count >= 2 && m_sinceLast.hasExpired(TimeOfOne.count()))
        release();
    if (m_watcher)
        m_watcher->read();
}

void RunSignals::act(int signalNumber, qint64 sender)
{
    switch (signalNumber) {
    case SIGUSR1:
        if (m_count == 0 && !std::exchange(m_isToFinish, true))
            Q_EMIT stopAsked(StopMode::Finish, signalNumber);
        return;
    case SIGTSTP:
        Q_EMIT suspendAsked();
        return;
    case SIGCONT:
        Q_EMIT continued();
        return;
    default:
        end(signalNumber, sender);
    }
}

void RunSignals::end(int signalNumber, qint64 sender)
{
    if (belongsToTheLast(signalNumber, sender))
        return;
    m_last = signalNumber;
    m_lastSender = sender;
    m_sinceLast.start();
    ++m_count;
    if (m_count == 1) {
        m_endedBy = signalNumber;
        Q_EMIT stopAsked(StopMode::Terminate, signalNumber);
    } else if (m_count == 2) {
        QTimer::singleShot(TimeOfOne, this, &RunSignals::release); // a third one ends this program, and the guard its children
        Q_EMIT stopAsked(StopMode::Kill, signalNumber);
    }
}

bool RunSignals::belongsToTheLast(int signalNumber, qint64 sender) const
{
    if (m_count == 0)
        return false;
    if (signalNumber == SIGHUP && sender == 0)
        return true; // the terminal is gone, which is no request for more
    if (m_sinceLast.hasExpired(TimeOfOne.count()))
        return false;
    // A sender that asks again sends the same signal once more. timeout(1) does so too, and is the leader of the group.
    return signalNumber != m_last || sender != m_lastSender || sender == ownGroup();
}

QString RunSignals::noticeOf(StopMode mode, int signalNumber, std::chrono::milliseconds grace)
{
    const QString name = QString::fromLatin1(signalName(signalNumber));
    switch (mode) {
    case StopMode::Finish:
        return tr("%1: no other task is started, running ones may finish; SIGTERM or Ctrl-C ends them").arg(name);
    case StopMode::Terminate:
        return (signalNumber == SIGINT
                ? tr("%1: running tasks are asked to end, and killed after %2; Ctrl-C again kills them at once")
                : tr("%1: running tasks are asked to end, and killed after %2; a second %1 kills them at once"))
            .arg(name, durationText(std::chrono::microseconds(grace).count()));
    case StopMode::Kill:
        return tr("%1: running tasks are killed; a third one ends this program at once").arg(name);
    }
    Q_UNREACHABLE();
}

} // namespace procession
