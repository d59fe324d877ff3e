// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/exceptions/exceptioncodec.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QString>
#include <QtCore/QVariant>

#include <functional>
#include <tuple>
#include <utility>

namespace procession {

/// No function has the requested name, or a function was called with arguments that it does not
/// accept.
class FunctionError : public ProcessError
{
public:
    using ProcessError::ProcessError;
};
inline const KnownException<FunctionError> functionErrorIsKnown{"procession::FunctionError"};

/// A function under a stable name, called with QVariants: for user interfaces, scripts, and workers
/// on other machines, which do not know its types. Within one program functions need no
/// registration.
///
/// \code
/// registerFunction(QStringLiteral("thumbnail"), &thumbnail);                  // QImage thumbnail(const QString &file, int size)
/// QVariant image = registeredFunction(u"thumbnail").call({file, 128});
/// Process process(registeredFunction(u"thumbnail"), QVariantList{file, 128}); // by its name, also in another build
/// \endcode
///
/// A value. From any thread.
class RegisteredFunction
{
public:
    using Caller = std::function<QVariant(const QVariantList &)>;

    RegisteredFunction() = default;
    RegisteredFunction(const QString &name, const QByteArrayList &parameterTypes, Caller caller)
        : m_name(name), m_parameterTypes(parameterTypes), m_caller(std::move(caller))
    {
    }

    QString name() const { return m_name; }
    /// The names of the types in QMetaType.
    QByteArrayList parameterTypes() const { return m_parameterTypes; }
    /// A readable form: "thumbnail(QString, int)".
    QByteArray signature() const { return m_name.toUtf8() + '(' + m_parameterTypes.join(", ") + ')'; }

    /// Calls the function in this process.
    /// \returns its result; an invalid QVariant if it returns nothing
    /// \throws FunctionError if the number of arguments is wrong, or one cannot be converted; and
    /// whatever the function throws
    QVariant call(const QVariantList &arguments) const;
    QVariant operator()(const QVariantList &arguments) const { return call(arguments); }

private:
    QString m_name;
    QByteArrayList m_parameterTypes;
    Caller m_caller;
};

/// \throws FunctionError naming the registered functions
RegisteredFunction registeredFunction(QStringView name);
/// The names of all registered functions, sorted.
QStringList registeredFunctions();
/// Adds a function, or replaces the one with the same name.
void addRegisteredFunction(const RegisteredFunction &function);

/// Converts one argument to `type`. \throws FunctionError naming the argument, counted from 1
void convertArgument(QVariant &argument, QMetaType type, std::size_t number);

template <typename T>
T argumentAs(const QVariantList &arguments, std::size_t index)
{
    QVariant argument = arguments.at(static_cast<qsizetype>(index));
    if constexpr (std::is_same_v<T, QVariant>) {
        return argument;
    } else {
        convertArgument(argument, QMetaType::fromType<T>(), index + 1);
        return argument.value<T>();
    }
}

/// Wraps a function under a name, without registering it.
/// \param function  its parameters and result have types that QVariant can hold
template <typename Result, typename... Parameters>
RegisteredFunction makeRegisteredFunction(const QString &name, Result (*function)(Parameters...))
{
    const auto caller = [function](const QVariantList &arguments) {
        const auto call = [&]<std::size_t... I>(std::index_sequence<I...>)->Result
        {
            return function(argumentAs<std::remove_cvref_t<Parameters>>(arguments, I)...);
        };
        if constexpr (std::is_void_v<Result>) {
            call(std::index_sequence_for<Parameters...>());
            return QVariant();
        } else {
            return QVariant::fromValue(call(std::index_sequence_for<Parameters...>()));
        }
    };
    return {name, {QByteArray(QMetaType::fromType<std::remove_cvref_t<Parameters>>().name())...}, caller};
}

/// Registers a function. Must be done before main() calls freezeSupport() if other processes need
/// the function.
/// \param function  as for makeRegisteredFunction()
template <typename Result, typename... Parameters>
void registerFunction(const QString &name, Result (*function)(Parameters...))
{
    addRegisteredFunction(makeRegisteredFunction(name, function));
}

template <>
inline constexpr bool isTransferable<RegisteredFunction> = true;

/// Encodes the name only.
template <>
struct Codec<RegisteredFunction>
{
    static void encode(Encoder &encoder, const RegisteredFunction &function) { encoder << function.name(); }
    static RegisteredFunction decode(Decoder &decoder) { return registeredFunction(decoder.read<QString>()); }
};

} // namespace procession
