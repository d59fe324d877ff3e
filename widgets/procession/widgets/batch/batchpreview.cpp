// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/batchpreview.h>

#include <procession/widgets/common/futureanswer.h>

#include <QtCore/QPromise>

namespace procession {

using namespace std::chrono_literals;

BatchPreview::BatchPreview(QObject *parent) : QObject(parent)
{
    m_thread.setMaxThreadCount(1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(120ms); // long enough to let a word be typed
    connect(&m_pause, &QTimer::timeout, this, &BatchPreview::check);
}

BatchPreview::~BatchPreview()
{
    if (m_cancelled)
        *m_cancelled = true;
}

void BatchPreview::setDraft(const BatchDraft &draft)
{
    m_draft = draft;
    if (m_cancelled)
        *m_cancelled = true;
    m_pause.start();
    m_pending = true;
    Q_EMIT changed();
}

void BatchPreview::check()
{
    const auto cancelled = std::make_shared<std::atomic_bool>(false);
    m_cancelled = cancelled;
    const auto promise = std::make_shared<QPromise<CheckedDraft>>();
    whenAnswered(
        promise->future(), this,
        [this, cancelled](const CheckedDraft &result) {
            if (*cancelled)
                return;
            m_result = result;
            m_pending = false;
            Q_EMIT changed();
        },
        [](const std::exception &) { Q_UNREACHABLE(); }); // check() gives problems as results
    m_thread.start([checker = m_checker, draft = m_draft, cancelled, promise] {
        promise->start();
        promise->addResult(checker->check(draft, *cancelled));
        promise->finish();
    });
}

} // namespace procession
