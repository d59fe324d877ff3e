// SPDX-License-Identifier: MIT
#include <procession/exceptiontext.h>

#include <procession/typename.h>

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
        text += QByteArray::fromStdString(demangled(typeid(error).name())) + ": " + error.what() + '\n';
        addNested(text, error);
    } catch (...) {
        text += nameOfCurrentException() + '\n';
    }
}

void addNested(QByteArray &text, const std::exception &outer)
{
    try {
        std::rethrow_if_nested(outer);
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
