// SPDX-License-Identifier: MIT
#include <procession/descendants.h>

#include <procession/processtable.h>

#include <algorithm>

namespace procession {

namespace {

constexpr int MostLooks = 100; // what starts processes faster than they are killed must not hold up its observer for ever

/// Adds the children of a thread. \returns false where the system does not list them
bool addChildrenOfThread(int pid, int thread, std::vector<int> &children)
{
    char name[48] = {'t', 'a', 's', 'k', '/'};
    char *at = detail::appendNumber(name + 5, static_cast<unsigned>(thread));
    __builtin_memcpy(at, "/children", sizeof "/children");
    const int file = detail::openOfProcess(pid, name);
    if (file < 0)
        return errno != ENOENT;
    char text[4096];
    int number = 0;
    for (long size = 0; (size = syscall(SYS_read, file, text, sizeof text)) > 0;) {
        for (long i = 0; i < size; ++i) {
            if (text[i] >= '0' && text[i] <= '9') {
                number = 10 * number + (text[i] - '0');
            } else if (number > 0) {
                children.push_back(number);
                number = 0;
            }
        }
    }
    ::close(file);
    return true;
}

bool listsChildren()
{
    static const bool lists = [] {
        std::vector<int> none;
        return addChildrenOfThread(::getpid(), ::getpid(), none);
    }();
    return lists;
}

void addChildren(int pid, std::vector<int> &children)
{
    if (!listsChildren()) { // a kernel without CONFIG_PROC_CHILDREN
        forEachProcess([&](int other) {
            ProcessLinks links;
            if (readLinks(other, links) && links.parent == pid)
                children.push_back(other);
        });
        return;
    }
    const int folder = detail::openOfProcess(pid, "task", O_DIRECTORY);
    if (folder < 0)
        return;
    detail::forEachNumberIn(folder, [&](int thread) { addChildrenOfThread(pid, thread, children); });
    ::close(folder);
}

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
        addChildren(parent, children);
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
