// SPDX-License-Identifier: MIT
#include <procession/platform/processes/descendants.h>

#include <procession/platform/processes/childlist.h>
#include <procession/platform/processes/processtable.h>

#include <algorithm>

namespace procession {

namespace {

constexpr int MostLooks = 100; // what starts processes faster than they are killed must not hold up its observer for ever

} // namespace

Descendants::Descendants(qint64 child, QByteArray mark) : m_child(static_cast<int>(child)), m_mark(std::move(mark)) { }

void Descendants::lookAt(int pid, int parent)
{
    ProcessLinks links;
    if (pid == m_child || std::find(m_seen.begin(), m_seen.end(), pid) != m_seen.end() || !readLinks(pid, links)
        || (parent != 0 && links.parent != parent))
        return;
    m_seen.push_back(pid);
    m_left.push_back(pid);
    const auto isIt = [&links](const Found &found) { return found.pid == links.pid && found.startTime == links.startTime; };
    if (links.hasEnded() || std::find_if(m_found.begin(), m_found.end(), isIt) != m_found.end())
        return;
    m_found.push_back({pid, links.startTime, links.group == m_child});
    m_foundMore = true;
}

bool Descendants::look()
{
    m_foundMore = false;
    m_seen.clear();
    m_left.assign(1, m_child);
    for (const int root : m_roots)
        lookAt(root, 0);
    if (!m_mark.isEmpty()) {
        forEachProcess([this](int pid) {
            if (findInEnvironment(pid, m_mark.constData(), static_cast<std::size_t>(m_mark.size())))
                lookAt(pid, 0);
        });
    }
    std::vector<int> children;
    while (!m_left.empty()) {
        const int parent = m_left.back();
        m_left.pop_back();
        children.clear();
        appendChildren(parent, children);
        for (const int child : children)
            lookAt(child, parent);
    }
    return m_foundMore;
}

void Descendants::signal(int signal)
{
    for (; m_signalled < m_found.size(); ++m_signalled) {
        const Found &found = m_found[m_signalled];
        if (!found.isInGroup)
            signalProcess(found.pid, found.startTime, signal);
    }
}

bool Descendants::signalAll(int signal)
{
    bool hasFound = false;
    for (int i = 0; i < MostLooks; ++i) {
        const bool foundMore = look();
        hasFound |= foundMore;
        this->signal(signal);
        if (!foundMore)
            break;
    }
    return hasFound;
}

} // namespace procession
