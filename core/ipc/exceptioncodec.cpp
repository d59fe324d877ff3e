// SPDX-License-Identifier: MIT
#include <procession/exceptioncodec.h>

#include <procession/exceptionregistry.h>
#include <procession/typename.h>

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
        return error.what();
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

/// What the one being handled remembers of where it comes from.
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

std::string nameOfCurrent()
{
    try {
        throw;
    } catch (const RemoteError &error) {
        return error.typeName();
    } catch (...) {
        const std::type_info *type = abi::__cxa_current_exception_type();
        return type ? demangled(type->name()) : "an exception of another language";
    }
}

/// The part that the type itself writes; nothing when it cannot, and then the exception goes by its name.
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

void encodeCurrent(Encoder &encoder, const QByteArray &trace, const QByteArray &processName)
{
    const std::type_info *type = abi::__cxa_current_exception_type();
    const detail::ExceptionType *known = type ? detail::findExceptionType(*type) : nullptr;
    std::optional<Message> payload;
    if (known)
        payload = payloadOfCurrent(*known);
    const RemoteTrace whole = traceOfCurrent(trace, processName);
    encoder << payload.has_value() << (payload ? known->name : nameOfCurrent()) << whatOfCurrent();
    encoder << whole.text() << whole.processName() << (payload ? payload->bytes : QByteArray());
    if (payload)
        std::ranges::for_each(payload->handles, [&](const auto &handle) { encoder.keep(handle); });
}
} // namespace

void encodeException(Encoder &encoder, std::exception_ptr error, const QByteArray &trace, const QByteArray &processName)
{
    if (!error)
        throw EncodeError("there is no exception to send: give encodeException() a std::exception_ptr that holds one");
    try {
        std::rethrow_exception(std::move(error));
    } catch (...) {
        encodeCurrent(encoder, trace, processName);
    }
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
    const detail::ExceptionType *known = isRegistered ? detail::findExceptionType(name) : nullptr;
    if (!known)
        return std::make_exception_ptr(RemoteError(name, what, whole));
    Decoder parts(payload, decoder);
    std::exception_ptr error = known->decode(parts, what, whole);
    parts.finish();
    return error;
}

void rethrowDecoded(Decoder &decoder) { std::rethrow_exception(decodeException(decoder)); }

} // namespace procession
