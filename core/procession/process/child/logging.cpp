// SPDX-License-Identifier: MIT
#include <procession/process/child/logging.h>

#include <procession/platform/processes/processexit.h>
#include <procession/process/child/processruntime.h>

#include <algorithm>
#include <array>
#include <atomic>

namespace procession {

Q_LOGGING_CATEGORY(logger, "procession", QtWarningMsg)
Q_LOGGING_CATEGORY(processLog, "procession.process", QtWarningMsg)

namespace {

struct Level
{
    QtMsgType type;
    const char *name;
};

constexpr std::array Levels{// in ascending order: QtMsgType has another order
    Level{QtDebugMsg, "DEBUG"}, Level{QtInfoMsg, "INFO"}, Level{QtWarningMsg, "WARNING"}, Level{QtCriticalMsg, "CRITICAL"},
    Level{QtFatalMsg, "FATAL"}};

std::atomic<int> least = -1; // an index into Levels
QtMessageHandler handlerBefore = nullptr;
QLoggingCategory::CategoryFilter filterBefore = nullptr;

int placeOf(QtMsgType type)
{
    const auto found = std::find_if(Levels.begin(), Levels.end(), [type](const Level &level) { return level.type == type; });
    return static_cast<int>(found - Levels.begin());
}

bool isOurs(const char *category)
{
    const QByteArrayView name(category);
    return name == "procession" || name.startsWith("procession.");
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (!isOurs(context.category)) {
        handlerBefore(type, context, message);
        return;
    }
    const int place = placeOf(type);
    if (place >= least)
        writeToStderr(QByteArrayLiteral("[") + Levels.at(static_cast<std::size_t>(place)).name + '/'
            + ProcessRuntime::get().name().toUtf8() + "] " + message.toUtf8() + '\n');
}

void filter(QLoggingCategory *category)
{
    filterBefore(category);
    if (!isOurs(category->categoryName()))
        return;
    for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg})
        category->setEnabled(type, placeOf(type) >= least);
}

} // namespace

void logToStderr(QtMsgType level)
{
    const int before = least.exchange(placeOf(level));
    ProcessRuntime::get().setLogLevel(level);
    if (before == placeOf(level))
        return; // for example in a copy of a process that made the same call
    if (before < 0) {
        handlerBefore = qInstallMessageHandler(write);
        // In two steps, since installFilter() already calls the new filter.
        filterBefore = QLoggingCategory::installFilter(nullptr);
        QLoggingCategory::installFilter(filter);
    } else {
        QLoggingCategory::installFilter(filter); // applies the filter to all categories again
    }
}

} // namespace procession
