// SPDX-License-Identifier: MIT
#include <procession/process/functions/functionname.h>

#include <procession/ipc/wire/typename.h>
#include <procession/platform/thread/symbolname.h>

namespace procession {

namespace {

constexpr std::string_view UnnamedNamespace = "(anonymous namespace)::";

std::string withoutUnnamedNamespaces(std::string name)
{
    for (auto at = name.find(UnnamedNamespace); at != std::string::npos; at = name.find(UnnamedNamespace, at))
        name.erase(at, UnnamedNamespace.size());
    return name;
}

/// Turns "void work<int>(int)" into work<int>. Signatures with unknown nesting stay longer.
std::string withoutTypes(const std::string &signature)
{
    std::size_t begin = 0;
    int depth = 0; // of angle brackets
    for (std::size_t i = 0; i < signature.size(); ++i) {
        const char c = signature[i];
        if (c == '<')
            ++depth;
        else if (c == '>')
            --depth;
        else if (depth == 0 && c == ' ')
            begin = i + 1;
        else if (depth == 0 && c == '(')
            return signature.substr(begin, i - begin);
    }
    return signature;
}

QByteArray bytes(const std::string &text) { return QByteArray::fromStdString(text); }

} // namespace

QByteArray nameOfCode(const void *code, const std::type_info &type)
{
    const QByteArray symbol = symbolName(code);
    if (symbol.isEmpty())
        return nameOfType(type);
    return bytes(withoutTypes(withoutUnnamedNamespaces(demangled(symbol.constData()))));
}

QByteArray nameOfType(const std::type_info &type) { return bytes(withoutUnnamedNamespaces(demangled(type.name()))); }

} // namespace procession
