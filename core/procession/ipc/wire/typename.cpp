// SPDX-License-Identifier: MIT
#include <procession/ipc/wire/typename.h>

#include <cstdlib>
#include <cxxabi.h>
#include <memory>

namespace procession {

std::string demangled(const char *typeInfoName)
{
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(typeInfoName, nullptr, nullptr, &status), &std::free);
    return status == 0 ? name.get() : typeInfoName;
}

} // namespace procession
