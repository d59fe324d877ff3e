// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/qglobal.h>

#include <new>
#include <sys/mman.h>

/// One object in memory that this process and its copies share, apart from all that is tested. Zeros at first; only what is touched costs.
template <typename T>
class Shared
{
public:
    Shared()
        : m_memory(::mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)),
          m_object(m_memory == MAP_FAILED ? throw std::bad_alloc() : new (m_memory) T)
    {
    }
    ~Shared() { ::munmap(m_memory, sizeof(T)); }
    Q_DISABLE_COPY_MOVE(Shared)
    T &operator*() const { return *m_object; }
    T *operator->() const { return m_object; }

private:
    void *m_memory;
    T *m_object;
};
