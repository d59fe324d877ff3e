// SPDX-License-Identifier: MIT
#pragma once

#include <procession/platform/io/filelock.h>

#include <utility>

namespace procession {

/// What makes this program the one that runs a stored job: for as long as it lives, no other can claim the job, and all
/// see it as running. When the program dies, the hold is gone with it. May be passed on to and destroyed in any thread.
class JobLease
{
public:
    JobLease(qint64 job, FileLock lock) : m_lock(std::move(lock)), m_job(job) { }

    qint64 job() const { return m_job; }

private:
    FileLock m_lock;
    qint64 m_job;
};

} // namespace procession
