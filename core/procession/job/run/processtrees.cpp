// SPDX-License-Identifier: MIT
#include <procession/job/run/processtrees.h>

#include <chrono>
#include <csignal>

namespace procession {

namespace {

constexpr std::chrono::seconds LookInterval{1}; // between two looks for orphans that have ended
constexpr std::chrono::seconds Patience{1}; // with killed processes

} // namespace

ProcessTrees::ProcessTrees(bool keepsOrphans, bool adoptsOrphans, Orphans::TaskFinder treeOf)
    : m_keepsOrphans(keepsOrphans), m_nextLook(LookInterval)
{
    if (adoptsOrphans)
        m_orphans.emplace(m_mark, std::move(treeOf));
}

void ProcessTrees::addOrphans(Descendants &descendants, quint64 tree)
{
    if (!m_orphans || m_keepsOrphans)
        return;
    m_orphans->look();
    for (const qint64 pid : m_orphans->of(tree))
        descendants.addRoot(pid);
}

void ProcessTrees::signal(const ChildProcess &child, quint64 tree, int signal)
{
    Descendants descendants(child.pid());
    addOrphans(descendants, tree);
    descendants.look(); // before the child may end, with which its links to the others go
    child.signalGroup(signal);
    descendants.signal(signal);
    if (signal == SIGSTOP || signal == SIGKILL)
        descendants.signalAll(signal);
    if (!m_orphans)
        return;
    for (const Descendants::Found &found : descendants.found())
        m_orphans->remember(found.pid, found.startTime, tree);
}

bool ProcessTrees::end(const ChildProcess &child, quint64 tree, bool wasSignalled)
{
    if (m_orphans)
        m_orphans->look(); // else those of its group that have ended, and are not reaped, count as left
    const bool hasLeftGroup = child.hasLeftProcesses();
    if (m_keepsOrphans)
        return hasLeftGroup;
    if (hasLeftGroup)
        child.signalGroup(SIGKILL);
    if (!m_orphans)
        return (wasSignalled && Descendants(child.pid(), m_mark.ofTask(tree)).signalAll(SIGKILL)) || hasLeftGroup;
    bool hasLeftMore = false;
    if (!m_orphans->of(tree).empty()) {
        Descendants descendants(child.pid());
        do
            addOrphans(descendants, tree); // what was killed has had children, which come now
        while (descendants.signalAll(SIGKILL));
        hasLeftMore = true;
    }
    m_orphans->forget(tree);
    return hasLeftGroup || hasLeftMore;
}

void ProcessTrees::tidy()
{
    if (!m_orphans || !m_nextLook.hasExpired())
        return;
    m_orphans->look();
    m_nextLook = QDeadlineTimer(LookInterval);
}

void ProcessTrees::finish()
{
    if (!m_orphans)
        return;
    if (m_keepsOrphans)
        m_orphans->look(); // reaps ended ones
    else
        m_orphans->waitForEnd(QDeadlineTimer(Patience));
}

} // namespace procession
