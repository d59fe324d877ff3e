// SPDX-License-Identifier: MIT
#include <procession/shared/dynamicvalue.h>

#include <procession/ipc/wire/errors.h>

namespace procession {

Typecode SharedData::elementTypecode() const
{
    const auto typecode = Typecode::ofSignature(elementSignature());
    if (!typecode)
        throw DecodeError("shared data of the type " + TypeRecord::nameOf(elementSignature())
            + " came where a typecode is expected; there are " + Typecode::known());
    return *typecode;
}

RawValue<QVariant>::RawValue(Typecode typecode, const QVariant &value)
    : SharedData(Kind, typecode.elementType(), 1), m_typecode(typecode)
{
    if (value.isValid())
        setValue(value);
}

RawValue<QVariant>::RawValue(ReceivedObject received) : SharedData(std::move(received)), m_typecode(elementTypecode()) { }

} // namespace procession
