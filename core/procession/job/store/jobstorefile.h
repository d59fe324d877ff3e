// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace procession {

/// Makes the file of a store and its folder, for this user alone, if they are missing. SQLite would make the file with the mode that the umask
/// allows; its companions (-wal, -shm) get the mode of the file. \throws JobStoreError NoAccess
void makeStoreFile(const QString &path);

/// Whether a file is new, or by its first bytes a store of this version, and this user may write to it and its folder. SQLite will hardly
/// refuse it then: the disk may be full, the rest of the file damaged, or another program hold it.
bool looksLikeStore(const QString &path);

} // namespace procession
