// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/socket/descriptorpassing.h>

#include <array>
#include <cstring>
#include <sys/socket.h>

namespace procession {

/// Room for the descriptors of one message.
struct alignas(cmsghdr) ControlBuffer
{
    std::array<char, CMSG_SPACE(MaximumDescriptors * sizeof(int))> bytes;
};

/// Attaches descriptors to a message that is about to be sent.
inline void putDescriptors(msghdr &message, ControlBuffer &control, std::span<const int> descriptors)
{
    message.msg_control = control.bytes.data();
    message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    std::memset(control.bytes.data(), 0, message.msg_controllen);
    cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(head), descriptors.data(), descriptors.size_bytes());
}

/// Appends the descriptors that came with a message. \throws SystemError
inline void takeDescriptors(msghdr &message, std::vector<Descriptor> &descriptors)
{
    const std::size_t before = descriptors.size();
    for (cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd;
            std::memcpy(&fd, CMSG_DATA(head) + i * sizeof(int), sizeof fd);
            descriptors.emplace_back(fd);
        }
    }
    // Only after all of them have an owner.
    for (std::size_t i = before; i < descriptors.size(); ++i)
        descriptors[i] = Descriptor::made(descriptors[i].release());
}

} // namespace procession
