// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/sharedobjectcodec.h>
#include <procession/ipc/codec/typesignature.h>
#include <procession/memory/fill.h>
#include <procession/memory/sharedmemoryerror.h>
#include <procession/shared/data/shareable.h>

namespace procession {

class Typecode;

/// The type of the elements of shared data: distinguishes types, and names them in errors.
struct ElementType
{
    quint32 signature = 0;
    quint32 size = 0; ///< bytes of one
    std::size_t alignment = 1;
};

template <Shareable T>
ElementType elementType()
{
    // NOLINTNEXTLINE(bugprone-sizeof-expression,misc-redundant-expression): it can be larger
    static_assert(sizeof(T) <= 0xFFFF'FFFF && alignof(T) <= 4096, "no type is as large or aligned as widely in shared memory");
    return {typeRecord<T>.signature(), sizeof(T), alignof(T)};
}

/// What pairs of shared data and a lock are derived from.
struct SynchronizedHandle
{
};
/// Whether a T refers to something shared, and is not to be taken for its value.
template <typename T>
concept SharedHandle
    = std::derived_from<std::remove_cvref_t<T>, SharedObject> || std::derived_from<std::remove_cvref_t<T>, SynchronizedHandle>;

/// The common base of values, arrays and blocks in shared memory: a number of elements of one type, zero at first.
///
/// A few bytes lie in the record of the object itself, more of them in a segment whose pages exist from the start. Neither moves while
/// any process has a handle, so references are valid as long as this handle or a copy of it.
/// A handle (see SharedObject). Decoding a handle of another element type throws DecodeError.
class SharedData : public SharedObject
{
public:
    /// How many bytes there are.
    std::size_t byteCount() const { return elementCount() * m_elementSize; }

protected:
    /// \throws SharedMemoryError when there is no room for as many; SystemError
    SharedData(ObjectKind kind, const ElementType &type, std::size_t count, Fill fill = Fill::Zeros);
    /// \throws DecodeError when its elements are of another type
    SharedData(ReceivedObject received, const ElementType &type);

    /// Of an object that is received as whatever it is.
    explicit SharedData(ReceivedObject received);
    quint32 elementSignature() const;
    /// \throws DecodeError when no typecode is of the type of its elements
    Typecode elementTypecode() const;

    void *data() const
    {
        record(); // refuses null handles
        return m_data;
    }
    std::size_t elementCount() const
    {
        record();
        return m_count;
    }
    template <typename T>
    T *elements() const
    {
        return std::launder(static_cast<T *>(data()));
    }
    /// \throws IndexError
    void checkIndex(std::size_t index) const
    {
        if (index >= elementCount())
            failIndex(index);
    }

private:
    void locate();
    [[noreturn]] void failIndex(std::size_t index) const;

    // As seen from this process.
    void *m_data = nullptr;
    std::size_t m_count = 0;
    std::size_t m_elementSize = 0;
};

} // namespace procession
