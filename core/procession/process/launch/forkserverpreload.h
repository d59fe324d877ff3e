// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

namespace procession {

/// Names functions that the fork server calls once before it makes children: what they load or compute, each child has from its
/// start. They must not start threads. To be called before the first process is started. (Reference: set_forkserver_preload)
///
/// \throws ProcessError when the server runs already, or a function lies in a library without a build-id
void setForkServerPreload(const std::vector<void (*)()> &functions);

} // namespace procession
