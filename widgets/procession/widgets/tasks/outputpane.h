// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/tasks/outputexcerpt.h>

#include <QtCore/QThreadPool>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace procession {

/// One stream of an attempt: its text, however long, and ways to get at all of it.
///
/// Files are read in a thread of the pane's own, and the text is put in bit by bit, so that nothing holds up the event loop.
class OutputPane : public QWidget
{
    Q_OBJECT

public:
    explicit OutputPane(QWidget *parent = nullptr);
    ~OutputPane() override;

    void clear();
    /// What is shown already stays in place when the new text goes on from it.
    void setStream(const CapturedStream &stream);
    /// What is said when there is no output.
    void setEmptyText(const QString &text);
    /// Whether the last stream given is shown in full.
    bool isSettled() const { return !m_isReading && m_pending.isEmpty(); }

    QPlainTextEdit *textEdit() const { return m_text; }
    QLabel *note() const { return m_note; }

    /// Writes the stream to a file of the person's choosing; the note says how that went.
    void saveTo(const QString &path);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void take(const OutputExcerpt &excerpt);
    void insertSome();
    void updateNote();
    void askWhereToSave();
    void openFile();

    QPlainTextEdit *m_text;
    QLabel *m_note;
    QToolButton *m_open;
    QToolButton *m_save;
    CapturedStream m_stream;
    OutputExcerpt m_excerpt; // shown or being put in
    QString m_pending; // of its text, from m_pendingFrom on
    qsizetype m_pendingFrom = 0;
    QString m_saveResult;
    int m_request = 0; // counts them, to know the last
    bool m_isReading = false;
    QTimer m_timer;
    QThreadPool m_pool;
};

} // namespace procession
