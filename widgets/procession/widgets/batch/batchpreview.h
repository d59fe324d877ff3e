// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <procession/widgets/batch/batchdraft.h>

#include <QtCore/QObject>
#include <QtCore/QThreadPool>
#include <QtCore/QTimer>

namespace procession {

/// Checks a draft in the background while a person edits it, and shows what would run.
///
/// \code
/// connect(&preview, &BatchPreview::changed, this, [&] { showPreview(preview.result()); });
/// preview.setDraft(draft);                // as often as one likes
/// \endcode
class BatchPreview : public QObject
{
    Q_OBJECT

public:
    explicit BatchPreview(QObject *parent = nullptr);
    ~BatchPreview() override;

    /// The answer for an earlier draft that was not yet given will not come.
    void setDraft(const BatchDraft &draft);
    /// Whether an answer is still to come.
    bool isPending() const { return m_pending; }
    const CheckedDraft &result() const { return m_result; }

Q_SIGNALS:
    /// result() or isPending() changed.
    void changed();

private:
    void check();

    QTimer m_pause;
    QThreadPool m_thread;
    std::shared_ptr<DraftChecker> m_checker = std::make_shared<DraftChecker>();
    std::shared_ptr<std::atomic_bool> m_cancelled;
    BatchDraft m_draft;
    CheckedDraft m_result;
    bool m_pending = false;
};

} // namespace procession
