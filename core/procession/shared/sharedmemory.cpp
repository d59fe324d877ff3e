// SPDX-License-Identifier: MIT
#include <procession/shared/sharedmemory.h>

#include <procession/memory/arena/arena.h>
#include <procession/memory/arena/objects.h>
#include <procession/memory/arena/sweep.h>
#include <procession/shared/data/shareddatastate.h>

#include <algorithm>

namespace procession {

namespace {

std::size_t checkedSize(qint64 size)
{
    if (size <= 0)
        throw ValueError("shared memory of " + std::to_string(size) + " bytes cannot be made: give a positive size");
    return static_cast<std::size_t>(size);
}

QByteArray checkedName(const QString &name)
{
    const QByteArray bytes = name.toUtf8();
    if (bytes.isEmpty() || bytes.size() > SharedMemory::LongestName || bytes.contains('\0'))
        throw ValueError("shared memory cannot have the name \"" + bytes.toStdString() + "\": it takes 1 to "
            + std::to_string(SharedMemory::LongestName) + " bytes of UTF-8 without NUL");
    return bytes;
}

SharedDataState &stateOf(const ObjectRecord &record)
{
    const auto *bytes = reinterpret_cast<const SharedDataState *>(record.payload.data());
    return *std::launder(const_cast<SharedDataState *>(bytes)); // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

bool hasName(const ObjectRecord &record, const QByteArray &name)
{
    return record.kind.load() == static_cast<quint32>(SharedMemory::Kind.kind) && stateOf(record).isNamed.load() != 0
        && record.name.get() == name;
}

std::shared_ptr<const Holding> find(const QByteArray &name)
{
    const quint32 used = Arena::get().map().objects().used();
    for (quint32 i = 0; i < used; ++i) {
        if (auto holding = holdFound(i, [&](const ObjectRecord &record) { return hasName(record, name); }))
            return holding;
    }
    return nullptr;
}

/// Lets one process at a time give names. It leaves nothing half done, whenever it is killed: a name is one store.
class NamingTurn
{
public:
    NamingTurn() { lock().acquire({}, QDeadlineTimer::Forever); }
    ~NamingTurn() { lock().release(); }
    Q_DISABLE_COPY_MOVE(NamingTurn)

private:
    static RobustLock &lock() { return Arena::get().map().header().naming; }
};

} // namespace

SharedMemory::SharedMemory(qint64 size) : SharedData(Kind, elementType<std::byte>(), checkedSize(size)) { }

SharedMemory::SharedMemory(const QString &name, qint64 size) : SharedMemory(size)
{
    const QByteArray bytes = checkedName(name);
    const NamingTurn turn;
    if (find(bytes)) {
        sweepEndedProcesses(); // which may have had it
        if (find(bytes))
            throw SharedMemoryExists("there is shared memory of the name \"" + bytes.toStdString()
                + "\" in this program already: attach to it, or choose another name");
    }
    record().name.set(bytes);
    stateOf(record()).isNamed.store(1);
}

SharedMemory::SharedMemory(ReceivedObject received) : SharedData(std::move(received), elementType<std::byte>()) { }

SharedMemory SharedMemory::attach(const QString &name)
{
    const QByteArray bytes = name.toUtf8();
    auto holding = find(bytes);
    if (!holding)
        throw SharedMemoryNotFound("there is no shared memory of the name \"" + bytes.toStdString()
            + "\" in this program: it was not made, was unlinked, or its last handle has gone");
    return SharedMemory(ReceivedObject{std::move(holding)});
}

QByteArray SharedMemory::bytes(qint64 length) const
{
    const auto all = static_cast<qsizetype>(size());
    return {reinterpret_cast<const char *>(data()), length < 0 ? all : std::min<qsizetype>(length, all)};
}

void SharedMemory::close() { const SharedMemory gone = std::move(*this); }

void SharedMemory::unlink() const
{
    if (stateOf(record()).isNamed.exchange(0) == 0)
        throw SharedMemoryNotFound("this shared memory has no name by which it could be found");
}

} // namespace procession
