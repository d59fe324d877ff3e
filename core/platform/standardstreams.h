// SPDX-License-Identifier: MIT
#pragma once

#include <procession/descriptor.h>

namespace procession {

/// Standard input becomes /dev/null: it is the parent's to read. \throws SystemError
void closeStandardInput();

/// \throws SystemError
void replaceOutput(const Descriptor &output, const Descriptor &error);

} // namespace procession
