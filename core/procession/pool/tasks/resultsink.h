// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/tasks/submission.h>

namespace procession {

/// Receives the outcomes of a Submission's calls. Requires the pool's lock.
template <typename R>
class ResultSink
{
public:
    ResultSink() = default;
    Q_DISABLE_COPY_MOVE(ResultSink)
    virtual ~ResultSink() = default;

    /// To be called once for each index: this function or fail().
    virtual void set(quint64 index, R &&result) = 0;
    virtual void fail(quint64 index, const std::exception_ptr &exception) = 0;
    virtual void captured(const TaskChunk &, CallOutput &&) { }
    virtual void progressed(const TaskProgress &) { }
    virtual bool isUnwanted() const { return false; }
    /// See Submission.
    virtual void takeLater(Submission::Later &) { }
};

} // namespace procession
