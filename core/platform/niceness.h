// SPDX-License-Identifier: MIT
#pragma once

namespace procession {

/// Makes this process so many steps nicer to others than it is: 0 to 19.
/// \throws SystemError
void addNiceness(int steps);

} // namespace procession
