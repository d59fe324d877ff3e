// SPDX-License-Identifier: MIT
#include <procession/pool/options/pooloutput.h>

namespace procession {

QString nameOf(PoolOutput output)
{
    switch (output) {
    case PoolOutput::Inherit:
        return QStringLiteral("inherit");
    case PoolOutput::Lines:
        return QStringLiteral("lines");
    case PoolOutput::Capture:
        return QStringLiteral("capture");
    }
    return QStringLiteral("unknown");
}

} // namespace procession
