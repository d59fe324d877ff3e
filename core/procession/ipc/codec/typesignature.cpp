// SPDX-License-Identifier: MIT
#include <procession/ipc/codec/typesignature.h>

#include <procession/platform/child/forkmutex.h>

#include <cstdio>

namespace procession {

namespace {
// Constant-initialised, so that static constructors can use them. A library that is unloaded
// removes its records.
constinit ForkMutex recordsMutex;
constinit TypeRecord *records = nullptr;
} // namespace

TypeRecord::TypeRecord(quint32 signature, std::string_view name) noexcept : m_signature(signature), m_name(name)
{
    const std::scoped_lock lock(recordsMutex);
    m_next = std::exchange(records, this);
}

TypeRecord::~TypeRecord()
{
    const std::scoped_lock lock(recordsMutex);
    TypeRecord **link = &records;
    while (*link != this)
        link = &(*link)->m_next;
    *link = m_next;
}

std::string TypeRecord::knownName(quint32 signature)
{
    const std::scoped_lock lock(recordsMutex);
    for (const TypeRecord *record = records; record; record = record->m_next)
        if (record->m_signature == signature)
            return std::string(record->m_name);
    return {};
}

std::string TypeRecord::nameOf(quint32 signature)
{
    if (std::string name = knownName(signature); !name.empty())
        return name;
    char hexadecimal[48];
    std::snprintf(hexadecimal, sizeof hexadecimal, "a type unknown here (signature %08x)", signature);
    return hexadecimal;
}

} // namespace procession
