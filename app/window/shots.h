// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <app/window/mainwindow.h>

#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>

#include <deque>

namespace procession {

class JobPage;
class NewBatchDialog;

/// Writes pictures of every view, light and dark, in English and in Chinese, from real batches, and then ends the program.
///
/// Works with a store and settings of its own, which go with it.
class Shots : public QObject
{
    Q_OBJECT

public:
    /// \param folder      is made if it is not there
    /// \param appearance  not owned
    Shots(const QString &folder, Appearance *appearance);
    ~Shots() override;

    void start();

Q_SIGNALS:
    /// \param status  the program's exit status
    void finished(int status);

private:
    /// Something to do, a condition to wait for, and the name of the picture to take then; empty for none.
    struct Step
    {
        std::function<void()> act;
        std::function<bool()> isReady;
        QString picture;
        std::function<QWidget *()> widget = {}; ///< empty for the window
    };

    void planFirst();
    void planLook(Appearance::Scheme scheme, const QString &language);
    void planJob();
    void planDialog();
    void planFunctionDialog(const std::function<void(const QString &, const std::function<void()> &)> &addDialog);
    void planPast();
    void add(const QString &picture, const std::function<void()> &act, const std::function<bool()> &isReady = {});
    void next();
    void wait();
    void takePicture(const Step &step);
    NewBatchDialog *openDialog(const BatchDraft &draft);

    QTemporaryDir m_own;
    QDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    Appearance *m_appearance;
    QPointer<JobPage> m_page;
    QPointer<NewBatchDialog> m_dialog;
    std::deque<Step> m_steps;
    QTimer m_timer;
    QElapsedTimer m_since;
    bool m_isSettling = false;
    QString m_look;
    QTextStream m_out;
    int m_status = 0;
};

} // namespace procession
