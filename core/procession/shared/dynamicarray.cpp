// SPDX-License-Identifier: MIT
#include <procession/shared/dynamicarray.h>

namespace procession {

RawArray<QVariant>::RawArray(Typecode typecode, std::size_t size)
    : SharedData(Kind, typecode.elementType(), size), m_typecode(typecode), m_size(typecode.elementType().size)
{
}

RawArray<QVariant>::RawArray(Typecode typecode, const QVariantList &values)
    : RawArray(typecode, static_cast<std::size_t>(values.size()))
{
    setValues(values);
}

RawArray<QVariant>::RawArray(Typecode typecode, const QByteArray &text)
    : RawArray(typecode, static_cast<std::size_t>(text.size()))
{
    setRaw(text);
}

RawArray<QVariant>::RawArray(ReceivedObject received)
    : SharedData(std::move(received)), m_typecode(elementTypecode()), m_size(m_typecode.elementType().size)
{
}

QVariantList RawArray<QVariant>::values() const
{
    QVariantList all;
    all.reserve(static_cast<qsizetype>(size()));
    for (std::size_t i = 0; i < size(); ++i)
        all.append(at(i));
    return all;
}

void RawArray<QVariant>::setValues(const QVariantList &values) const
{
    if (const auto given = static_cast<std::size_t>(values.size()); given != size())
        detail::failLength(given, size());
    for (std::size_t i = 0; i < size(); ++i)
        set(i, values[static_cast<qsizetype>(i)]);
}

QByteArray RawArray<QVariant>::raw() const
{
    const std::span<char> all = characters();
    return {all.data(), static_cast<qsizetype>(all.size())};
}

std::span<char> RawArray<QVariant>::characters() const
{
    if (m_typecode != Typecode('c'))
        throw ValueError(std::string("an array of the typecode '") + m_typecode.letter() + "' (" + m_typecode.typeName()
            + ") is no string: one of the typecode 'c' is");
    return {elements<char>(), size()};
}

template <>
RawArray<QVariant> copy(const RawArray<QVariant> &from)
{
    RawArray<QVariant> made(from.typecode(), from.size());
    made.setValues(from.values());
    return made;
}

} // namespace procession
