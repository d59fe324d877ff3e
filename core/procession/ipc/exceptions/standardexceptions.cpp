// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/exceptionregistry.h>

#include <procession/ipc/codec/functioncodec.h>
#include <procession/memory/sharedmemoryerror.h>
#include <procession/platform/base/invalidinput.h>

#include <any>
#include <functional>
#include <future>
#include <ios>
#include <memory>
#include <new>
#include <optional>
#include <regex>
#include <stdexcept>
#include <system_error>
#include <variant>

namespace procession {

namespace {
const std::error_category *categoryOf(const std::string &name)
{
    for (const std::error_category *category :
        {&std::generic_category(), &std::system_category(), &std::iostream_category(), &std::future_category()})
        if (name == category->name())
            return category;
    return nullptr;
}

void encodeCode(Encoder &encoder, const std::error_code &code)
{
    if (!categoryOf(code.category().name()))
        throw EncodeError("an error code of the category " + std::string(code.category().name())
            + " cannot be sent: no other process knows the category by its name");
    encoder << std::string(code.category().name()) << code.value();
}

std::error_code decodeCode(Decoder &decoder)
{
    const auto name = decoder.read<std::string>();
    const std::error_category *category = categoryOf(name);
    if (!category)
        throw DecodeError("an error code in a message is of the category \"" + name + "\", which is not a standard one");
    return {decoder.read<int>(), *category};
}

/// The text given to a system_error, whose what() is that text, ": " and the code's message.
std::string givenText(const std::string &what, const std::string &message)
{
    if (what == message)
        return {};
    return what.ends_with(": " + message) ? what.substr(0, what.size() - message.size() - 2) : what;
}
} // namespace

template <>
struct ExceptionCodec<std::system_error>
{
    static void encode(Encoder &encoder, const std::system_error &error) { encodeCode(encoder, error.code()); }
    static std::system_error decode(Decoder &decoder, const std::string &what)
    {
        const std::error_code code = decodeCode(decoder);
        const std::string text = givenText(what, code.message());
        return text.empty() ? std::system_error(code) : std::system_error(code, text);
    }
};

template <>
struct ExceptionCodec<std::ios_base::failure>
{
    static void encode(Encoder &encoder, const std::ios_base::failure &error) { encodeCode(encoder, error.code()); }
    static std::ios_base::failure decode(Decoder &decoder, const std::string &what)
    {
        const std::error_code code = decodeCode(decoder);
        return std::ios_base::failure(givenText(what, code.message()), code);
    }
};

template <>
struct ExceptionCodec<std::future_error>
{
    static void encode(Encoder &encoder, const std::future_error &error) { encoder << error.code().value(); }
    static std::future_error decode(Decoder &decoder, const std::string &)
    {
        return std::future_error(static_cast<std::future_errc>(decoder.read<int>()));
    }
};

template <>
struct ExceptionCodec<std::regex_error>
{
    static void encode(Encoder &encoder, const std::regex_error &error) { encoder << error.code(); }
    static std::regex_error decode(Decoder &decoder, const std::string &)
    {
        return std::regex_error(decoder.read<std::regex_constants::error_type>());
    }
};

template <>
struct ExceptionCodec<SystemError>
{
    static void encode(Encoder &encoder, const SystemError &error)
    {
        encoder << error.call() << error.subject() << error.number();
    }
    static SystemError decode(Decoder &decoder, const std::string &)
    {
        const auto call = decoder.read<QByteArray>();
        const auto subject = decoder.read<QByteArray>();
        return SystemError(call.constData(), subject, decoder.read<int>());
    }
};

template <>
struct ExceptionCodec<InvalidInput>
{
    static void encode(Encoder &encoder, const InvalidInput &error)
    {
        encoder << QByteArray(error.problem()) << error.input() << error.detail();
    }
    static InvalidInput decode(Decoder &decoder, const std::string &what)
    {
        const auto problem = decoder.read<QByteArray>();
        const auto input = decoder.read<QByteArray>();
        return InvalidInput(problem.constData(), input, decoder.read<QByteArray>(), QByteArray::fromStdString(what));
    }
};

template <>
struct ExceptionCodec<EndOfFile>
{
    static void encode(Encoder &encoder, const EndOfFile &error) { encoder << error.isTorn(); }
    static EndOfFile decode(Decoder &decoder, const std::string &what) { return EndOfFile(what, decoder.read<bool>()); }
};

template <>
struct ExceptionCodec<BufferTooShort>
{
    static void encode(Encoder &encoder, const BufferTooShort &error) { encoder << error.message() << error.capacity(); }
    static BufferTooShort decode(Decoder &decoder, const std::string &)
    {
        const auto message = decoder.read<QByteArray>();
        return BufferTooShort(message, decoder.read<std::size_t>());
    }
};

namespace detail {

namespace {
std::vector<ExceptionType> standardLibraryTypes()
{
    return {
        exceptionType<std::exception>("std::exception"),
        exceptionType<std::logic_error>("std::logic_error"),
        exceptionType<std::domain_error>("std::domain_error"),
        exceptionType<std::invalid_argument>("std::invalid_argument"),
        exceptionType<std::length_error>("std::length_error"),
        exceptionType<std::out_of_range>("std::out_of_range"),
        exceptionType<std::runtime_error>("std::runtime_error"),
        exceptionType<std::range_error>("std::range_error"),
        exceptionType<std::overflow_error>("std::overflow_error"),
        exceptionType<std::underflow_error>("std::underflow_error"),
        exceptionType<std::system_error>("std::system_error"),
        exceptionType<std::ios_base::failure>("std::ios_base::failure"),
        exceptionType<std::future_error>("std::future_error"),
        exceptionType<std::regex_error>("std::regex_error"),
        exceptionType<std::bad_alloc>("std::bad_alloc"),
        exceptionType<std::bad_array_new_length>("std::bad_array_new_length"),
        exceptionType<std::bad_cast>("std::bad_cast"),
        exceptionType<std::bad_any_cast>("std::bad_any_cast"),
        exceptionType<std::bad_typeid>("std::bad_typeid"),
        exceptionType<std::bad_exception>("std::bad_exception"),
        exceptionType<std::bad_function_call>("std::bad_function_call"),
        exceptionType<std::bad_weak_ptr>("std::bad_weak_ptr"),
        exceptionType<std::bad_optional_access>("std::bad_optional_access"),
        exceptionType<std::bad_variant_access>("std::bad_variant_access"),
    };
}
} // namespace

std::vector<ExceptionType> standardExceptionTypes()
{
    std::vector<ExceptionType> types = standardLibraryTypes();
    types.push_back(exceptionType<ProcessError>("procession::ProcessError"));
    types.push_back(exceptionType<SystemError>("procession::SystemError"));
    types.push_back(exceptionType<InvalidInput>("procession::InvalidInput"));
    types.push_back(exceptionType<SharedMemoryError>("procession::SharedMemoryError"));
    types.push_back(exceptionType<NotTransferable>("procession::NotTransferable"));
    types.push_back(exceptionType<BufferTooShort>("procession::BufferTooShort"));
    types.push_back(exceptionType<EndOfFile>("procession::EndOfFile"));
    types.push_back(exceptionType<AuthenticationError>("procession::AuthenticationError"));
    types.push_back(exceptionType<TimeoutError>("procession::TimeoutError"));
    types.push_back(exceptionType<EncodeError>("procession::EncodeError"));
    types.push_back(exceptionType<DecodeError>("procession::DecodeError"));
    return types;
}

} // namespace detail

} // namespace procession
