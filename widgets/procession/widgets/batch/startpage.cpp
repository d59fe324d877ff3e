// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/startpage.h>

#include <procession/text/displaytext.h>
#include <procession/text/statetext.h>

#include <QtWidgets/QCommandLinkButton>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>

namespace procession {
namespace {

constexpr qsizetype MostRecent = 12;

QLabel *makeHeading(double scale)
{
    auto *label = new QLabel;
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

StartPage::StartPage(QWidget *parent) : QWidget(parent)
{
    m_title = makeHeading(2.2);
    m_subtitle = new QLabel;
    m_subtitle->setWordWrap(true);
    auto *columns = new QHBoxLayout;
    columns->setSpacing(48);
    columns->addWidget(makeLeft(), 1);
    columns->addWidget(makeRight(), 1);
    auto *content = new QWidget;
    content->setMaximumWidth(900);
    auto *column = new QVBoxLayout(content);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    column->addSpacing(24);
    column->addLayout(columns, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(32, 32, 32, 32);
    layout->addStretch(1);
    layout->addWidget(content, 20);
    layout->addStretch(1);
    retranslate();
}

QWidget *StartPage::makeLeft()
{
    auto *left = new QWidget;
    auto *layout = new QVBoxLayout(left);
    layout->setContentsMargins({});
    m_beginTitle = makeHeading(1.2);
    m_new = new QCommandLinkButton;
    m_new->setObjectName(QStringLiteral("newBatch"));
    connect(m_new, &QAbstractButton::clicked, this, &StartPage::newBatchRequested);
    m_samplesTitle = makeHeading(1.2);
    m_samples = new QVBoxLayout;
    layout->addWidget(m_beginTitle);
    layout->addWidget(m_new);
    layout->addSpacing(16);
    layout->addWidget(m_samplesTitle);
    layout->addLayout(m_samples);
    layout->addStretch();
    return left;
}

QWidget *StartPage::makeRight()
{
    auto *right = new QWidget;
    auto *layout = new QVBoxLayout(right);
    layout->setContentsMargins({});
    m_recentTitle = makeHeading(1.2);
    m_recent = new QListWidget;
    m_recent->setObjectName(QStringLiteral("recentJobs"));
    m_recent->setFrameShape(QFrame::NoFrame);
    m_recent->viewport()->setAutoFillBackground(false);
    m_recent->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_recent->setTextElideMode(Qt::ElideRight);
    m_noRecent = new QLabel;
    m_noRecent->setWordWrap(true);
    m_noRecent->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_recentTitle);
    layout->addWidget(m_noRecent);
    layout->addWidget(m_recent, 1);
    layout->addStretch();
    const auto activate = [this](const QListWidgetItem *item) { Q_EMIT recentActivated(m_jobs[m_recent->row(item)]); };
    connect(m_recent, &QListWidget::itemClicked, this, activate);
    connect(m_recent, &QListWidget::itemActivated, this, activate);
    return right;
}

void StartPage::setSamples(const std::vector<Sample> &samples)
{
    for (int i = 0; i < static_cast<int>(samples.size()); ++i) {
        if (m_samples->count() == i) {
            auto *button = new QCommandLinkButton;
            button->setObjectName(QStringLiteral("sample%1").arg(i));
            connect(button, &QAbstractButton::clicked, this, [this, i] { Q_EMIT sampleRequested(i); });
            m_samples->addWidget(button);
        }
        auto *button = static_cast<QCommandLinkButton *>(m_samples->itemAt(i)->widget());
        button->setText(samples[static_cast<std::size_t>(i)].title);
        button->setDescription(samples[static_cast<std::size_t>(i)].explanation);
    }
}

void StartPage::setRecentJobs(const QList<StoredJob> &jobs)
{
    m_jobs = jobs.first(std::min(jobs.size(), MostRecent));
    fillRecent();
}

void StartPage::fillRecent()
{
    m_recent->clear();
    for (const StoredJob &job : m_jobs) {
        const qint64 done = job.tasks[static_cast<std::size_t>(TaskState::Done)];
        auto *item = new QListWidgetItem(m_recent);
        item->setText(tr("%1\n%2, %3 of %4 done, %5", "name, state, numbers of tasks, time")
                          .arg(job.name, stateText(job), countText(done), totalText(job.total, job.moreMayCome),
                              timeText(job.startedAt ? job.startedAt : job.createdAt)));
        item->setSizeHint(QSize(0, m_recent->fontMetrics().lineSpacing() * 2 + 10));
    }
    m_recent->setVisible(!m_jobs.isEmpty());
    m_noRecent->setVisible(m_jobs.isEmpty());
}

void StartPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void StartPage::retranslate()
{
    m_title->setText(tr("Procession"));
    m_subtitle->setText(
        tr("Run a command or a function for each of many inputs, watch every worker, and step in where one goes wrong."));
    m_beginTitle->setText(tr("Begin"));
    m_new->setText(tr("New batch"));
    m_new->setDescription(tr("A command or a function, a set of inputs, and a preview of exactly what will run"));
    m_samplesTitle->setText(tr("Try a sample"));
    m_recentTitle->setText(tr("Recent jobs"));
    m_recent->setAccessibleName(tr("Recent jobs"));
    m_noRecent->setText(tr("Jobs that you run are kept here, with the output of every task."));
    fillRecent();
}

} // namespace procession
