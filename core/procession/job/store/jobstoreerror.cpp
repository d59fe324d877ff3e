// SPDX-License-Identifier: MIT
#include <procession/job/store/jobstoreerror.h>

namespace procession {

namespace {

using Reason = JobStoreError::Reason;

const char *remedyFor(Reason reason)
{
    switch (reason) {
    case Reason::NoAccess:
        return "make the file and its folder readable and writable for this user";
    case Reason::DiskFull:
        return "free some space on its disk";
    case Reason::InputOutput:
        return "look at the disk and at the limits of this process";
    case Reason::Busy:
        return "end the program that holds it, or wait";
    case Reason::NoLocks:
        return "give the name of a file on another file system";
    case Reason::Damaged:
        return "move it away to begin a new one; \"sqlite3 FILE .recover\" often saves what it holds";
    case Reason::Foreign:
        return "give the name of another file";
    case Reason::NewerSchema:
        return "use the newer version of this program, or the name of another file";
    case Reason::JobInUse:
        return "let that program finish, or end it";
    case Reason::NoSuchJob:
        return "look up its number in the list of jobs";
    case Reason::Internal:
        break;
    }
    return "report this error";
}

// The primary result codes are part of SQLite's file and programming interface and do not change.
Reason reasonFor(int result)
{
    switch (result & 0xff) {
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
    case 23: // SQLITE_AUTH
        return Reason::NoAccess;
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return Reason::Busy;
    case 10: // SQLITE_IOERR
        return Reason::InputOutput;
    case 13: // SQLITE_FULL
        return Reason::DiskFull;
    case 11: // SQLITE_CORRUPT
        return Reason::Damaged;
    case 26: // SQLITE_NOTADB
        return Reason::Foreign;
    default:
        return Reason::Internal;
    }
}

std::string wording(Reason reason, const QString &path, const QString &doing, const QString &detail)
{
    return QStringLiteral("job store \"%1\": cannot %2: %3; %4")
        .arg(path, doing, detail, QString::fromLatin1(remedyFor(reason)))
        .toStdString();
}

} // namespace

JobStoreError::JobStoreError(Reason reason, const QString &path, const QString &doing, const QString &detail, qint64 holder)
    : ProcessError(wording(reason, path, doing, detail)), m_path(path), m_holder(holder), m_reason(reason)
{
}

JobStoreError::JobStoreError(const QString &path, const QString &doing, int result, const QString &message)
    : JobStoreError(reasonFor(result), path, doing, QStringLiteral("%1 (SQLite error %2)").arg(message).arg(result))
{
}

} // namespace procession
