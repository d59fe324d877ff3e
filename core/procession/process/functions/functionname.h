// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/functioncodec.h>

#include <QtCore/QString>

#include <concepts>

namespace procession {

/// The name of the function that starts at `code`, as in the source but without parameters and
/// unnamed namespaces. Returns the name of its type if it has none, for example because the program
/// was stripped.
QByteArray nameOfCode(const void *code, const std::type_info &type);
QByteArray nameOfType(const std::type_info &type);

/// A readable name of a function or function object, for the directory, which lists what each
/// process does.
template <typename F>
QByteArray functionName(const F &function)
{
    if constexpr (FunctionPointer<F>) {
        return nameOfCode(reinterpret_cast<const void *>(function), typeid(F));
    } else if constexpr (std::is_member_function_pointer_v<F>) {
        MemberPointerWords words;
        std::memcpy(&words, &function, sizeof words);
        const bool isVirtual = (words[0] & 1) != 0;
        return isVirtual ? nameOfType(typeid(F)) : nameOfCode(reinterpret_cast<const void *>(words[0]), typeid(F));
    } else if constexpr (requires {
                             {
                                 function.name()
                                 } -> std::convertible_to<QString>;
                         }) {
        return QString(function.name()).toUtf8(); // a RegisteredFunction
    } else if constexpr (requires { function.boundFunction(); }) {
        return functionName(function.boundFunction());
    } else {
        return nameOfType(typeid(F));
    }
}

} // namespace procession
