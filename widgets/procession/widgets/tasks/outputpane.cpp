// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/tasks/outputpane.h>

#include <procession/text/displaytext.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEvent>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <QtGui/QFontDatabase>
#include <QtGui/QTextCursor>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace procession {

namespace {

constexpr qsizetype PieceSize = 2 * 1024; // characters
constexpr int InsertBudget = 8; // ms in one event
constexpr qint64 CopyStep = 1024 * 1024;

/// Empty when all went well, otherwise why not.
QString copyStream(const CapturedStream &stream, const QString &path)
{
    QSaveFile target(path);
    if (!target.open(QIODevice::WriteOnly))
        return target.errorString();
    if (!stream.isInFile()) {
        if (target.write(stream.bytes) != stream.bytes.size())
            return target.errorString();
    } else {
        QFile source(stream.file);
        if (!source.open(QIODevice::ReadOnly))
            return source.errorString();
        while (!source.atEnd()) {
            const QByteArray bytes = source.read(CopyStep);
            if (bytes.isEmpty())
                return source.errorString();
            if (target.write(bytes) != bytes.size())
                return target.errorString();
        }
    }
    return target.commit() ? QString() : target.errorString();
}

} // namespace

OutputPane::OutputPane(QWidget *parent)
    : QWidget(parent), m_text(new QPlainTextEdit), m_note(new QLabel), m_open(new QToolButton), m_save(new QToolButton)
{
    m_pool.setMaxThreadCount(1);
    m_text->setReadOnly(true);
    m_text->setUndoRedoEnabled(false);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_open->setIcon(QIcon::fromTheme(QStringLiteral("document-open")));
    m_save->setIcon(QIcon::fromTheme(QStringLiteral("document-save-as")));
    for (QToolButton *button : {m_open, m_save}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_note, 1);
    bottom->addWidget(m_open);
    bottom->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_text, 1);
    layout->addLayout(bottom);
    connect(m_open, &QToolButton::clicked, this, &OutputPane::openFile);
    connect(m_save, &QToolButton::clicked, this, &OutputPane::askWhereToSave);
    connect(&m_timer, &QTimer::timeout, this, &OutputPane::insertSome);
    retranslate();
    updateNote();
}

OutputPane::~OutputPane() { m_pool.waitForDone(); }

void OutputPane::retranslate()
{
    m_open->setText(tr("Open file"));
    m_open->setToolTip(tr("Open the whole output in the program that your desktop has for it"));
    m_save->setText(tr("Save as…"));
    m_save->setToolTip(tr("Save the whole output, byte for byte"));
    updateNote();
}

void OutputPane::clear()
{
    ++m_request;
    m_isReading = false;
    m_stream = {};
    m_saveResult.clear();
    take({});
}

void OutputPane::setEmptyText(const QString &text) { m_text->setPlaceholderText(text); }

void OutputPane::setStream(const CapturedStream &stream)
{
    const bool isSame = stream.file == m_stream.file && stream.size == m_stream.size && stream.bytes == m_stream.bytes
        && stream.error == m_stream.error;
    if (isSame)
        return;
    m_stream = stream;
    m_isReading = true;
    // The thread cannot ask for a translation.
    const QString omission = tr("⋯ %1 left out here: open the file to see all ⋯");
    m_pool.start([this, stream, omission, request = ++m_request] {
        OutputExcerpt excerpt = makeExcerpt(stream, omission);
        QMetaObject::invokeMethod(
            this,
            [this, request, excerpt = std::move(excerpt)] {
                if (request != m_request)
                    return;
                m_isReading = false;
                take(excerpt);
            },
            Qt::QueuedConnection);
    });
}

void OutputPane::take(const OutputExcerpt &excerpt)
{
    const QString before = std::exchange(m_excerpt, excerpt).text;
    if (excerpt.text.startsWith(before)) {
        m_pending += QStringView(excerpt.text).sliced(before.size());
    } else {
        m_text->clear();
        m_pending = excerpt.text;
        m_pendingFrom = 0;
    }
    updateNote();
    if (!m_pending.isEmpty())
        insertSome();
}

void OutputPane::insertSome()
{
    QScrollBar *bar = m_text->verticalScrollBar();
    const bool followsEnd = bar->value() == bar->maximum() && bar->maximum() > 0;
    const bool isFirst = m_text->document()->isEmpty();
    QTextCursor cursor(m_text->document());
    cursor.movePosition(QTextCursor::End);
    const QDeadlineTimer deadline(InsertBudget);
    do {
        cursor.insertText(m_pending.sliced(m_pendingFrom, std::min(m_pending.size() - m_pendingFrom, PieceSize)));
        m_pendingFrom = std::min(m_pending.size(), m_pendingFrom + PieceSize);
    } while (m_pendingFrom < m_pending.size() && !deadline.hasExpired());
    if (m_pendingFrom == m_pending.size()) {
        m_pending.clear();
        m_pendingFrom = 0;
    }
    if (followsEnd && !isFirst)
        bar->setValue(bar->maximum());
    if (m_pending.isEmpty())
        m_timer.stop();
    else if (!m_timer.isActive())
        m_timer.start(0);
}

void OutputPane::updateNote()
{
    QStringList parts;
    if (m_excerpt.size > 0)
        parts += m_excerpt.omitted > 0 ? tr("the first and the last part of %1").arg(sizeText(m_excerpt.size))
                                       : sizeText(m_excerpt.size);
    if (m_excerpt.captureError != 0)
        parts += tr("not all of it could be kept: %1").arg(qt_error_string(m_excerpt.captureError));
    if (!m_excerpt.readError.isEmpty())
        parts += tr("the file cannot be read: %1").arg(m_excerpt.readError);
    if (!m_saveResult.isEmpty())
        parts += m_saveResult;
    m_note->setText(parts.join(QStringLiteral("; ")));
    m_note->setToolTip(m_note->text());
    m_open->setVisible(m_stream.isInFile());
    m_save->setEnabled(m_excerpt.size > 0);
}

void OutputPane::openFile() { QDesktopServices::openUrl(QUrl::fromLocalFile(m_stream.file)); }

void OutputPane::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save output"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(tr("output.txt"));
    connect(dialog, &QFileDialog::fileSelected, this, &OutputPane::saveTo);
    dialog->open();
}

void OutputPane::saveTo(const QString &path)
{
    m_pool.start([this, path, stream = m_stream] {
        const QString error = copyStream(stream, path);
        QMetaObject::invokeMethod(
            this,
            [this, path, error] {
                m_saveResult = error.isEmpty() ? tr("saved as %1").arg(path) : tr("not saved: %1").arg(error);
                updateNote();
            },
            Qt::QueuedConnection);
    });
}

void OutputPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

} // namespace procession
