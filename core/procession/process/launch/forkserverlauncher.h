// SPDX-License-Identifier: MIT
#pragma once

#include <procession/process/launch/launcher.h>

namespace procession {

/// Has the fork server of this process copy itself.
class ForkServerLauncher final : public Launcher
{
public:
    bool isAvailable() const override;
    std::unique_ptr<Child> launch(const ChildSetup &setup, const Work &work, Descriptor lifeline) const override;
};

} // namespace procession
