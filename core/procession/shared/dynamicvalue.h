// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/typecode.h>
#include <procession/shared/sharedvalue.h>

namespace procession {

/// A value in shared memory without a lock, whose type is given by a typecode.
///
/// \code
/// RawValue<> raw('i', 7);
/// Value<> ratio('d', 2.4);                    // with a lock
/// ratio.setValue(ratio.value().toDouble() / 2);
/// \endcode
///
/// It has the same form in shared memory as a RawValue of the type itself: one process may use it as a `RawValue<>` and another as a
/// `RawValue<double>`. A handle (see SharedObject). Any thread and process may use it. (Reference: RawValue with a typecode)
template <>
class RawValue<QVariant> : public SharedData
{
public:
    static constexpr KindOf<RawValue> Kind{ObjectKind::Value};

    /// \param value  zero unless it is given
    /// \throws ValueError when the typecode cannot hold it
    /// \throws SharedMemoryError, SystemError
    explicit RawValue(Typecode typecode, const QVariant &value = {});
    /// \throws DecodeError when no typecode is of its type
    explicit RawValue(ReceivedObject received);

    Typecode typecode() const { return m_typecode; }
    QVariant value() const { return m_typecode.read(data()); }
    /// \throws ValueError when its typecode cannot hold it
    void setValue(const QVariant &value) const { m_typecode.write(data(), value); }
    operator QVariant() const { return value(); } // NOLINT(google-explicit-constructor): it stands for its value

private:
    Typecode m_typecode;
};

template <>
inline RawValue<QVariant> copy(const RawValue<QVariant> &from)
{
    return RawValue<QVariant>(from.typecode(), from.value());
}

} // namespace procession
