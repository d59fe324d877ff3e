// SPDX-License-Identifier: MIT
#include <procession/platform/processes/orphans.h>

#include <procession/platform/base/readiness.h>
#include <procession/platform/base/systemcall.h>
#include <procession/platform/processes/childlist.h>
#include <procession/platform/processes/pidfd.h>
#include <procession/platform/processes/processtable.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <mutex>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <utility>

namespace procession {

namespace {

/// The attribute is the process's, so objects count.
void setAdopting(bool adopts)
{
    static std::mutex mutex;
    static int count = 0;
    const std::scoped_lock lock(mutex);
    if (adopts) {
        if (count == 0)
            checked("prctl", ::prctl(PR_SET_CHILD_SUBREAPER, 1), "subreaper");
        ++count;
    } else if (--count == 0) {
        ::prctl(PR_SET_CHILD_SUBREAPER, 0);
    }
}

} // namespace

Orphans::Orphans(TaskMark mark, TaskFinder taskOf) : m_mark(std::move(mark)), m_taskOf(std::move(taskOf)), m_session(::getsid(0))
{
    std::array<char, 64> path{};
    std::snprintf(path.data(), path.size(), "/proc/%d/task/%d/children", ::getpid(), ::getpid());
    m_list = Descriptor(::open(path.data(), O_RDONLY | O_CLOEXEC));
    setAdopting(true);
}

Orphans::~Orphans() { setAdopting(false); }

bool Orphans::readList()
{
    m_children.clear();
    if (m_list.isValid())
        appendListedChildren(m_list.get(), m_children);
    else
        appendChildren(::getpid(), m_children);
    return !m_children.empty();
}

void Orphans::lookAt(int pid)
{
    ProcessLinks links;
    if (m_taskOf(pid) || !readLinks(pid, links))
        return;
    if (links.session == m_session || links.exitSignal == 0) {
        m_others.push_back(pid);
        return;
    }
    if (links.hasEnded()) {
        ::waitpid(pid, nullptr, WNOHANG); // nothing else reaps it, so the number is still its own
        return;
    }
    Orphan &orphan = m_orphans[pid];
    orphan.hasCome = true;
    if (orphan.startTime == links.startTime && orphan.task)
        return; // it is known
    orphan.startTime = links.startTime;
    orphan.task = taskOf(pid, links.startTime, links.session);
}

std::optional<quint64> Orphans::taskOf(int pid, quint64 startTime, int session) const
{
    if (const auto task = m_mark.taskOf(pid))
        return task;
    const auto remembered = m_remembered.find(pid);
    if (remembered != m_remembered.end() && remembered->second.startTime == startTime)
        return remembered->second.task;
    return m_taskOf(session);
}

void Orphans::look()
{
    const bool hasChildren = readList();
    if (!hasChildren && m_orphans.empty())
        return;
    for (auto &[pid, orphan] : m_orphans)
        orphan.hasCome = false;
    const std::vector<int> others = std::exchange(m_others, {});
    for (const int pid : m_children) {
        if (std::find(others.begin(), others.end(), pid) != others.end())
            m_others.push_back(pid);
        else
            lookAt(pid);
    }
    std::erase_if(m_orphans, [](const auto &entry) { return !entry.second.hasCome; });
}

void Orphans::remember(qint64 pid, quint64 startTime, quint64 task) { m_remembered[static_cast<int>(pid)] = {startTime, task}; }

void Orphans::forget(quint64 task)
{
    std::erase_if(m_remembered, [task](const auto &entry) { return entry.second.task == task; });
}

std::vector<qint64> Orphans::of(quint64 task) const
{
    std::vector<qint64> found;
    for (const auto &[pid, orphan] : m_orphans) {
        if (orphan.task == task && orphan.hasCome)
            found.push_back(pid);
    }
    return found;
}

bool Orphans::waitForEnd(QDeadlineTimer deadline)
{
    for (;;) {
        look();
        const auto living = std::find_if(m_orphans.begin(), m_orphans.end(), [](const auto &entry) { return entry.second.task; });
        if (living == m_orphans.end())
            return true;
        try {
            const Descriptor pidfd = openPidfd(living->first);
            if (!pidfd.isValid() || !waitReadable(pidfd.get(), deadline))
                return false;
        } catch (const SystemError &) { // it has just gone
            if (deadline.hasExpired())
                return false;
        }
    }
}

} // namespace procession
