// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/platform/base/processerror.h>

#include <QtCore/QString>

namespace procession {

/// The database of jobs cannot be opened, read or written, or refuses what was asked. what() names the file, the reason and
/// the remedy; a program that words the message itself does so by reason().
class JobStoreError : public ProcessError
{
public:
    enum class Reason : quint8 {
        NoAccess, ///< the file or its folder cannot be created, read or written by this user
        DiskFull, ///< there is no space left
        InputOutput, ///< the system reported an error of the disk
        Busy, ///< another program held the database for too long
        NoLocks, ///< its file system has no locks, by which programs that use it at once keep clear of each other
        Damaged, ///< the file is a damaged database
        Foreign, ///< the file is of another program: another database, or none at all
        NewerSchema, ///< a newer version of this program made it
        JobInUse, ///< another program runs the job, see holder()
        NoSuchJob, ///< there is no job of that number
        Internal, ///< what was asked contradicts what is stored: an error of the program
    };

    /// \param doing  what was tried, for example "write changes"
    JobStoreError(Reason reason, const QString &path, const QString &doing, const QString &detail, qint64 holder = 0);
    /// What SQLite reported: its result code and its message.
    JobStoreError(const QString &path, const QString &doing, int result, const QString &message);

    Reason reason() const noexcept { return m_reason; }
    /// Whether the same call may succeed later without any change of the program: a full disk, a busy database.
    bool mayPass() const noexcept { return m_reason <= Reason::Busy; }
    const QString &path() const noexcept { return m_path; }
    /// JobInUse: the process that runs it, 0 when unknown.
    qint64 holder() const noexcept { return m_holder; }

private:
    friend struct ExceptionCodec<JobStoreError>;
    JobStoreError(
        const std::string &text, Reason reason, const QString &path, qint64 holder) // the text first: {} may stand for all
        : ProcessError(text), m_path(path), m_holder(holder), m_reason(reason)
    {
    }

    QString m_path;
    qint64 m_holder;
    Reason m_reason;
};
template <>
struct ExceptionCodec<JobStoreError>
{
    static void encode(Encoder &encoder, const JobStoreError &error)
    {
        encoder << error.reason() << error.path() << error.holder();
    }
    static JobStoreError decode(Decoder &decoder, const std::string &what)
    {
        const auto reason = decoder.read<JobStoreError::Reason>();
        const auto path = decoder.read<QString>();
        return {what, reason, path, decoder.read<qint64>()};
    }
};
inline const KnownException<JobStoreError> jobStoreErrorIsKnown{"procession::JobStoreError"};

} // namespace procession
