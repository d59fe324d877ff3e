// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/describe.h>

#include <procession/shared/data/shareablelistlayout.h>
#include <procession/shared/data/shareddatastate.h>
#include <procession/shared/data/typecode.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace procession {

namespace {

/// The name of bytes and of the types of typecodes; other types are known only to the programs that use them.
QString typeOf(quint32 signature)
{
    if (signature == elementType<std::byte>().signature)
        return QString::fromLatin1("std::byte");
    if (const auto typecode = Typecode::ofSignature(signature))
        return QString::fromLatin1(typecode->typeName());
    return QString::fromStdString(TypeRecord::knownName(signature));
}

/// Items, as the list itself says.
quint64 itemsOf(const DescribedObject &object)
{
    ShareableListHead head{};
    if (object.record.segments[0].load(std::memory_order_relaxed) == 0) {
        std::memcpy(&head, object.payload<SharedDataState>().bytes.data(), sizeof(head));
    } else if (const auto heads = object.memory<ShareableListHead>(1); !heads.empty()) {
        head = heads.front();
    }
    return head.count;
}

} // namespace

SharedDataDetails describeSharedData(const DescribedObject &object)
{
    const auto &state = object.payload<SharedDataState>();
    const quint64 size = state.elementSize.load(std::memory_order_relaxed);
    constexpr quint64 Most = std::numeric_limits<qint64>::max();
    SharedDataDetails details;
    details.elementSize = size;
    details.type = typeOf(state.signature.load(std::memory_order_relaxed));
    details.count = std::min(state.count.load(std::memory_order_relaxed), size != 0 ? Most / size : Most);
    details.bytes = details.count * size;
    details.isNamed = state.isNamed.load(std::memory_order_relaxed) != 0;
    return details;
}

SharedDataDetails describeShareableList(const DescribedObject &object)
{
    SharedDataDetails details = describeSharedData(object);
    details.type.clear();
    details.elementSize = 0;
    details.count = std::min<quint64>(itemsOf(object), details.bytes / sizeof(ShareableListEntry));
    return details;
}

} // namespace procession
