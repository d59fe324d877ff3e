// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>

#include <vector>

namespace procession::detail {

/// The registered type whose exceptions, thrown here or received, have that dynamic type; or null.
/// Thread-safe; the result stays valid.
const ExceptionType *findExceptionType(const std::type_info &type);
/// The registered type of that name, or null.
const ExceptionType *findExceptionType(const std::string &name);

/// The registered type with that name in C++; null if there is none, or two in different files.
const ExceptionType *findExceptionTypeWritten(const std::string &name);

/// The exceptions of the standard library and of the layers up to this one.
std::vector<ExceptionType> standardExceptionTypes();

} // namespace procession::detail
