// SPDX-License-Identifier: MIT
#pragma once

#include <procession/job/output/spoolfolder.h>

#include <QtCore/QByteArray>

namespace procession {

/// How much attempts may write, so that none of them fills the disk.
struct OutputLimits
{
    static constexpr qint64 Automatic = -1;

    /// Bytes that one attempt may write to stdout and stderr together; 0: any number. Automatic: half of what is free when the executor is made,
    /// at least 16 MiB.
    qint64 perAttempt = Automatic;
    /// Bytes that stay free on the disk with the spool folder. Automatic: 1 GiB, or less where a twentieth of the disk, or half of what is
    /// free when the executor is made, is less.
    qint64 keepFree = Automatic;
};

/// The disk of a spool folder, and what attempts may still put there. Of one thread; one for all attempts of an executor.
class SpoolSpace
{
public:
    SpoolSpace(const SpoolFolder &folder, const OutputLimits &limits);

    /// Bytes; 0 for any number.
    qint64 perAttempt() const { return m_perAttempt; }
    /// Whether `bytes` more leave enough space free. Asks the system only from time to time.
    bool hasRoom(qint64 bytes);

private:
    QByteArray m_folder;
    qint64 m_perAttempt = 0;
    qint64 m_keepFree = 0;
    qint64 m_unasked; // bytes that were allowed since the system was asked
};

} // namespace procession
