// SPDX-License-Identifier: MIT
#include <procession/process/child/processruntime.h>

#include <procession/memory/arena/processslot.h>
#include <procession/platform/base/loglimit.h>
#include <procession/process/child/logging.h>
#include <procession/process/child/parentwatch.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto Grace = 2s; // between SIGTERM and SIGKILL for daemons, when their parent ends

thread_local ProcessRuntime *threadProcess = nullptr;
// Never destroyed: threads may use it as long as the process lives.
std::atomic<ProcessRuntime *> wholeProcess = nullptr;

QByteArray randomKey()
{
    std::array<quint32, 8> words;
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char *>(words.data()), sizeof words};
}

ChildSetup mainSetup()
{
    ChildSetup setup;
    setup.name = QStringLiteral("MainProcess");
    setup.authKey = randomKey();
    return setup;
}

/// Joins a child. A child that can be neither joined nor killed must not block the end of this
/// process; it dies with the process.
void finish(const ProcessHandle &child, QDeadlineTimer deadline)
{
    try {
        if (child.isDaemon() && !child.join(deadline))
            child.kill();
        child.join();
    } catch (const ProcessError &error) {
        static LogLimit limit;
        limit.warn(processLog(), "%s cannot be joined: %s", qUtf8Printable(child.name()), error.what());
    }
}

/// In a copy that the program made by fork(), the children belong to the original, which alone can
/// query them.
bool hasEndedOrIsAnothers(const ProcessHandle &child)
{
    try {
        return !child.isAlive();
    } catch (const ProcessError &) {
        return true;
    }
}

/// Returns false for a thread, which cannot be terminated: a daemon thread is left running and ends
/// with the process.
bool isTerminated(const ProcessHandle &daemon)
{
    qCDebug(processLog, "calling terminate() for daemon %s", qUtf8Printable(daemon.name()));
    try {
        daemon.terminate();
        return true;
    } catch (const ProcessError &) {
        return false;
    }
}

} // namespace

ProcessRuntime::ProcessRuntime() : m_setup(mainSetup()) { }

ProcessRuntime::ProcessRuntime(const ChildSetup &setup)
    : m_setup(setup), m_startMethod(setup.method), m_parent({setup.parentName, false}, watchParent(setup.parentPid))
{
}

ProcessRuntime &ProcessRuntime::get()
{
    if (threadProcess)
        return *threadProcess;
    if (ProcessRuntime *known = wholeProcess.load(std::memory_order_acquire))
        return *known;
    auto made = std::make_unique<ProcessRuntime>();
    ProcessRuntime *nobody = nullptr;
    if (wholeProcess.compare_exchange_strong(nobody, made.get(), std::memory_order_acq_rel))
        return *made.release();
    return *nobody;
}

void ProcessRuntime::become(const ChildSetup &setup)
{
    threadProcess = nullptr;
    wholeProcess.store(new ProcessRuntime(setup), std::memory_order_release);
    if (setup.logLevel >= 0)
        logToStderr(static_cast<QtMsgType>(setup.logLevel));
}

void ProcessRuntime::enter(ProcessRuntime *own) { threadProcess = own; }

ChildSetup ProcessRuntime::childSetup(int number) const
{
    const std::scoped_lock lock(m_mutex);
    ChildSetup child;
    child.identity = m_setup.identity;
    child.identity.push_back(number);
    child.authKey = m_setup.authKey;
    child.parentPid = QCoreApplication::applicationPid();
    child.parentName = m_setup.name;
    child.logLevel = m_setup.logLevel;
    return child;
}

std::optional<StartMethod> ProcessRuntime::startMethod() const
{
    const std::scoped_lock lock(m_mutex);
    return m_startMethod;
}

void ProcessRuntime::setStartMethod(StartMethod method)
{
    const std::scoped_lock lock(m_mutex);
    m_startMethod = method;
}

QString ProcessRuntime::name() const
{
    const std::scoped_lock lock(m_mutex);
    return m_setup.name;
}

void ProcessRuntime::setName(const QString &name)
{
    const std::scoped_lock lock(m_mutex);
    m_setup.name = name;
    setProcessName(name.toUtf8());
}

QByteArray ProcessRuntime::authKey() const
{
    const std::scoped_lock lock(m_mutex);
    return m_setup.authKey;
}

void ProcessRuntime::setAuthKey(const QByteArray &key)
{
    const std::scoped_lock lock(m_mutex);
    m_setup.authKey = key;
}

void ProcessRuntime::setLogLevel(QtMsgType level)
{
    const std::scoped_lock lock(m_mutex);
    m_setup.logLevel = level;
}

void ProcessRuntime::expectChildren()
{
    // Objects created earlier are destroyed after finishChildren(). It logs, and without its
    // category and rules every message would be written.
    static const int registered = (processLog(), std::atexit([] { ProcessRuntime::get().finishChildren(); }));
    if (registered != 0)
        throw ProcessError("the end of this program could not be prepared: too many functions are registered by atexit()");
}

void ProcessRuntime::add(const ProcessHandle &child)
{
    activeChildren(); // reaps children that ended without being joined
    const std::scoped_lock lock(m_mutex);
    m_children.push_back(child);
}

void ProcessRuntime::remove(const ProcessHandle &child)
{
    const std::scoped_lock lock(m_mutex);
    std::erase(m_children, child);
}

std::vector<ProcessHandle> ProcessRuntime::activeChildren()
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_children, hasEndedOrIsAnothers);
    return m_children;
}

void ProcessRuntime::finishChildren()
{
    m_isEnding = true;
    qCInfo(processLog, "process shutting down");
    std::vector<ProcessHandle> children = activeChildren();
    if (children.empty())
        return;
    const QDeadlineTimer deadline(Grace);
    std::erase_if(children, [](const ProcessHandle &child) { return child.isDaemon() && !isTerminated(child); });
    for (const ProcessHandle &child : children)
        finish(child, deadline);
}

} // namespace procession
