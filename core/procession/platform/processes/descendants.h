// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>

#include <vector>

namespace procession {

/// Finds and signals what descends from a child of this program, in whatever sessions and process groups it is.
///
/// \code
/// Descendants descendants(child.pid());
/// descendants.look();                     // before the child ends, with which the links to its children go
/// child.signalGroup(SIGTERM);
/// descendants.signal(SIGTERM);
/// \endcode
///
/// It follows the links from parents to children. What has lost its parent is found where it is given as another root, or by a mark in its
/// environment (see TaskMark). Processes of the group that the child leads are left out: signalling the group reaches them at once.
/// A process whose number another one has got by now is not signalled.
///
/// To be used from one thread.
class Descendants
{
public:
    /// \param child  leads a process group; it may have ended
    /// \param mark   looked for in the environment of all processes, some 10 µs for each; empty: not looked for
    explicit Descendants(qint64 child, QByteArray mark = {});

    /// One that has lost its parent.
    void addRoot(qint64 pid) { m_roots.push_back(static_cast<int>(pid)); }
    /// Finds what lives now and was not found before. \returns whether there was any
    bool look();
    /// Sends a signal to each that was found since the last call.
    void signal(int signal);
    /// Looks and signals until nothing more is found, for signals that keep a process from starting others: SIGSTOP and SIGKILL.
    /// \returns whether there was any
    bool signalAll(int signal);

    struct Found
    {
        int pid = 0;
        quint64 startTime = 0;
        bool isInGroup = false; ///< of the child
    };
    /// All that were found so far.
    const std::vector<Found> &found() const { return m_found; }

private:
    void lookAt(int pid, int parent);

    int m_child;
    QByteArray m_mark;
    std::vector<int> m_roots;
    std::vector<int> m_left; ///< whose children are still to be looked at
    std::vector<int> m_seen; ///< in the present look
    std::vector<Found> m_found;
    std::size_t m_signalled = 0; ///< so many of the found have had their signal
    bool m_foundMore = false;
};

} // namespace procession
