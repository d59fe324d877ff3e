// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/exceptioncodec.h>

#include <procession/ipc/exceptions/exceptionregistry.h>
#include <procession/ipc/wire/typename.h>

#include <algorithm>
#include <cxxabi.h>

namespace procession {

namespace {
std::string whatOfCurrent()
{
    try {
        throw;
    } catch (const RemoteError &error) {
        return error.message();
    } catch (const std::exception &error) {
        const char *what = error.what();
        return what ? what : "";
    } catch (const std::string &text) {
        return text;
    } catch (const QString &text) {
        return text.toStdString();
    } catch (const char *text) {
        return text ? text : "";
    } catch (...) {
        return {};
    }
}

/// The trace of the exception being handled: its own, if it has one, with the new text appended.
RemoteTrace traceOfCurrent(const QByteArray &text, const QByteArray &processName)
{
    try {
        throw;
    } catch (const RemoteTrace &earlier) {
        const QByteArray name = earlier.processName().isEmpty() ? processName : earlier.processName();
        const char *between = earlier.text().isEmpty() || text.isEmpty() || earlier.text().endsWith('\n') ? "" : "\n";
        return {earlier.text() + between + text, name};
    } catch (...) {
        return {text, processName};
    }
}

/// The name of the type that was given to std::throw_with_nested(), from that of the type which it
/// throws.
std::string nameWithin(const std::string &name)
{
    for (const std::string_view prefix : {"std::_Nested_exception<", "std::__1::__nested<"}) {
        if (!name.starts_with(prefix) || !name.ends_with('>'))
            continue;
        std::string within = name.substr(prefix.size(), name.size() - prefix.size() - 1);
        while (within.ends_with(' '))
            within.pop_back();
        constexpr std::string_view Constant = " const"; // if a constant was given
        return within.ends_with(Constant) ? within.substr(0, within.size() - Constant.size()) : within;
    }
    return name;
}

std::string nameOfCurrent()
{
    try {
        throw;
    } catch (const RemoteError &error) {
        return error.typeName();
    } catch (...) {
        const std::type_info *type = abi::__cxa_current_exception_type();
        return type ? nameWithin(demangled(type->name())) : "an exception of another language";
    }
}

std::exception_ptr nestedInCurrent()
{
    try {
        throw;
    } catch (const std::nested_exception &outer) {
        return outer.nested_ptr();
    } catch (...) {
        return nullptr;
    }
}

const detail::ExceptionType *typeOfCurrent(bool isNested)
{
    const std::type_info *type = abi::__cxa_current_exception_type();
    if (!type)
        return nullptr;
    if (const detail::ExceptionType *known = detail::findExceptionType(*type))
        return known;
    const std::string name = demangled(type->name());
    const std::string within = nameWithin(name);
    return isNested && within != name ? detail::findExceptionTypeWritten(within) : nullptr;
}

/// The part written by the type's own codec. Nothing if that fails: the exception then travels by
/// its name.
std::optional<Message> payloadOfCurrent(const detail::ExceptionType &type)
{
    try {
        Encoder encoder;
        type.encode(encoder);
        Message message = encoder.take();
        if (message.descriptors.empty())
            return message;
    } catch (...) {
        // An exception that cannot be written must not hide what it reports.
    }
    return std::nullopt;
}

constexpr int MaximumNested = 50; ///< deeper nested exceptions are left out

void encodeThrown(
    Encoder &encoder, const std::exception_ptr &error, const QByteArray &trace, const QByteArray &processName, int depth);

void encodeCurrent(Encoder &encoder, const QByteArray &trace, const QByteArray &processName, int depth)
{
    const std::exception_ptr nested = nestedInCurrent();
    const detail::ExceptionType *known = typeOfCurrent(nested != nullptr);
    std::optional<Message> payload;
    if (known)
        payload = payloadOfCurrent(*known);
    const RemoteTrace whole = traceOfCurrent(trace, processName);
    encoder << payload.has_value() << (payload ? known->name : nameOfCurrent()) << whatOfCurrent();
    encoder << whole.text() << whole.processName() << (payload ? payload->bytes : QByteArray());
    if (payload)
        std::ranges::for_each(payload->handles, [&](const auto &handle) { encoder.keep(handle); });
    const bool goesOn = nested && depth < MaximumNested;
    encoder << goesOn;
    if (goesOn)
        encodeThrown(encoder, nested, {}, processName, depth + 1);
}

void encodeThrown(
    Encoder &encoder, const std::exception_ptr &error, const QByteArray &trace, const QByteArray &processName, int depth)
{
    try {
        std::rethrow_exception(error);
    } catch (...) {
        encodeCurrent(encoder, trace, processName, depth);
    }
}

/// A RemoteError with an exception nested in it: the one being handled at its construction.
class RemoteErrorWithNested : public RemoteError, public std::nested_exception
{
public:
    using RemoteError::RemoteError;
};
} // namespace

void encodeException(Encoder &encoder, std::exception_ptr error, const QByteArray &trace, const QByteArray &processName)
{
    if (!error)
        throw EncodeError("there is no exception to send: give encodeException() a std::exception_ptr that holds one");
    encodeThrown(encoder, error, trace, processName, 0);
}

std::exception_ptr decodeException(Decoder &decoder)
{
    const bool isRegistered = decoder.read<bool>();
    const auto name = decoder.read<std::string>();
    const auto what = decoder.read<std::string>();
    const auto trace = decoder.read<QByteArray>();
    const auto processName = decoder.read<QByteArray>();
    const auto payload = decoder.read<QByteArray>();
    const RemoteTrace whole(trace, processName);
    std::exception_ptr nested;
    if (decoder.read<bool>()) {
        const Decoder::Level level(decoder);
        nested = decodeException(decoder);
    }
    const detail::ExceptionType *known = isRegistered ? detail::findExceptionType(name) : nullptr;
    if (!known)
        return detail::madeInHandler(nested, [&] {
            return nested ? std::make_exception_ptr(RemoteErrorWithNested(name, what, whole))
                          : std::make_exception_ptr(RemoteError(name, what, whole));
        });
    Decoder parts(payload, decoder);
    std::exception_ptr error = known->decode(parts, what, whole, nested);
    parts.finish();
    return error;
}

void rethrowDecoded(Decoder &decoder) { std::rethrow_exception(decodeException(decoder)); }

} // namespace procession
