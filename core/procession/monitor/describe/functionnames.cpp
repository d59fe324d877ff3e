// SPDX-License-Identifier: MIT
#include <procession/monitor/describe/functionnames.h>

#include <procession/monitor/describe/settled.h>
#include <procession/pool/shared/poolstate.h>

namespace procession {

QString FunctionNames::nameOf(ObjectId pool, quint32 number)
{
    if (number == 0)
        return {};
    Names &names = m_pools[pool.packed()];
    auto found = names.find(number);
    if (found == names.end()) {
        read(pool, names);
        found = names.emplace(number, QString()).first; // so that one that is not there is looked for once
    }
    return found->second;
}

void FunctionNames::read(ObjectId pool, Names &names) const
{
    ObjectRecord record{};
    if (!m_surroundings->readObject(pool, record) || record.kind != static_cast<quint32>(ObjectKind::Pool))
        return;
    const auto copy = [&] { return m_surroundings->memoryOf<TaskFunctionName>(record, pool, PoolMemory::MostNames); };
    const auto written = copy();
    for (const std::size_t place : settledPlaces(written, copy()))
        names.insert_or_assign(
            written[place].number.load(std::memory_order_relaxed), QString::fromUtf8(written[place].text.get()));
}

} // namespace procession
