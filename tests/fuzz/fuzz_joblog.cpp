// SPDX-License-Identifier: MIT
#include "fuzz.h"

#include <procession/job/output/joblog.h>

#include <QtCore/QBuffer>

/// The lines below the header.
int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    for (QByteArray bytes : {bytesOf(data, size),
             "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n" + bytesOf(data, size)}) {
        QBuffer buffer(&bytes);
        expect(buffer.open(QIODevice::ReadOnly));
        accepts([&] {
            for (const procession::JobLogEntry &entry : procession::readJobLog(buffer))
                expect(entry.sequence >= 1);
        });
    }
    return 0;
}
