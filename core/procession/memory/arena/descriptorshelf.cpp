// SPDX-License-Identifier: MIT
#include <procession/memory/arena/descriptorshelf.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/platform/socket/packetsocket.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace procession {

namespace {

using namespace std::chrono_literals;

constexpr auto ShelfTimeout = 200ms; // the lock's owner may be suspended

using PackedId = quint64; // ObjectId::packed()

std::span<char> bytesOf(PackedId &entry) { return {reinterpret_cast<char *>(&entry), sizeof entry}; }

bool isGone(PackedId entry) { return !recordOf(ObjectId::unpacked(entry)); }

void takeOffShelf(ObjectId object, ObjectRecord &) noexcept { Arena::get().shelf().remove(object); }

const bool hasFinalizer = (setFinalizer(ObjectKind::Descriptors, &takeOffShelf), true);

} // namespace

/// Exclusive use of the sockets. If the last owner was killed, marks the shelf as in disorder: it
/// may hold entries of objects that no longer exist, and entries twice.
class DescriptorShelf::Turn
{
public:
    Turn(ArenaHeader &header, QDeadlineTimer deadline) : m_header(header)
    {
        const RobustLock::Outcome outcome = header.shelving.acquire({}, deadline);
        m_has = outcome != RobustLock::TimedOut;
        if (outcome == RobustLock::Abandoned)
            header.shelfInDisorder.store(1);
    }
    ~Turn()
    {
        if (m_has)
            m_header.shelving.release();
    }
    Q_DISABLE_COPY_MOVE(Turn)
    explicit operator bool() const { return m_has; }

private:
    ArenaHeader &m_header;
    bool m_has = false;
};

DescriptorShelf::Sockets DescriptorShelf::makeSockets() { return packetSocketPair(); }

void DescriptorShelf::put(ObjectId owner, std::span<const Descriptor> descriptors) const
{
    std::vector<int> numbers;
    for (const Descriptor &descriptor : descriptors)
        numbers.push_back(descriptor.get());
    PackedId entry = owner.packed();
    const QByteArrayView packet(bytesOf(entry).data(), sizeof entry);
    const Turn turn(*m_header, QDeadlineTimer::Forever);
    if (m_header->shelfInDisorder.load() != 0)
        tidy();
    const auto send = [&] { return sendPacket(m_sockets.first.get(), packet, numbers); };
    if (!send() && (!tidy() || !send()))
        failFull();
}

std::vector<Descriptor> DescriptorShelf::peek(ObjectId owner) const
{
    const Turn turn(*m_header, QDeadlineTimer::Forever);
    std::vector<Descriptor> descriptors;
    PackedId entry = 0;
    for (std::size_t at = 0; peekPacket(m_sockets.second.get(), at, bytesOf(entry)); at += sizeof entry) {
        if (entry == owner.packed()) {
            peekPacket(m_sockets.second.get(), at, bytesOf(entry), descriptors);
            break;
        }
    }
    return descriptors;
}

void DescriptorShelf::remove(ObjectId owner) const noexcept
{
    try {
        const Turn turn(*m_header, QDeadlineTimer(ShelfTimeout));
        if (!turn || m_header->shelfInDisorder.load() != 0) {
            m_header->shelfInDisorder.store(1);
            if (turn)
                tidy();
            return;
        }
        PackedId entry = 0;
        for (std::size_t left = count(); left > 0 && peekPacket(m_sockets.second.get(), 0, bytesOf(entry)); --left) {
            if (isGone(entry))
                dropPacket(m_sockets.second.get());
            else if (!moveToEnd(entry))
                break;
            if (entry == owner.packed())
                return;
        }
    } catch (const SystemError &) {
        m_header->shelfInDisorder.store(1); // the next user tidies up
    }
}

std::size_t DescriptorShelf::count() const { return bytesOfPackets(m_sockets.second.get()) / sizeof(PackedId); }

/// Appends a copy first and removes the original then: a process killed in between loses nothing.
bool DescriptorShelf::moveToEnd(PackedId entry) const
{
    std::vector<Descriptor> descriptors;
    peekPacket(m_sockets.second.get(), 0, bytesOf(entry), descriptors);
    std::vector<int> numbers;
    for (const Descriptor &descriptor : descriptors)
        numbers.push_back(descriptor.get());
    const bool isSent = sendPacket(m_sockets.first.get(), {bytesOf(entry).data(), sizeof entry}, numbers);
    if (isSent)
        dropPacket(m_sockets.second.get());
    else
        m_header->shelfInDisorder.store(1);
    return isSent;
}

/// Passes over all entries once: removes duplicates and entries of objects that no longer exist.
/// \returns whether it removed an entry
bool DescriptorShelf::tidy() const
{
    m_header->shelfInDisorder.store(0);
    std::set<PackedId> seen;
    bool isSmaller = false;
    PackedId entry = 0;
    for (std::size_t left = count(); left > 0 && peekPacket(m_sockets.second.get(), 0, bytesOf(entry)); --left) {
        if (isGone(entry) || seen.contains(entry)) {
            dropPacket(m_sockets.second.get());
            isSmaller = true;
        } else if (moveToEnd(entry)) {
            seen.insert(entry);
        } else {
            break;
        }
    }
    return isSmaller;
}

void DescriptorShelf::failFull() const
{
    throw SharedMemoryError(std::to_string(count())
        + " messages with connections or other descriptors wait in the queues of this program, and the system has no room for "
          "another: take some out first, or raise net.core.wmem_max and the limit on open files (ulimit -n)");
}

} // namespace procession
