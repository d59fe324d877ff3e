// SPDX-License-Identifier: MIT
#include <procession/process/child/childsetup.h>

namespace procession {

namespace {

void encodeSettings(Encoder &encoder, const ProcessSettings &settings)
{
    encoder << settings.isEmpty();
    if (settings.isEmpty())
        return;
    encoder << settings.environment << settings.fileModeMask << settings.niceness << settings.processors << settings.limits;
}

ProcessSettings decodeSettings(Decoder &decoder)
{
    ProcessSettings settings;
    if (decoder.read<bool>())
        return settings;
    settings.environment = decoder.read<std::optional<QByteArray>>();
    settings.fileModeMask = decoder.read<std::optional<int>>();
    settings.niceness = decoder.read<std::optional<int>>();
    settings.processors = decoder.read<std::optional<QByteArray>>();
    settings.limits = decoder.read<std::vector<ProcessSettings::Limit>>();
    return settings;
}

} // namespace

void Codec<ChildSetup>::encode(Encoder &encoder, const ChildSetup &setup)
{
    encoder << setup.name << setup.identity << setup.isDaemon << setup.method << setup.authKey << setup.parentPid
            << setup.parentName << setup.slot << setup.logLevel;
    encodeSettings(encoder, setup.settings);
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
    setup.slot = decoder.read<quint32>();
    setup.logLevel = decoder.read<int>();
    setup.settings = decodeSettings(decoder);
    return setup;
}

} // namespace procession
