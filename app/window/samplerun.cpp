// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/window/samplerun.h>

#include <app/common/samples.h>
#include <app/jobs/jobpage.h>
#include <app/window/mainwindow.h>
#include <procession/text/displaytext.h>

#include <cstdio>

namespace procession {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype MostTasks = 2000; // some seconds
constexpr double PictureAt = 0.6; // of all tasks ended
constexpr double TellEvery = 0.1;

} // namespace

SampleRun::SampleRun(MainWindow *window, const Options &options)
    : QObject(window), m_window(window), m_options(options), m_out(stdout)
{
    connect(window, &MainWindow::sessionStarted, this, &SampleRun::follow);
    connect(&m_timer, &QTimer::timeout, this, &SampleRun::look);
}

void SampleRun::start()
{
    BatchDraft draft = checksumsOfAllHeaders();
    draft.resultsFolder = m_options.results;
    connect(m_window->launcher(), &JobLauncher::failed, this, [this](const QString &message) {
        m_out << message << Qt::endl;
        Q_EMIT finished(1);
    });
    m_window->launcher()->runDraft(draft, MostTasks);
}

void SampleRun::follow(JobPage *page)
{
    m_page = page;
    page->showTab(JobPage::Tasks);
    m_out << tr("Running “%1” in %Ln worker(s), beginning with: %2", nullptr, page->session()->summary().workers)
                 .arg(page->session()->name(), QString::fromUtf8(page->session()->source()->description(0)))
          << Qt::endl;
    m_timer.start(40ms);
}

void SampleRun::look()
{
    const JobSummary summary = m_page->session()->summary();
    const auto ended = static_cast<double>(summary.ended());
    const auto total = static_cast<double>(summary.total());
    const auto step = static_cast<qint64>(ended / total / TellEvery);
    if (std::exchange(m_told, std::max(step, m_told)) < step)
        tell(summary);
    if (!m_hasPicture && (ended >= total * PictureAt || summary.state == JobState::Finished))
        takePicture();
    // What was counted is also to be in the store and in the results folder.
    if (summary.state == JobState::Finished && m_page->isSettled())
        end();
}

void SampleRun::tell(const JobSummary &summary)
{
    m_out << tr("  %1 of %2 tasks ended, %3 of them failed")
                 .arg(countText(summary.ended()), countText(summary.total()), countText(summary.count(TaskState::Failed)))
          << Qt::endl;
}

void SampleRun::takePicture()
{
    m_hasPicture = true;
    if (m_options.screenshot.isEmpty())
        return;
    m_isWritten = m_window->grab().save(m_options.screenshot);
    if (!m_isWritten)
        m_out << tr("The screenshot %1 could not be written.").arg(m_options.screenshot) << Qt::endl;
}

void SampleRun::end()
{
    m_timer.stop();
    const JobSummary summary = m_page->session()->summary();
    m_out << tr("Done in %1.").arg(durationText(summary.endedAt - summary.startedAt)) << Qt::endl;
    const bool isWhole = summary.count(TaskState::Done) == summary.total();
    Q_EMIT finished(isWhole && m_isWritten ? 0 : 1);
}

} // namespace procession
