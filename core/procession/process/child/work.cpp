// SPDX-License-Identifier: MIT
#include <procession/process/child/work.h>

#include <procession/platform/processes/processexit.h>
#include <procession/process/child/inheritance.h>

namespace procession {

Message messageFor(const ChildSetup &setup, const Work &work, Descriptor lifeline)
{
    Encoder encoder;
    attachInheritance(encoder, std::move(lifeline));
    encoder << setup;
    encoder.attach(openWorkingDirectory());
    work.encode(encoder);
    Message message = encoder.take();
    for (const auto &handle : message.handles)
        holdFor(*handle, setup.slot);
    // They belong to the child, and are dropped with it if it ends before it takes them.
    message.handles.clear();
    return message;
}

} // namespace procession
