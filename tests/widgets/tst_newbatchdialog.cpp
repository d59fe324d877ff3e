// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths.h"

#include <procession/widgets/batch/newbatchdialog.h>
#include <procession/widgets/common/pathfield.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include <filesystem>
#include <fstream>

using namespace procession;

namespace {

template <typename Widget>
Widget *find(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<Widget *>(QString::fromLatin1(name));
    return found ? found : (qFatal("no widget is called %s", name), nullptr);
}

void typeInto(QLineEdit *field, const QString &text)
{
    field->selectAll();
    QTest::keyClicks(field, text);
}

void typePath(const QWidget &dialog, const char *name, const QString &path)
{
    auto *field = find<PathField>(dialog, name)->findChild<QLineEdit *>();
    field->clear();
    typeInto(field, path);
}

void choose(QComboBox *box, int index)
{
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
}

QStringList commands(const QWidget &dialog)
{
    const auto *model = find<QTableView>(dialog, "preview")->model();
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row)
        texts.append(model->index(row, 1).data().toString());
    return texts;
}

QString problems(const QWidget &dialog)
{
    QStringList texts;
    for (const QLabel *label : dialog.findChildren<QLabel *>(QStringLiteral("problem"))) {
        if (!label->isHidden())
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

/// A folder with files whose names are hard to pass on.
class AwkwardFolder
{
public:
    AwkwardFolder()
    {
        for (const char *name : {"a b.txt", "it's.txt", "-rf.txt", "two\nlines.txt", "caf\xe9.txt", "$HOME.txt", "other.dat"})
            std::ofstream(std::filesystem::path(m_folder.path().toStdString()) / name) << name;
        std::filesystem::create_directory(std::filesystem::path(m_folder.path().toStdString()) / "sub");
        std::ofstream(std::filesystem::path(m_folder.path().toStdString()) / "sub" / "deep.txt") << "deep";
    }
    QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestNewBatchDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void previewsWhatWillRun();
    void namesSurviveByteForByte();
    void readsColumnsOfACsvFile();
    void combinesSources();
    void readsTypedLinesAndNumbers();
    void tellsWhatIsWrongAndDoesNotRun_data();
    void tellsWhatIsWrongAndDoesNotRun();
    void keepsEveryOption();
    void insertsReplacementStrings();
    void changesItsLanguageWhileOpen();
    void readsAHundredThousandInputsWithoutHoldingUpTheWindow();
};

void TestNewBatchDialog::previewsWhatWillRun()
{
    const AwkwardFolder folder;
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("gzip -k {}"));
    typePath(dialog, "folder", folder.path());
    typeInto(find<QLineEdit>(dialog, "pattern"), QStringLiteral("a*.txt *.dat"));
    QTRY_COMPARE(commands(dialog),
        (QStringList{QStringLiteral("gzip -k '%1/a b.txt'").arg(folder.path()),
            QStringLiteral("gzip -k %1/other.dat").arg(folder.path())}));
    QVERIFY(find<QLabel>(dialog, "summary")->text().contains(QLatin1Char('2')));

    find<QCheckBox>(dialog, "recursive")->click();
    typeInto(find<QLineEdit>(dialog, "pattern"), QStringLiteral("deep*"));
    QTRY_COMPARE(commands(dialog), QStringList{QStringLiteral("gzip -k %1/sub/deep.txt").arg(folder.path())});
}

void TestNewBatchDialog::namesSurviveByteForByte()
{
    const AwkwardFolder folder;
    auto *dialog = new NewBatchDialog;
    BatchDraft draft;
    draft.command = QStringLiteral("cat {}");
    draft.sources = {{.kind = InputSource::Kind::Folder, .folder = folder.path(), .pattern = QStringLiteral("*.txt")}};
    dialog->setDraft(draft);
    BatchDefinition definition;
    connect(dialog, &NewBatchDialog::runRequested, this, [&](const BatchDefinition &wanted) { definition = wanted; });
    dialog->open();
    auto *run = dialog->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok);
    QTRY_VERIFY(run->isEnabled());
    run->click();
    QByteArrayList names;
    for (qsizetype row = 0; row < definition.inputs.rowCount(); ++row)
        names.append(definition.inputs.row(row).constFirst().sliced(QFile::encodeName(folder.path()).size() + 1));
    std::sort(names.begin(), names.end());
    QCOMPARE(names, (QByteArrayList{"$HOME.txt", "-rf.txt", "a b.txt", "caf\xe9.txt", "it's.txt", "two\nlines.txt"}));
    QCOMPARE(definition.name, QStringLiteral("cat")); // nobody named it, so the program does
    QTRY_VERIFY(!QPointer<NewBatchDialog>(dialog) || !dialog->isVisible());
}

