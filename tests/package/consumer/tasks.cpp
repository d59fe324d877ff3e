// SPDX-License-Identifier: MIT
#include <procession/currentprocess.h>
#include <procession/registertask.h>

static QString greeting(const QString &name, int times)
{
    const bool isChild = procession::parentProcess().has_value();
    return QStringLiteral("hello ").repeated(times) + name + (isChild ? QStringLiteral(" from a worker") : QString());
}

PROCESSION_REGISTER_TASK("greeting", &greeting)
