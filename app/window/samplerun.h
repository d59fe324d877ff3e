// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/jobs/jobsession.h>

#include <QtCore/QPointer>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

namespace procession {

class JobPage;
class MainWindow;

/// Runs a sample batch in the window, reports its progress in the terminal, saves a picture of it, and ends the program.
class SampleRun : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString screenshot; ///< a file; may be empty
        QString results; ///< a folder; may be empty
    };

    /// \param window  not owned
    SampleRun(MainWindow *window, const Options &options);
    void start();

Q_SIGNALS:
    /// \param status  the program's exit status
    void finished(int status);

private:
    void follow(JobPage *page);
    void look();
    void tell(const JobSummary &summary);
    void takePicture();
    void end();

    MainWindow *m_window;
    Options m_options;
    QPointer<JobPage> m_page;
    QTimer m_timer;
    QTextStream m_out;
    qint64 m_told = -1;
    bool m_hasPicture = false;
    bool m_isWritten = true;
};

} // namespace procession
