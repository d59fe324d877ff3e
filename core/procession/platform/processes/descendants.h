// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// Finds and signals the descendants of a child of this program, in whatever sessions and process
/// groups they are.
///
/// \code
/// Descendants descendants(child.pid());
/// descendants.look();                     // before the child ends, which breaks the links to its children
/// child.signalGroup(SIGTERM);
/// descendants.signal(SIGTERM);
/// \endcode
///
/// It follows the links from parents to children. A process that has lost its parent is found only
/// if it is added as another root, or by a mark in its environment (see TaskMark). signal() leaves
/// out the process group that the child leads: signalling the group reaches its processes at once.
/// A process is not signalled if its number has been reused.
///
/// To be used from one thread.
class Descendants
{
public:
    /// \param child  leads a process group; it may have ended
    /// \param mark   searched for in the environment of all processes, about 10 µs each; empty: no
    /// search
    explicit Descendants(qint64 child, QByteArray mark = {});

    /// Adds a process that has lost its parent.
    void addRoot(qint64 pid) { m_roots.push_back(static_cast<int>(pid)); }
    /// Finds living descendants that were not found before. \returns whether there were any
    bool look();
    /// Sends a signal to each descendant that was found since the last call.
    void signal(int signal);
    /// Repeats look() and signal() until no more are found, for signals that keep a process from
    /// starting others: SIGSTOP and SIGKILL.
    /// \returns whether any were found
    bool signalAll(int signal);

    struct Found
    {
        int pid = 0;
        quint64 startTime = 0;
        bool isInGroup = false; ///< in the process group that the child leads
    };
    /// All descendants found so far.
    const std::vector<Found> &found() const { return m_found; }

private:
    void lookAt(int pid, int parent);

    int m_child;
    QByteArray m_mark;
    std::vector<int> m_roots;
    std::vector<int> m_left; ///< processes whose children have not been looked at yet
    std::vector<int> m_seen; ///< processes seen by the current look()
    std::vector<Found> m_found;
    std::size_t m_signalled = 0; ///< how many elements of m_found have been signalled
    bool m_foundMore = false;
};

} // namespace procession
