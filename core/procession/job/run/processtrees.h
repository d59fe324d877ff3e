// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/child/childprocess.h>
#include <procession/platform/processes/descendants.h>
#include <procession/platform/processes/orphans.h>
#include <procession/platform/processes/taskmark.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QDeadlineTimer>

#include <optional>

namespace procession {

/// The processes that the commands of a batch start, and their descendants: marks, signals and ends them. Part of CommandExecutor.
///
/// Each attempt's tree has a number of its own. What remains of the tree when the attempt has ended is killed, unless the batch keeps
/// it. Only the executor's thread may use it.
class ProcessTrees
{
public:
    /// \param keepsOrphans   whether what an attempt leaves behind may live on
    /// \param adoptsOrphans  whether it comes to this program, and so is found at little cost
    /// \param treeOf         gives the number of the tree whose first process that is, while it runs
    ProcessTrees(bool keepsOrphans, bool adoptsOrphans, Orphans::TaskFinder treeOf);

    /// "NAME=value" for an attempt; empty where what it leaves behind is kept.
    QByteArray variable(quint64 tree) const { return m_keepsOrphans ? QByteArray() : m_mark.variable(tree); }
    /// The names of the variables whose place variable() takes.
    QByteArrayList replacedVariables() const { return m_keepsOrphans ? QByteArrayList() : QByteArrayList{TaskMark::Name}; }
    /// What stands in the environment of all that is to end with this program; empty where it is kept.
    QByteArray mark() const { return m_keepsOrphans ? QByteArray() : m_mark.ofRun(); }

    /// Sends a signal to the child's group, and to all else that descends from it.
    void signal(const ChildProcess &child, quint64 tree, int signal);
    /// Kills what the child has left behind. \pre it is reaped
    /// \param wasSignalled  whether the child was signalled: then it looks further, if orphans are not reparented to this program
    /// \returns whether there was anything
    bool end(const ChildProcess &child, quint64 tree, bool wasSignalled);
    /// Reaps orphans that have ended, at most once a second.
    void tidy();
    /// Waits for what was killed, not long.
    void finish();

private:
    void addOrphans(Descendants &descendants, quint64 tree);

    TaskMark m_mark;
    bool m_keepsOrphans;
    std::optional<Orphans> m_orphans;
    QDeadlineTimer m_nextLook;
};

} // namespace procession
