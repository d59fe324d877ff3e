// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/workbenchpaths.h>

#include <app/commandline/common/homefolders.h>
#include <app/commandline/run/runoptions.h>
#include <procession/job/store/jobstore.h>
#include <procession/text/errortext.h>

#include <QtCore/QFileInfo>

namespace procession {

namespace {

/// Why no store can be used there; empty when one can.
QString problemOf(const QString &store)
{
    if (store.isEmpty())
        return noHomeText();
    try {
        const JobStore opened(store);
    } catch (const JobStoreError &error) {
        // The window reports a fault of the database itself, and leaves it unchanged.
        const bool isPlace = error.reason() == JobStoreError::Reason::NoAccess
            || error.reason() == JobStoreError::Reason::DiskFull || error.reason() == JobStoreError::Reason::NoLocks;
        return isPlace ? errorText(error) : QString();
    }
    return {};
}

} // namespace

WorkbenchFolders::WorkbenchFolders(const QString &settings, const QString &store) : m_paths{settings, store}
{
    if (m_paths.store.isEmpty()) {
        m_paths.store = defaultStore();
        if (qEnvironmentVariableIsEmpty("PROCESSION_STORE"))
            m_paths.problem = problemOf(m_paths.store);
        if (!m_paths.problem.isEmpty())
            m_paths.store = m_temporary.filePath(QStringLiteral("jobs.sqlite"));
    }
    if (m_paths.settings.isEmpty()) {
        const QString folder = configHome();
        m_paths.settings = folder.isEmpty() ? m_temporary.filePath(QStringLiteral("workbench.ini"))
                                            : folder + QStringLiteral("/procession/workbench.ini");
    }
}

} // namespace procession