void TestNewBatchDialog::readsColumnsOfACsvFile()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("who,how many\nAnn,3\n\"Smith, Bob\",4\n");
    file.close();
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    choose(find<QComboBox>(dialog, "kind"), static_cast<int>(InputSource::Kind::Table));
    typePath(dialog, "tableFile", file.fileName());
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("greet {who} {2}"));
    QTRY_COMPARE(commands(dialog), (QStringList{QStringLiteral("greet Ann 3"), QStringLiteral("greet 'Smith, Bob' 4")}));
    find<QCheckBox>(dialog, "header")->click();
    QTRY_VERIFY(commands(dialog).value(0).contains(QStringLiteral("{who}"))); // without a header no column has that name
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("greet {1}"));
    QTRY_COMPARE(commands(dialog).value(0), QStringLiteral("greet who"));
}

void TestNewBatchDialog::combinesSources()
{
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("echo {1} {2}"));
    choose(find<QComboBox>(dialog, "kind"), static_cast<int>(InputSource::Kind::Numbers));
    find<QSpinBox>(dialog, "last")->setValue(2);
    find<QPushButton>(dialog, "addSource")->click();
    auto *typed = dialog.findChildren<QPlainTextEdit *>(QStringLiteral("typed")).constLast();
    QTest::keyClicks(typed, QStringLiteral("x"));
    QTest::keyClick(typed, Qt::Key_Return);
    QTest::keyClicks(typed, QStringLiteral("y z"));
    QTRY_COMPARE(commands(dialog),
        (QStringList{QStringLiteral("echo 1 x"), QStringLiteral("echo 1 'y z'"), QStringLiteral("echo 2 x"),
            QStringLiteral("echo 2 'y z'")}));
    dialog.findChildren<QToolButton *>(QStringLiteral("removeSource")).constLast()->click();
    QTRY_VERIFY(problems(dialog).contains(QStringLiteral("2"))); // the second column has gone
    QTRY_COMPARE(dialog.findChildren<QPlainTextEdit *>(QStringLiteral("typed")).size(), 1);
}

void TestNewBatchDialog::readsTypedLinesAndNumbers()
{
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("echo"));
    choose(find<QComboBox>(dialog, "kind"), static_cast<int>(InputSource::Kind::Numbers));
    find<QSpinBox>(dialog, "first")->setValue(10);
    find<QSpinBox>(dialog, "last")->setValue(0);
    find<QSpinBox>(dialog, "step")->setValue(-5);
    QTRY_COMPARE(commands(dialog), (QStringList{QStringLiteral("echo 10"), QStringLiteral("echo 5"), QStringLiteral("echo 0")}));
    choose(find<QComboBox>(dialog, "kind"), static_cast<int>(InputSource::Kind::Typed));
    find<QPlainTextEdit>(dialog, "typed")->setPlainText(QStringLiteral("one\n\ntwo words\n"));
    QTRY_COMPARE(commands(dialog), (QStringList{QStringLiteral("echo one"), QStringLiteral("echo 'two words'")}));
}

void TestNewBatchDialog::tellsWhatIsWrongAndDoesNotRun_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("workingFolder");
    QTest::addColumn<QString>("said");
    plainFile();
    const QString good = QFile::decodeName(ownFolder());
    const QString absent = QFile::decodeName(absentPath("folder"));
    QTest::newRow("quote") << "echo 'a {}" << good << QString() << "quotation mark";
    QTest::newRow("no folder") << "echo {}" << QString() << QString() << "folder";
    QTest::newRow("missing folder") << "echo {}" << absent << QString() << absent;
    QTest::newRow("working folder") << "echo {}" << good << absent << absent;
}

void TestNewBatchDialog::tellsWhatIsWrongAndDoesNotRun()
{
    QFETCH(QString, command);
    QFETCH(QString, folder);
    QFETCH(QString, workingFolder);
    QFETCH(QString, said);
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy runs(&dialog, &NewBatchDialog::runRequested);
    BatchDraft draft;
    draft.command = command;
    draft.sources = {{.kind = InputSource::Kind::Folder, .folder = folder, .pattern = QStringLiteral("*.txt")}};
    draft.options.workingDirectory = QFile::encodeName(workingFolder);
    dialog.setDraft(draft);
    dialog.show();
    QTRY_VERIFY(!dialog.preview().isPending());
    QVERIFY2(problems(dialog).contains(said), qPrintable(problems(dialog)));
    QVERIFY(!dialog.findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled());
    dialog.accept();
    QCOMPARE(runs.count(), 0);
    QVERIFY(dialog.isVisible());
}

