// SPDX-License-Identifier: MIT
#include <procession/pool/tasks/remotefunction.h>

#include <procession/ipc/wire/typename.h>
#include <procession/process/child/exceptiontext.h>
#include <procession/process/currentprocess.h>

namespace procession {

void writeException(Encoder &encoder, const std::exception_ptr &exception)
{
    const QString process = currentProcess().name();
    encoder << OutcomeKind::Exception;
    encodeException(encoder, exception, exceptionText(exception, process), process.toUtf8());
}

namespace {

constexpr char ForValues[]
    = "give it QDataStream operators << and >> of exactly this type, or make it a struct of members that can be sent, or "
      "specialise Codec for it, or use a ThreadPool";

} // namespace

void refuseTaskFunction(const std::type_info &type)
{
    throw NotTransferable("a function object of type " + demangled(type.name())
        + " has members or captures, which the workers of a pool cannot reach, since they were started before: give what it "
          "captures as arguments, or wrap a function and some arguments by bind(), or specialise isTransferable for a type with "
          "a "
          "Codec, or use a ThreadPool");
}

void refuseTaskArgument(const std::type_info &type)
{
    throw NotTransferable(
        "an argument of type " + demangled(type.name()) + " cannot be sent to the workers of a pool: " + ForValues);
}

void refuseResult(const std::type_info &type)
{
    throw NotTransferable(
        "a result of type " + demangled(type.name()) + " cannot come back from the workers of a pool: " + ForValues);
}

void refuseCopy(const std::type_info &type)
{
    throw NotTransferable("an element of type " + demangled(type.name())
        + " cannot be copied for the thread that is to be called with it: std::move() the range into mapAsync() or "
          "starmapAsync(), "
          "from which it is moved");
}

namespace detail {

void encodeMaker(Encoder &encoder, TaskFunctionMaker *maker)
{
    encoder << CodeAddress::of(reinterpret_cast<const void *>(maker));
}

} // namespace detail

std::unique_ptr<RemoteFunction> decodeTaskFunction(QByteArrayView bytes)
{
    Decoder decoder(bytes);
    auto *maker = reinterpret_cast<detail::TaskFunctionMaker *>(decoder.read<CodeAddress>().resolve());
    std::unique_ptr<RemoteFunction> function = maker(decoder);
    decoder.finish();
    return function;
}

} // namespace procession
