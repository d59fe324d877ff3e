// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/jobpage.h>
#include <app/window/mainwindow.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <memory>

/// A main window with a store and settings of its own; several in a row share them, as several starts of the program do.
class WindowFixture
{
public:
    WindowFixture() { open(); }

    void open()
    {
        m_window = std::make_unique<procession::MainWindow>(
            procession::WorkbenchPaths{path("settings.ini"), path("jobs.sqlite")}, &m_appearance);
        m_window->show();
        m_window->activateWindow();
        if (!QTest::qWaitForWindowActive(m_window.get())) // shortcuts want it
            qFatal("the window does not become active");
    }
    void close() { m_window.reset(); }

    procession::MainWindow &window() { return *m_window; }
    procession::Appearance &appearance() { return m_appearance; }
    QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    /// Starts `command` for the numbers 1…`count`, and returns the job's page; null when it does not come.
    procession::JobPage *run(const QByteArray &command, int count, int workers)
    {
        QByteArrayList numbers;
        for (int i = 1; i <= count; ++i)
            numbers.append(QByteArray::number(i));
        procession::BatchDefinition definition;
        definition.name = QStringLiteral("batch");
        definition.command = command;
        definition.inputs = procession::InputTable({procession::InputList(numbers)});
        definition.job.workers = workers;
        QSignalSpy started(m_window.get(), &procession::MainWindow::sessionStarted);
        m_window->run(definition, {});
        if (started.isEmpty() && !started.wait(10'000))
            return nullptr;
        return m_window->currentPage();
    }

    template <typename Object>
    Object *find(const char *name)
    {
        auto *found = m_window->findChild<Object *>(QString::fromLatin1(name));
        return found ? found : (qFatal("nothing is called %s", name), nullptr);
    }
    void trigger(const char *action) { find<QAction>(action)->trigger(); }

private:
    QTemporaryDir m_folder;
    procession::Appearance m_appearance;
    std::unique_ptr<procession::MainWindow> m_window;
};

inline qint64 countOf(const procession::JobPage *page, procession::TaskState state)
{
    return page->session()->summary().count(state);
}

inline procession::JobState stateOf(const procession::JobPage *page) { return page->session()->summary().state; }