void TestNewBatchDialog::keepsEveryOption()
{
    using namespace std::chrono_literals;
    BatchDraft draft;
    draft.name = QStringLiteral("all of it");
    draft.command = QStringLiteral("true {}");
    draft.sources = {{.kind = InputSource::Kind::Numbers, .first = 3, .last = 9, .step = 2}};
    draft.job.workers = 7;
    draft.job.maxAttempts = 4;
    draft.job.retryDelay = 1500ms;
    draft.job.timeout = 90s;
    draft.job.delay = 200ms;
    draft.job.halt = HaltRule::parse("soon,fail=10%");
    draft.job.maxLoad = 3.5;
    draft.job.minFreeMemory = 512 * 1024 * 1024;
    draft.options.niceness = 5;
    draft.options.workingDirectory = "/tmp";
    draft.options.environment = {"LANG=C", "DISPLAY"};
    draft.resultsFolder = QStringLiteral("/tmp/out");
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.setDraft(draft);
    const BatchDraft read = dialog.draft();
    QCOMPARE(read.name, draft.name);
    QCOMPARE(read.command, draft.command);
    QVERIFY(read.sources == draft.sources);
    QCOMPARE(read.job.workers, draft.job.workers);
    QCOMPARE(read.job.maxAttempts, draft.job.maxAttempts);
    QCOMPARE(read.job.retryDelay, draft.job.retryDelay);
    QCOMPARE(read.job.timeout, draft.job.timeout);
    QCOMPARE(read.job.delay, draft.job.delay);
    QCOMPARE(read.job.halt.toText(), draft.job.halt.toText());
    QCOMPARE(read.job.maxLoad, draft.job.maxLoad);
    QCOMPARE(read.job.minFreeMemory, draft.job.minFreeMemory);
    QCOMPARE(read.options.niceness, draft.options.niceness);
    QCOMPARE(read.options.workingDirectory, draft.options.workingDirectory);
    QCOMPARE(read.options.environment, draft.options.environment);
    QCOMPARE(read.resultsFolder, draft.resultsFolder);
}

void TestNewBatchDialog::insertsReplacementStrings()
{
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("convert "));
    auto *menu = find<QToolButton>(dialog, "insertReplacement")->menu();
    Q_EMIT menu->aboutToShow();
    const auto starts = [](const QAction *action) { return action->text().startsWith(QStringLiteral("{/.}")); };
    const auto actions = menu->actions();
    const auto at = std::find_if(actions.begin(), actions.end(), starts);
    QVERIFY(at != actions.end());
    (*at)->trigger();
    QCOMPARE(dialog.draft().command, QStringLiteral("convert {/.}"));
}

void TestNewBatchDialog::changesItsLanguageWhileOpen()
{
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    const QString english = dialog.windowTitle();
    QTranslator chinese;
    QVERIFY(chinese.load(QStringLiteral(":/i18n/procession_zh_CN.qm")));
    QCoreApplication::installTranslator(&chinese);
    QTRY_VERIFY(dialog.windowTitle() != english);
    QVERIFY(find<QComboBox>(dialog, "kind")->itemText(0).contains(QChar(0x6587))); // 文, of the word for files
    QCoreApplication::removeTranslator(&chinese);
    QTRY_COMPARE(dialog.windowTitle(), english);
}

void TestNewBatchDialog::readsAHundredThousandInputsWithoutHoldingUpTheWindow()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    for (int i = 0; i < 100'000; ++i)
        file.write("input number " + QByteArray::number(i) + '\n');
    file.close();
    NewBatchDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    choose(find<QComboBox>(dialog, "kind"), static_cast<int>(InputSource::Kind::Lines));
    typePath(dialog, "linesFile", file.fileName());
    typeInto(find<QLineEdit>(dialog, "command"), QStringLiteral("echo {}"));
    QTRY_COMPARE(dialog.preview().result().count, 100'000);
    QCOMPARE(commands(dialog).constLast(), QStringLiteral("echo 'input number 999'"));
}

QTEST_MAIN(TestNewBatchDialog)
#include "tst_newbatchdialog.moc"
