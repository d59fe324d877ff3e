// SPDX-License-Identifier: GPL-3.0-or-later
#include "paths.h"

#include <procession/process/functions/tasklibrary.h>
#include <procession/widgets/batch/functionfield.h>
#include <procession/widgets/batch/newbatchdialog.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

using namespace procession;

namespace {

template <typename Widget>
Widget *child(const QWidget &parent, const char *name)
{
    auto *found = parent.findChild<Widget *>(QString::fromLatin1(name));
    return found ? found : (qFatal("no widget is called %s", name), nullptr);
}

QStringList items(const QComboBox *box)
{
    QStringList texts;
    for (int i = 0; i < box->count(); ++i)
        texts.append(box->itemText(i));
    return texts;
}

void choose(QComboBox *box, int index)
{
    box->setCurrentIndex(index);
    Q_EMIT box->activated(index);
}

QString problem(const QWidget &dialog)
{
    for (const QLabel *label : dialog.findChildren<QLabel *>(QStringLiteral("problem"))) {
        if (!label->isHidden())
            return label->text();
    }
    return {};
}

InputSource typed(const char *lines) { return {.kind = InputSource::Kind::Typed, .text = QString::fromUtf8(lines)}; }

BatchDraft thumbnails(std::vector<InputSource> sources)
{
    BatchDraft draft;
    draft.kind = BatchDraft::Kind::Function;
    draft.library = TaskLibrary::find("imagetasks");
    draft.function = QStringLiteral("thumbnail");
    draft.sources = std::move(sources);
    return draft;
}

/// Shown, with a preview to read.
class ShownDialog : public NewBatchDialog
{
public:
    ShownDialog()
    {
        setAttribute(Qt::WA_DeleteOnClose, false);
        show();
        activateWindow();
        if (!QTest::qWaitForWindowActive(this))
            qFatal("the dialog does not become active");
    }

    QStringList calls() const
    {
        const auto *model = child<QTableView>(*this, "preview")->model();
        QStringList texts;
        for (int row = 0; row < model->rowCount(); ++row)
            texts.append(model->index(row, 1).data().toString());
        return texts;
    }
    bool canRun() const { return findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->isEnabled(); }
    QComboBox *libraries() const { return child<QComboBox>(*this, "library"); }
    QComboBox *functions() const { return child<QComboBox>(*this, "function"); }
};

} // namespace

