// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/job/inputs/quantity.h>
#include <procession/job/run/commandbatch.h>

#include <QtCore/QJsonDocument>

using namespace procession;

/// A batch definition in JSON; and short texts, which may be a rule or a quantity.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = bytesOf(data, size);
    accepts([&] {
        const BatchDefinition definition = BatchDefinition::fromJson(QJsonDocument::fromJson(bytes).object(), {});
        expect(BatchDefinition::fromJson(definition.toJson(), {}).toJson() == definition.toJson());
    });
    accepts([&] { expect(HaltRule::parse(HaltRule::parse(bytes).toText()) == HaltRule::parse(bytes)); });
    accepts([&] { expect(parseDuration(bytes).count() >= 0); });
    accepts([&] { parseTimeLimit(bytes); });
    accepts([&] { expect(parseWorkerCount(bytes, 8, 100) >= 1); });
    accepts([&] { expect(parseSize(bytes) >= 0); });
    return 0;
}
