// SPDX-License-Identifier: MIT
#pragma once

#include <procession/shared/data/typecode.h>
#include <procession/shared/sharedarray.h>

namespace procession {

/// An array in shared memory without a lock, whose type is given by a typecode.
///
/// \code
/// RawArray<> zeros('h', 7);
/// RawArray<> numbers('i', QVariantList{9, 2, 8});
/// Array<> text('c', QByteArray("hello world")); // with a lock
/// \endcode
///
/// It has the same form in shared memory as a RawArray of the type itself. A handle (see SharedObject). Any thread and process may use it.
/// (Reference: RawArray with a typecode)
template <>
class RawArray<QVariant> : public SharedData
{
public:
    static constexpr KindOf<RawArray> Kind{ObjectKind::Array};

    /// \param size  elements, which are zero
    /// \throws SharedMemoryError, SystemError
    RawArray(Typecode typecode, std::size_t size);
    /// \throws ValueError when the typecode cannot hold one of them
    RawArray(Typecode typecode, const QVariantList &values);
    /// \throws ValueError unless the typecode is 'c'
    RawArray(Typecode typecode, const QByteArray &text);
    /// \throws DecodeError when no typecode is of its type
    explicit RawArray(ReceivedObject received);

    Typecode typecode() const { return m_typecode; }
    std::size_t size() const { return elementCount(); }
    bool isEmpty() const { return size() == 0; }

    /// \throws IndexError when there is no such element
    QVariant at(std::size_t index) const { return m_typecode.read(address(index)); }
    QVariant operator[](std::size_t index) const { return at(index); }
    /// \throws IndexError when there is no such element; ValueError when its typecode cannot hold the value
    void set(std::size_t index, const QVariant &value) const { m_typecode.write(address(index), value); }

    /// A copy of all elements.
    QVariantList values() const;
    /// Replaces all elements.
    /// \throws ValueError when there are more or less than size(), or one cannot be held; those before it are replaced then
    void setValues(const QVariantList &values) const;

    // As for RawArray<char>. \throws ValueError also when the typecode is not 'c'
    QByteArray value() const { return detail::textOf(characters()); }
    void setValue(QByteArrayView text) const { detail::setText(characters(), text); }
    QByteArray raw() const;
    void setRaw(QByteArrayView bytes) const { detail::setBytes(characters(), bytes); }

private:
    void *address(std::size_t index) const
    {
        checkIndex(index);
        return static_cast<std::byte *>(data()) + index * m_size;
    }
    std::span<char> characters() const;

    Typecode m_typecode;
    std::size_t m_size; ///< of an element
};

template <>
RawArray<QVariant> copy(const RawArray<QVariant> &from);

} // namespace procession
