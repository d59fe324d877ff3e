// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// Sets functions that the fork server calls once before it makes children: each child starts with
/// what they have loaded or computed. They must not start threads. To be called before the first
/// process is started. (Reference: set_forkserver_preload)
///
/// \throws ProcessError if the server is running, or if a function belongs to a library without a
/// build-id
void setForkServerPreload(const std::vector<void (*)()> &functions);

} // namespace procession
