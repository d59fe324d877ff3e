// SPDX-License-Identifier: MIT
#include <procession/childsetup.h>

namespace procession {

void Codec<ChildSetup>::encode(Encoder &encoder, const ChildSetup &setup)
{
    encoder << setup.name << setup.identity << setup.isDaemon << setup.method << setup.authKey << setup.parentPid
            << setup.parentName << setup.workingDirectory << setup.slot << setup.logLevel;
}

ChildSetup Codec<ChildSetup>::decode(Decoder &decoder)
{
    ChildSetup setup;
    setup.name = decoder.read<QString>();
    setup.identity = decoder.read<std::vector<int>>();
    setup.isDaemon = decoder.read<bool>();
    setup.method = decoder.read<StartMethod>();
    setup.authKey = decoder.read<QByteArray>();
    setup.parentPid = decoder.read<qint64>();
    setup.parentName = decoder.read<QString>();
    setup.workingDirectory = decoder.read<QByteArray>();
    setup.slot = decoder.read<quint32>();
    setup.logLevel = decoder.read<int>();
    return setup;
}

} // namespace procession
