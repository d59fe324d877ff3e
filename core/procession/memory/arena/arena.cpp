// SPDX-License-Identifier: MIT
#include <procession/memory/arena/arena.h>

#include <procession/platform/system/ownexecutable.h>

#include <QtCore/QRandomGenerator>

#include <array>
#include <cerrno>
#include <memory>

namespace procession {

namespace {

constexpr quint64 GiB = quint64(1) << 30;
// Only used pages cost memory. The smaller sizes are for programs limited by `ulimit -v` or `ulimit
// -f`.
#if defined(__SANITIZE_THREAD__)
constexpr std::array Sizes{4 * GiB, 1 * GiB}; // ThreadSanitizer examines all mapped memory
#else
constexpr std::array Sizes{256 * GiB, 64 * GiB, 16 * GiB, 4 * GiB, 1 * GiB};
#endif
constexpr quint64 Chunk = 64 * 1024; // records get memory in units of this

std::atomic<Arena *> ownArena = nullptr; // never deleted: threads may use it until the process ends

bool isLimit(const SystemError &error) { return error.number() == ENOMEM || error.number() == EFBIG || error.number() == EINVAL; }

void setUp(const ArenaMap &map)
{
    ArenaHeader &header = map.header();
    header.version = ArenaHeader::Version;
    header.recordSizes = ArenaMap::recordSizes();
    header.id = QRandomGenerator::system()->generate64();
    header.size = map.size();
    header.dataEnd.store(ArenaMap::DataBegin, std::memory_order_relaxed);
    header.magic.store(ArenaHeader::Magic, std::memory_order_release);
}

[[noreturn]] void failLimited(const SystemError &error)
{
    throw SharedMemoryError("this program may not have the shared memory that it needs, of " + std::to_string(Sizes.back())
        + " bytes (" + error.what() + "): raise its limits on address space (ulimit -v) and on the size of files (ulimit -f)");
}

/// A tool that runs this program, such as valgrind, may keep a note for each mapped byte: that
/// takes minutes for the largest size.
std::size_t firstSize() { return isRunByOther() ? Sizes.size() - 1 : 0; }

MemoryFile makeFile()
{
    for (std::size_t i = firstSize();; ++i) {
        try {
            MemoryFile file = MemoryFile::create(ArenaMap::FileName, Sizes[i]);
            file.reserve(0, Chunk);
            setUp(ArenaMap(file));
            return file;
        } catch (const SystemError &error) {
            if (!isLimit(error))
                throw;
            if (i + 1 == Sizes.size())
                failLimited(error);
        }
    }
}

} // namespace

Arena::Arena(MemoryFile file, DescriptorShelf::Sockets shelf)
    : m_file(std::move(file)), m_map(m_file), m_shelf(m_map.header(), std::move(shelf))
{
    const ArenaHeader &header = m_map.header();
    if (header.magic.load(std::memory_order_acquire) != ArenaHeader::Magic || header.version != ArenaHeader::Version
        || header.recordSizes != ArenaMap::recordSizes())
        throw SharedMemoryError(
            "the shared memory of this program was made by another version of Procession: start all processes "
            "of a program from the same build");
}

Arena *Arena::existing() { return ownArena.load(std::memory_order_acquire); }

Arena &Arena::get()
{
    if (Arena *known = existing())
        return *known;
    std::unique_ptr<Arena> made(new Arena(makeFile(), DescriptorShelf::makeSockets()));
    Arena *nobodys = nullptr;
    return ownArena.compare_exchange_strong(nobodys, made.get(), std::memory_order_acq_rel) ? *made.release() : *nobodys;
}

void Arena::adopt(Descriptor file, DescriptorShelf::Sockets shelf)
{
    MemoryFile givenFile(std::move(file));
    if (const Arena *known = existing(); known && known->file().isSame(givenFile))
        return;
    std::unique_ptr<Arena> given(new Arena(std::move(givenFile), std::move(shelf)));
    Arena *nobodys = nullptr;
    if (ownArena.compare_exchange_strong(nobodys, given.get(), std::memory_order_acq_rel))
        static_cast<void>(given.release());
    else
        throw SharedMemoryError("this process has made shared memory of its own before it learned of its parent's: call "
                                "freezeSupport() before any lock, queue or shared value is made");
}

void Arena::reserveRecord(quint64 offset, quint64 size) const
{
    // The first record that starts in a chunk reserves this chunk, and the next, into which the
    // last may reach.
    if (offset % Chunk < size)
        m_file.reserve(offset / Chunk * Chunk, 2 * Chunk);
}

void Arena::failFull(const char *what, quint32 capacity)
{
    throw SharedMemoryError("there is no room for more " + std::string(what) + ": this program has " + std::to_string(capacity)
        + " already, drop some first");
}

} // namespace procession
