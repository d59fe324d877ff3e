// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/codec.h>
#include <procession/ipc/exceptions/remoteerror.h>

#include <exception>
#include <optional>
#include <typeinfo>

namespace procession {

/// Writes any exception for another process: a registered type so that it arrives as itself, any
/// other as its type's name and its what(). The exceptions of the standard library and of
/// Procession are registered.
///
/// \code
/// try {
///     work();
/// } catch (...) {
///     encodeException(encoder, std::current_exception(), trace, "Process-1");
/// }
/// \endcode
///
/// An exception that was received from another process keeps its trace; the new one is appended.
/// Nested exceptions (std::throw_with_nested) travel along, up to 50 levels deep. An exception of
/// such a type without a nested one, because it was not thrown in a handler, becomes a RemoteError:
/// std::rethrow_if_nested() would end the program. Thread-safe.
/// \param trace        text about how the exception came about; may be empty
/// \param processName  the process that threw; may be empty
void encodeException(
    Encoder &encoder, std::exception_ptr error, const QByteArray &trace = {}, const QByteArray &processName = {});

/// Reads an exception. An exception caught as std::out_of_range there is caught as that here: it is
/// a Remote<std::out_of_range> and has a RemoteTrace. A type that is not registered in both
/// processes becomes a RemoteError. With a nested exception, it is a std::nested_exception too.
/// \throws DecodeError
std::exception_ptr decodeException(Decoder &decoder);

/// Reads an exception and throws it.
[[noreturn]] void rethrowDecoded(Decoder &decoder);

/// How exceptions of type T are written beside their what(), which always travels, and created
/// again. Covers types with a Codec (or QDataStream operators), with a constructor from
/// std::string, const char * or QString, and with a default constructor; may be specialised for
/// others.
template <typename T>
struct ExceptionCodec
{
    static void encode(Encoder &encoder, const T &error)
    {
        if constexpr (Encodable<T>)
            encoder << error;
    }
    static T decode([[maybe_unused]] Decoder &decoder, [[maybe_unused]] const std::string &what)
    {
        if constexpr (Encodable<T>)
            return decoder.read<T>();
        else if constexpr (std::is_constructible_v<T, const std::string &>)
            return T(what);
        else if constexpr (std::is_constructible_v<T, const char *>)
            return T(what.c_str());
        else if constexpr (std::is_constructible_v<T, const QString &>)
            return T(QString::fromStdString(what));
        else {
            static_assert(std::is_default_constructible_v<T>,
                "an exception comes back as itself when it has QDataStream operators, a constructor from a string, or a "
                "default constructor; or specialise procession::ExceptionCodec for it");
            return T();
        }
    }
};

namespace detail {

struct ExceptionType
{
    std::string name; ///< on the wire
    const std::type_info *type = nullptr;
    const std::type_info *remoteType = nullptr; ///< type that is thrown here
    void (*encode)(Encoder &encoder) = nullptr; ///< writes the exception being handled
    /// Type that is thrown here with an exception nested in it.
    const std::type_info *nestedType = nullptr;
    std::exception_ptr (*decode)(
        Decoder &decoder, const std::string &what, const RemoteTrace &trace, const std::exception_ptr &nested)
        = nullptr;
};

/// Calls `make`; if there is `nested`, while it is being handled, so that a std::nested_exception
/// captures it.
template <typename Make>
std::exception_ptr madeInHandler(const std::exception_ptr &nested, Make make)
{
    if (!nested)
        return make();
    try {
        std::rethrow_exception(nested);
    } catch (...) {
        return make();
    }
}

/// The type that is thrown here for a T with an exception nested in it.
template <typename T>
using NestingRemote = std::conditional_t<std::is_base_of_v<std::nested_exception, T>, Remote<T>, RemoteWithNested<T>>;

template <typename T>
ExceptionType exceptionType(const char *name)
{
    return {name, &typeid(T), &typeid(Remote<T>),
        [](Encoder &encoder) {
            try {
                throw;
            } catch (const T &error) {
                ExceptionCodec<T>::encode(encoder, error);
            }
        },
        &typeid(NestingRemote<T>),
        [](Decoder &decoder, const std::string &what, const RemoteTrace &trace, const std::exception_ptr &nested) {
            return madeInHandler(nested, [&] {
                Remote<T> error(ExceptionCodec<T>::decode(decoder, what), trace);
                return nested ? std::make_exception_ptr(NestingRemote<T>(std::move(error)))
                              : std::make_exception_ptr(std::move(error));
            });
        }};
}

/// Entry of the list of types to register before the first exception travels.
class ExceptionNode
{
public:
    ExceptionNode(const char *name, ExceptionType (*make)(const char *name)) noexcept;
    ~ExceptionNode();
    Q_DISABLE_COPY_MOVE(ExceptionNode)

    /// Removes an entry from the list and returns its type.
    static std::optional<ExceptionType> take();

private:
    const char *m_name;
    ExceptionType (*m_make)(const char *name);
    ExceptionNode *m_next = nullptr;
};

/// \throws ProcessError if another type has that name
void addExceptionType(const ExceptionType &type);

} // namespace detail

/// Makes exceptions of type T arrive as themselves from other processes. Call it in both, before
/// any is thrown:
///
/// \code
/// static const bool registered = registerException<ParseError>("ParseError");
/// \endcode
///
/// Types derived from T must be registered themselves. T must not be final. Thread-safe. A
/// KnownException does the same in a header, next to the type.
/// \param name  the same in all processes
/// \returns true
/// \throws ProcessError if another type has that name
template <typename T>
bool registerException(const char *name)
{
    static_assert(std::is_class_v<T> && !std::is_final_v<T>, "an exception type is a class that is not final");
    detail::addExceptionType(detail::exceptionType<T>(name));
    return true;
}

/// Registers an exception type, before the first exception travels, in every program that includes
/// its header:
///
/// \code
/// inline const KnownException<ParseError> parseErrorIsKnown{"ParseError"};
/// \endcode
///
/// A name that another type has already is not registered again.
template <typename T>
class KnownException : private detail::ExceptionNode
{
    static_assert(std::is_class_v<T> && !std::is_final_v<T>, "an exception type is a class that is not final");

public:
    explicit KnownException(const char *name) noexcept : ExceptionNode(name, &detail::exceptionType<T>) { }
};

} // namespace procession