/// The dialog for a batch of function calls, with the sample library of tasks.
class TestFunctionDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersWhatThereIsAndPreviewsTheCalls()
    {
        ShownDialog dialog;
        BatchDraft draft;
        draft.sources = {typed("a b.png\nc.png\n")};
        dialog.setDraft(draft);
        QVERIFY(!dialog.functions()->isVisible());
        child<QRadioButton>(dialog, "isFunction")->click();
        QVERIFY(dialog.functions()->isVisible());
        QVERIFY(!child<QLineEdit>(dialog, "command")->isVisible());
        QTRY_COMPARE(dialog.libraries()->currentText(), QStringLiteral("imagetasks"));
        QTRY_COMPARE(items(dialog.functions()),
            (QStringList{QStringLiteral("checksum(QByteArray)"), QStringLiteral("thumbnail(QString, QString, int)")}));
        QTRY_COMPARE(dialog.calls(),
            (QStringList{QStringLiteral("imagetasks:checksum 'a b.png'"), QStringLiteral("imagetasks:checksum c.png")}));
        QVERIFY(child<QLabel>(dialog, "summary")->text().contains(QStringLiteral("calls")));
        QCOMPARE(child<QLineEdit>(dialog, "name")->placeholderText(), QStringLiteral("imagetasks:checksum"));

        BatchDefinition definition;
        connect(&dialog, &NewBatchDialog::runRequested, this, [&](const BatchDefinition &wanted) { definition = wanted; });
        dialog.accept();
        QCOMPARE(definition.function, QStringLiteral("checksum"));
        QCOMPARE(definition.library, TaskLibrary::find("imagetasks"));
        QCOMPARE(definition.name, QStringLiteral("imagetasks:checksum"));
        QVERIFY(definition.command.isEmpty());
        QCOMPARE(definition.inputs.rowCount(), 2);
    }

    void wantsAsManyColumnsAsArguments()
    {
        ShownDialog dialog;
        dialog.setDraft(thumbnails({typed("a.png")}));
        QTRY_VERIFY(problem(dialog).contains(QStringLiteral("thumbnail(QString, QString, int)")));
        QVERIFY(problem(dialog).contains(QStringLiteral("1 column")));
        QVERIFY(!dialog.canRun());
        QVERIFY(child<QLabel>(dialog, "functionHint")->text().contains(QStringLiteral("3 argument")));
        QVERIFY(child<QLabel>(dialog, "functionHint")->text().endsWith(QStringLiteral("text, text, whole number")));

        dialog.setDraft(thumbnails({typed("a.png"), typed("small"), typed("64\n128")}));
        QTRY_COMPARE(dialog.calls(),
            (QStringList{
                QStringLiteral("imagetasks:thumbnail a.png small 64"), QStringLiteral("imagetasks:thumbnail a.png small 128")}));
        QVERIFY(dialog.canRun());
        QCOMPARE(problem(dialog), QString());
        choose(dialog.functions(), 0);
        QTRY_VERIFY(problem(dialog).contains(QStringLiteral("checksum(QByteArray)")));
        QCOMPARE(dialog.draft().function, QStringLiteral("checksum"));
    }

    void keepsBothKindsWhileOneSwitches()
    {
        ShownDialog dialog;
        BatchDraft draft = thumbnails({typed("a.png")});
        draft.command = QStringLiteral("echo {}");
        dialog.setDraft(draft);
        QCOMPARE(dialog.draft().kind, BatchDraft::Kind::Function);
        QCOMPARE(dialog.draft().library, draft.library);
        QCOMPARE(dialog.draft().function, draft.function);
        child<QRadioButton>(dialog, "isCommand")->click();
        QTRY_COMPARE(dialog.calls(), QStringList{QStringLiteral("echo a.png")});
        QCOMPARE(problem(dialog), QString());
        child<QRadioButton>(dialog, "isFunction")->click();
        QTRY_VERIFY(!problem(dialog).isEmpty());
        QCOMPARE(dialog.draft().function, draft.function);
    }

    void takesAddedLibraries()
    {
        const QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("libmytasks.so"));
        const QString text = folder.filePath(QStringLiteral("notes.so"));
        QVERIFY(QFile::copy(QFile::decodeName(TaskLibrary::find("imagetasks")), copy));
        QVERIFY(QFile::copy(QFile::decodeName(plainFile()), text));
        ShownDialog dialog;
        BatchDraft draft;
        draft.sources = {typed("a.png")};
        dialog.setDraft(draft);
        child<QRadioButton>(dialog, "isFunction")->click();
        QTRY_COMPARE(dialog.functions()->count(), 2);
        auto *field = dialog.findChild<FunctionField *>();
        field->addLibrary(copy);
        QTRY_COMPARE(items(dialog.libraries()), (QStringList{QStringLiteral("imagetasks"), QStringLiteral("mytasks")}));
        QTRY_COMPARE(dialog.functions()->count(), 2);
        QCOMPARE(dialog.libraries()->currentText(), QStringLiteral("mytasks"));
        QCOMPARE(dialog.draft().library, QFile::encodeName(copy));
        QCOMPARE(dialog.addedLibraries(), QByteArrayList{QFile::encodeName(copy)});

        field->addLibrary(text);
        QTRY_VERIFY(problem(dialog).contains(text));
        QVERIFY(problem(dialog).contains(QStringLiteral("is no library of tasks")));
        QVERIFY(!dialog.functions()->isEnabled());
        QVERIFY(!dialog.canRun());
        choose(dialog.libraries(), 0);
        QTRY_COMPARE(dialog.functions()->count(), 2);
        QTRY_COMPARE(problem(dialog), QString());

        ShownDialog next;
        next.setAddedLibraries(dialog.addedLibraries());
        child<QRadioButton>(next, "isFunction")->click();
        QTRY_COMPARE(next.functions()->count(), 2);
        QVERIFY(items(next.libraries()).contains(QStringLiteral("mytasks")));
    }

    /// In a copy of this program, which has no libraries beside it.
    void saysWhatToDoWithoutALibrary()
    {
        if (!TaskLibrary::available().isEmpty()) {
            const QTemporaryDir folder;
            const QString copy = folder.filePath(QStringLiteral("bin/program"));
            QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("bin")));
            QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), copy));
            QProcess program;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("XDG_DATA_HOME"), folder.path());
            environment.remove(QStringLiteral("PROCESSION_TASKS"));
            program.setProcessEnvironment(environment);
            program.start(copy, {QStringLiteral("saysWhatToDoWithoutALibrary")});
            QVERIFY(program.waitForFinished());
            QVERIFY2(program.exitCode() == 0 && program.exitStatus() == QProcess::NormalExit,
                program.readAllStandardOutput().constData());
            return;
        }
        ShownDialog dialog;
        child<QRadioButton>(dialog, "isFunction")->click();
        QTRY_VERIFY(problem(dialog).contains(QStringLiteral("procession/tasks")));
        QVERIFY(problem(dialog).startsWith(QStringLiteral("There is no library of tasks yet. Add one by its file")));
        QVERIFY(!dialog.libraries()->isEnabled());
        QVERIFY(child<QToolButton>(dialog, "addLibrary")->isEnabled());
        QVERIFY(!dialog.canRun());
    }

    void keysReachEverything()
    {
        ShownDialog dialog;
        QSignalSpy clicked(child<QRadioButton>(dialog, "isCommand"), &QRadioButton::clicked);
        QTest::keyClick(&dialog, Qt::Key_K, Qt::AltModifier);
        QTRY_COMPARE(clicked.count(), 1); // a moment later, which changes nothing
        QCOMPARE(QApplication::focusWidget(), child<QRadioButton>(dialog, "isCommand"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Right);
        QVERIFY(child<QRadioButton>(dialog, "isFunction")->isChecked());
        QTRY_COMPARE(dialog.functions()->count(), 2);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_O, Qt::AltModifier);
        QTRY_COMPARE(QApplication::focusWidget(), dialog.libraries());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), dialog.functions());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down);
        QTRY_COMPARE(dialog.draft().function, QStringLiteral("thumbnail"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), child<QToolButton>(dialog, "addLibrary"));
    }

    void changesItsLanguageWhileOpen()
    {
        ShownDialog dialog;
        dialog.setDraft(thumbnails({typed("a.png")}));
        QTRY_VERIFY(child<QLabel>(dialog, "functionHint")->isVisible());
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/procession_zh_CN.qm")));
        QCoreApplication::installTranslator(&chinese);
        QTRY_VERIFY(child<QLabel>(dialog, "functionHint")->text().contains(QStringLiteral("整数")));
        QTRY_VERIFY(child<QRadioButton>(dialog, "isFunction")->text().contains(QStringLiteral("函数")));
        QCoreApplication::removeTranslator(&chinese);
        QTRY_VERIFY(child<QLabel>(dialog, "functionHint")->text().contains(QStringLiteral("whole number")));
    }
};

QTEST_MAIN(TestFunctionDialog)
#include "tst_functiondialog.moc"
