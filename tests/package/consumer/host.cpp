// SPDX-License-Identifier: MIT
// Calls a function of the library of tasks beside it, here and in a pool.
#include <procession/procession.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <cstdio>

using namespace procession;

static QVariant call(const QByteArray &library, const QVariantList &arguments)
{
    return TaskLibrary::load(library).function(u"greeting").call(arguments);
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    const QCoreApplication application(argc, argv);
    try {
        const QByteArray path
            = TaskLibrary::find(QFile::encodeName(QCoreApplication::applicationDirPath() + QStringLiteral("/tasks.so")));
        std::puts(call(path, {QStringLiteral("bob"), QStringLiteral("2")}).toByteArray().constData());
        Pool pool({.processes = 1});
        std::puts(pool.apply(&call, path, QVariantList{QStringLiteral("eve"), 1}).toByteArray().constData());
    } catch (const ProcessError &error) {
        std::puts(error.what());
        return 1;
    }
    return 0;
}
