// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QFutureWatcher>

#include <exception>
#include <type_traits>

namespace procession {

/// Calls `done` with the result of `future`, or `failed` with the exception in its place, in the thread of `context` through its event
/// loop; neither when the future is cancelled or when `context` is destroyed before.
///
/// \code
/// whenAnswered(history.jobs(), this,
///     [this](const QList<StoredJob> &jobs) { show(jobs); },
///     [this](const std::exception &error) { showError(errorText(error)); });
/// \endcode
///
/// QFuture::then() with a context is no help here: in Qt 6.4 the context has to outlive the future.
template <typename Result, typename Done, typename Failed>
void whenAnswered(const QFuture<Result> &future, QObject *context, Done done, Failed failed)
{
    auto *watcher = new QFutureWatcher<Result>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, done, failed] {
        watcher->deleteLater();
        QFuture<Result> answer = watcher->future();
        try {
            answer.waitForFinished(); // it has; this throws what it holds
        } catch (const std::exception &error) {
            failed(error);
            return;
        }
        if constexpr (std::is_void_v<Result>) {
            if (!answer.isCanceled())
                done();
        } else if (answer.resultCount() > 0) {
            done(answer.result());
        }
    });
    watcher->setFuture(future);
}

} // namespace procession
