// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowfixture.h"

#include <procession/widgets/tasks/taskview.h>

using namespace procession;

class TestJobPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJobOfThePastCannotBeControlled();
};

void TestJobPage::aJobOfThePastCannotBeControlled()
{
    WindowFixture fixture;
    JobPage *page = fixture.run("exit 3", 2, 1);
    QVERIFY(page);
    QTRY_COMPARE(stateOf(page), JobState::Finished);
    QTRY_VERIFY(page->isSettled());
    page->showTask(1);
    QTRY_VERIFY(page->findChild<TaskView *>()->retryAction()->isEnabled());

    fixture.close();
    fixture.open();
    const StoredJob stored = JobStore(fixture.path("jobs.sqlite")).jobs().constFirst();
    fixture.window().launcher()->open(stored);
    QTRY_VERIFY(fixture.window().currentPage());
    page = fixture.window().currentPage();
    page->showTask(1);
    auto *tasks = page->findChild<TaskView *>();
    QTRY_VERIFY(tasks->copyCommandAction()->isEnabled()); // the task is selected
    QVERIFY(!tasks->retryAction()->isEnabled());
    QVERIFY(!tasks->killAction()->isEnabled());
}

QTEST_MAIN(TestJobPage)
#include "tst_jobpage.moc"
