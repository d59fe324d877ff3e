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
    message.handles.clear(); // they belong to the child, and go with it when it ends before it has taken them
    return message;
}

} // namespace procession
