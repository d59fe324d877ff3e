// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/shareddata.h>
#include <procession/shared/data/valueerror.h>

#include <QtCore/QVariant>

#include <optional>

namespace procession {

struct TypecodeRecord;

/// The type of a shared value in one character, for scripts and whatever else knows types only when it runs.
///
/// \code
/// Value<> ratio('d', 2.4);
/// Typecode('d').typeName();                   // "double"
/// \endcode
///
/// | code | type in C++ | in a QVariant |
/// |---|---|---|
/// | c | char | QByteArray of one byte |
/// | u | wchar_t | QString of one character |
/// | b B h H i I l L q Q | signed and unsigned char, short, int, long, long long | qlonglong, or qulonglong for capitals |
/// | f d | float, double | double |
///
/// A value. From any thread. (Reference: Value, typecode_or_type)
class Typecode
{
public:
    /// \throws ValueError naming the existing typecodes
    Typecode(char letter); // NOLINT(google-explicit-constructor): it is written as one
    /// Of elements in shared memory; nothing when none is of that type.
    static std::optional<Typecode> ofSignature(quint32 signature);
    /// "c u b B …"
    static std::string known();

    char letter() const;
    /// As in C++.
    const char *typeName() const;
    ElementType elementType() const;

    /// \param address  of a value of that type
    QVariant read(const void *address) const;
    /// Converts what can be converted exactly: numbers to integers when they are whole and in range, to floating point when they are
    /// in range.
    /// \throws ValueError naming the typecode, the value and what it may be
    void write(void *address, const QVariant &value) const;

    friend bool operator==(const Typecode &, const Typecode &) = default;

private:
    explicit Typecode(const TypecodeRecord *record) : m_record(record) { }

    const TypecodeRecord *m_record;
};

} // namespace procession
