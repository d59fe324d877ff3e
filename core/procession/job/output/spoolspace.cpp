// SPDX-License-Identifier: MIT
#include <procession/job/output/spoolspace.h>

#include <procession/platform/io/diskspace.h>

#include <QtCore/QFile>

#include <algorithm>

namespace procession {

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 LeastAttempt = 16 * MiB;
constexpr qint64 MostKeptFree = 1024 * MiB;
constexpr qint64 PartOfDisk = 20;
constexpr qint64 AskInterval = MiB / 4; // bytes

} // namespace

SpoolSpace::SpoolSpace(const SpoolFolder &folder, const OutputLimits &limits)
    : m_folder(QFile::encodeName(folder.disk())),
      m_perAttempt(limits.perAttempt),
      m_keepFree(limits.keepFree),
      m_unasked(AskInterval)
{
    const DiskSpace space = diskSpace(m_folder);
    if (m_perAttempt < 0)
        m_perAttempt = space.total == 0 ? 0 : std::max(space.free / 2, LeastAttempt);
    if (m_keepFree < 0)
        m_keepFree = std::min({MostKeptFree, space.total / PartOfDisk, space.free / 2});
}

bool SpoolSpace::hasRoom(qint64 bytes)
{
    if (m_keepFree == 0)
        return true;
    m_unasked += bytes;
    if (m_unasked < AskInterval)
        return true;
    const DiskSpace space = diskSpace(m_folder);
    if (space.total != 0 && space.free - bytes < m_keepFree)
        return false; // checked again at the next call: space may be freed
    m_unasked = 0;
    return true;
}

} // namespace procession
