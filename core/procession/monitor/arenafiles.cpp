// SPDX-License-Identifier: MIT
#include <procession/monitor/arenafiles.h>

#include <procession/monitor/arenareader.h>
#include <procession/monitor/attacherror.h>
#include <procession/platform/processes/processalive.h>

#include <algorithm>
#include <cerrno>

namespace procession {

namespace {

using Reason = AttachError::Reason;

QByteArray linkOfArena() { return QByteArray("/memfd:") + ArenaMap::FileName; }

bool isRefusal(const SystemError &error) { return error.number() == EACCES || error.number() == EPERM; }
bool isGone(const SystemError &error) { return error.number() == ENOENT || error.number() == ESRCH; }

std::vector<OpenFile> arenaFilesOf(qint64 pid)
{
    if (!isProcessAlive(pid))
        throw AttachError(Reason::NoProcess, pid);
    try {
        return openFiles(pid, linkOfArena());
    } catch (const SystemError &error) {
        if (isRefusal(error))
            throw AttachError(Reason::NotPermitted, pid);
        if (isGone(error))
            throw AttachError(Reason::Ended, pid);
        throw;
    }
}

MemoryFile open(const OpenFile &file)
{
    try {
        return MemoryFile(openForReading(file));
    } catch (const SystemError &error) {
        if (isRefusal(error))
            throw AttachError(Reason::NotPermitted, file.pid);
        if (isGone(error))
            throw AttachError(Reason::Ended, file.pid);
        throw;
    }
}

/// Whether the process is one of that program; it may hold the arena of another only because it watches that.
bool isEntered(const ArenaReader &reader, qint64 pid)
{
    bool isThere = false;
    reader.forEachProcess([&](quint32, const ProcessRecord &record) {
        isThere = isThere || (record.state != ProcessRecord::Free && record.pid == pid);
    });
    return isThere;
}

} // namespace

MemoryFile arenaOf(qint64 pid)
{
    Reason reason = Reason::NothingShared;
    std::optional<MemoryFile> other;
    for (const OpenFile &found : arenaFilesOf(pid)) {
        MemoryFile file = open(found);
        const ArenaReader reader(file);
        if (reader.fitness() == ArenaReader::Fitness::OtherVersion)
            reason = Reason::OtherVersion;
        if (reader.fitness() != ArenaReader::Fitness::Fits)
            continue;
        if (isEntered(reader, pid))
            return file;
        other = std::move(file); // the fork server, say, has no place of its own
    }
    if (!other)
        throw AttachError(reason, pid);
    return std::move(*other);
}

std::vector<FoundArena> arenasOfUser()
{
    std::vector<FoundArena> arenas;
    for (const qint64 pid : processesOfUser()) {
        std::vector<OpenFile> files;
        try {
            files = openFiles(pid, linkOfArena());
        } catch (const SystemError &) { // it has ended just now, or may not be looked into
            continue;
        }
        for (const OpenFile &file : files) {
            const auto known = std::find_if(
                arenas.begin(), arenas.end(), [&file](const FoundArena &arena) { return arena.file.isSameFile(file); });
            if (known == arenas.end())
                arenas.push_back({file, 1});
            else
                ++known->processes;
        }
    }
    return arenas;
}

std::optional<MemoryFile> openArena(const OpenFile &file)
{
    try {
        MemoryFile opened = MemoryFile(openForReading(file));
        return ArenaReader(opened).fitness() == ArenaReader::Fitness::Fits ? std::optional(std::move(opened)) : std::nullopt;
    } catch (const SystemError &) {
        return std::nullopt;
    }
}

} // namespace procession
