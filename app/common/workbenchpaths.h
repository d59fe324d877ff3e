// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

namespace procession {

/// Where the workbench keeps what it remembers.
struct WorkbenchPaths
{
    QString settings; ///< an INI file
    QString store; ///< the database of jobs
    QString problem{}; ///< why both are gone when the window closes, in the person's language; empty when they stay
};

/// Finds places that can be written, whatever the home folder is.
///
/// \code
/// const WorkbenchFolders folders(settingsFile, storeFile);
/// MainWindow window(folders.paths(), &appearance);
/// \endcode
///
/// Without a home folder, or with one that is read-only or full, everything lies in a temporary folder that goes with this object.
class WorkbenchFolders
{
public:
    /// \param settings  the file that a person chose; empty: the usual one
    /// \param store     as `settings`. What was chosen is taken as it is
    WorkbenchFolders(const QString &settings, const QString &store);

    const WorkbenchPaths &paths() const { return m_paths; }

private:
    QTemporaryDir m_temporary;
    WorkbenchPaths m_paths;
};

} // namespace procession
