// SPDX-License-Identifier: MIT
#include <procession/pool/tasks/taskfunctionnames.h>

namespace procession {

quint32 TaskFunctionNames::numberOf(const QByteArray &name)
{
    if (const auto known = m_numbers.constFind(name); known != m_numbers.constEnd())
        return *known;
    const quint32 number = ++m_last;
    QByteArray &place = m_names[number % PoolMemory::MostNames];
    m_numbers.remove(place);
    place = name;
    m_numbers.insert(name, number);
    TaskFunctionName &written = m_record.functionName(number);
    written.number.store(0, std::memory_order_release);
    written.text.set(name);
    written.number.store(number, std::memory_order_release);
    return number;
}

} // namespace procession
