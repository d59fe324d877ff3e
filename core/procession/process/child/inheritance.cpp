// SPDX-License-Identifier: MIT
#include <procession/process/child/inheritance.h>

#include <procession/memory/arena/arena.h>
#include <procession/platform/child/lifeline.h>

namespace procession {

void attachInheritance(Encoder &encoder, Descriptor lifeline)
{
    encoder.attach(std::move(lifeline));
    const Arena &arena = Arena::get();
    encoder.attach(arena.file().descriptor().duplicate());
    encoder.attach(arena.shelf().sockets().first.duplicate());
    encoder.attach(arena.shelf().sockets().second.duplicate());
}

void takeInheritance(Decoder &decoder)
{
    Lifeline::hold(decoder.takeDescriptor());
    Descriptor arena = decoder.takeDescriptor();
    Descriptor in = decoder.takeDescriptor();
    Arena::adopt(std::move(arena), {std::move(in), decoder.takeDescriptor()});
}

} // namespace procession
