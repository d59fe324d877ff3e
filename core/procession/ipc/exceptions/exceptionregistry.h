// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/exceptions/exceptioncodec.h>

#include <vector>

namespace procession::detail {

/// The registered type whose exceptions, thrown here or come from elsewhere, have that dynamic type; or null. Thread-safe, and what is returned stays.
const ExceptionType *findExceptionType(const std::type_info &type);
/// The registered type of that name, or null.
const ExceptionType *findExceptionType(const std::string &name);

/// The registered type that C++ writes as that, or null; also when there are two, in different files.
const ExceptionType *findExceptionTypeWritten(const std::string &name);

/// The exceptions of the standard library and of the layers up to this one.
std::vector<ExceptionType> standardExceptionTypes();

} // namespace procession::detail
