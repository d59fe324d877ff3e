// SPDX-License-Identifier: MIT
#include <procession/process/child/exceptiontext.h>

#include <procession/ipc/wire/typename.h>

#include <cxxabi.h>
#include <typeinfo>

namespace procession {

namespace {

QByteArray nameOfCurrentException()
{
    const std::type_info *type = abi::__cxa_current_exception_type();
    return type ? QByteArray::fromStdString(demangled(type->name())) : QByteArray("an exception");
}

void addNested(QByteArray &text, const std::exception &outer);

void addCurrent(QByteArray &text)
{
    try {
        throw;
    } catch (const std::exception &error) {
        const char *what = error.what();
        text += QByteArray::fromStdString(demangled(typeid(error).name())) + ": " + (what ? what : "") + '\n';
        addNested(text, error);
    } catch (...) {
        text += nameOfCurrentException() + '\n';
    }
}

void addNested(QByteArray &text, const std::exception &outer)
{
    // Not std::rethrow_if_nested(): it terminates the program if the nested exception is empty, as
    // after std::throw_with_nested() outside a handler.
    const auto *nesting = dynamic_cast<const std::nested_exception *>(&outer);
    if (!nesting || !nesting->nested_ptr())
        return;
    try {
        nesting->rethrow_nested();
    } catch (...) {
        text += "  caused by ";
        addCurrent(text);
    }
}

} // namespace

QByteArray exceptionText(const std::exception_ptr &exception, const QString &processName)
{
    QByteArray text = "Process " + processName.toUtf8() + ":\n";
    try {
        std::rethrow_exception(exception);
    } catch (...) {
        addCurrent(text);
    }
    return text;
}

} // namespace procession
