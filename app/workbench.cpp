// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/workbench.h>

#include <app/common/icons.h>
#include <app/common/workbenchpaths.h>
#include <app/window/mainwindow.h>
#include <app/window/samplerun.h>
#include <app/window/shots.h>

#include <QtCore/QCommandLineParser>
#include <QtWidgets/QApplication>

namespace procession {
namespace {

void addOptions(QCommandLineParser &parser)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("procession::Workbench", source); };
    parser.addOptions({
        {QStringLiteral("store"), text(QT_TRANSLATE_NOOP("procession::Workbench", "Use this database of jobs.")),
            QStringLiteral("file")},
        {QStringLiteral("settings"), text(QT_TRANSLATE_NOOP("procession::Workbench", "Keep the settings in this file.")),
            QStringLiteral("file")},
        {QStringLiteral("sample"), text(QT_TRANSLATE_NOOP("procession::Workbench", "Run a sample batch, and end."))},
        {QStringLiteral("screenshot"),
            text(QT_TRANSLATE_NOOP("procession::Workbench", "Where --sample writes a picture of the window.")),
            QStringLiteral("file")},
        {QStringLiteral("results"),
            text(QT_TRANSLATE_NOOP("procession::Workbench", "Where --sample writes what the tasks wrote.")),
            QStringLiteral("folder")},
        {QStringLiteral("shots"), text(QT_TRANSLATE_NOOP("procession::Workbench", "Write a picture of every view, and end.")),
            QStringLiteral("folder")},
    });
    parser.addHelpOption();
    parser.addVersionOption();
}

/// Drops Qt's remarks on its offscreen platform, which do not matter without a screen.
void dropRemarksOfThePlatform()
{
    static QtMessageHandler before = nullptr;
    before = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &message) {
        if (!message.startsWith(QLatin1StringView("This plugin does not support")))
            before(type, context, message);
    });
}

} // namespace

int runWorkbench(int argc, char **argv)
{
    QApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("procession"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Procession"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.procession.Workbench"));
    if (QGuiApplication::platformName() == QLatin1StringView("offscreen"))
        dropRemarksOfThePlatform();
    setUpIcons();
    QApplication::setWindowIcon(themedIcon("org.procession.Workbench"));
    Appearance appearance;

    QCommandLineParser parser;
    addOptions(parser);
    parser.process(app);

    const auto quit = [](int status) {
        QMetaObject::invokeMethod(
            qApp, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
    };
    if (parser.isSet(QStringLiteral("shots"))) {
        Shots shots(parser.value(QStringLiteral("shots")), &appearance);
        QObject::connect(&shots, &Shots::finished, &app, quit);
        shots.start();
        return QApplication::exec();
    }
    const WorkbenchFolders folders(parser.value(QStringLiteral("settings")), parser.value(QStringLiteral("store")));
    MainWindow window(folders.paths(), &appearance);
    window.show();
    if (parser.isSet(QStringLiteral("sample"))) {
        auto *sample
            = new SampleRun(&window, {parser.value(QStringLiteral("screenshot")), parser.value(QStringLiteral("results"))});
        QObject::connect(sample, &SampleRun::finished, &app, quit);
        sample->start();
    }
    return QApplication::exec();
}

} // namespace procession
