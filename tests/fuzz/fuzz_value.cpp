// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/ipc/codec/value.h>
#include <procession/ipc/exceptions/exceptioncodec.h>

using namespace procession;

namespace {
template <typename T>
void decodes(const QByteArray &body)
{
    Decoder decoder{QByteArrayView(body)};
    try {
        decoder.read<T>();
        decoder.finish();
    } catch (const DecodeError &) {
    }
}

void readsException(const QByteArray &body)
{
    Decoder decoder{QByteArrayView(body)};
    try {
        expect(decodeException(decoder) != nullptr);
    } catch (const DecodeError &) {
    }
}
} // namespace

/// A first byte that chooses the type, and a value. A variant that is taken can be sent again.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray body = bytesOf(data + 1, size - 1);
    switch (data[0] % 4) {
    case 0:
        try {
            Decoder decoder{QByteArrayView(body)};
            const auto value = decoder.read<QVariant>();
            decodeValue<QVariant>(encodeValue(value));
        } catch (const DecodeError &) {
        }
        break;
    case 1:
        decodes<std::tuple<QMap<QString, std::vector<int>>, std::optional<QStringList>, std::variant<int, QString>>>(body);
        break;
    case 2:
        readsException(body);
        break;
    default:
        try {
            decodeValue<QVariant>(body);
        } catch (const DecodeError &) {
        }
    }
    return 0;
}
