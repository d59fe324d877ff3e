// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/job/store/jobstore.h>

#include <QtWidgets/QWidget>

class QAbstractItemModel;
class QCommandLinkButton;
class QLabel;
class QListWidget;
class QVBoxLayout;

namespace procession {

/// What is seen when nothing runs: begin a batch, try a sample, go on with an earlier job.
class StartPage : public QWidget
{
    Q_OBJECT

public:
    struct Sample
    {
        QString title;
        QString explanation;
    };

    explicit StartPage(QWidget *parent = nullptr);

    /// In the person's language; to be given again when it changes.
    void setSamples(const std::vector<Sample> &samples);
    /// Newest first; only the first few are shown.
    void setRecentJobs(const QList<StoredJob> &jobs);

Q_SIGNALS:
    void newBatchRequested();
    void sampleRequested(int sample);
    void recentActivated(const procession::StoredJob &job);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    void fillRecent();
    void retranslate();

    QLabel *m_title;
    QLabel *m_subtitle;
    QLabel *m_beginTitle;
    QCommandLinkButton *m_new;
    QLabel *m_samplesTitle;
    QVBoxLayout *m_samples;
    QLabel *m_recentTitle;
    QListWidget *m_recent;
    QLabel *m_noRecent;
    QList<StoredJob> m_jobs;
};

} // namespace procession
