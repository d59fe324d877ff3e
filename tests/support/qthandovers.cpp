// SPDX-License-Identifier: MIT
// Tells ThreadSanitizer what Qt's hand-overs between threads order.
//
// Qt is not instrumented: the sanitizer does not see that a thread pool, a queued call or a future orders what it hands over, and
// reports that as races. Suppressing them would hide true races in what is handed over. So here are functions with the names of
// Qt's: calls from Procession's code come here, say what is ordered, and go on to Qt. Only for Qt before 6.6, whose functions these are.
#include <QtCore/QEvent>
#include <QtCore/QFutureInterface>
#include <QtCore/QObject>
#include <QtCore/QRunnable>
#include <QtCore/QScopeGuard>
#include <QtCore/QThreadPool>

#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <functional>
#include <sanitizer/tsan_interface.h>

namespace {

/// Qt's own function of that name.
template <typename Function>
Function *ofQt(const char *name)
{
    void *address = dlsym(RTLD_NEXT, name);
    if (!address) {
        std::fprintf(stderr, "qthandovers: there is no %s in this Qt: adapt tests/support/qthandovers.cpp\n", name);
        std::abort();
    }
    return reinterpret_cast<Function *>(address);
}

} // namespace

// A name beside each function: the one that calls to Qt's are linked by.
#define HANDOVER(NAME, RESULT, FUNCTION, ...)                                                                                    \
    RESULT FUNCTION(__VA_ARGS__) asm(NAME);                                                                                      \
    static const auto FUNCTION##OfQt = [] { return ofQt<RESULT(__VA_ARGS__)>(NAME); }

// --- QThreadPool ------------------------------------------------------------------------------------------------------

HANDOVER("_ZN11QThreadPool5startESt8functionIFvvEEi", void, startInPool, QThreadPool *, std::function<void()>, int);
HANDOVER("_ZN11QThreadPool11waitForDoneEi", bool, waitForPool, QThreadPool *, int);
HANDOVER("_ZN11QThreadPoolD1Ev", void, destroyPool, QThreadPool *);

namespace {

class HandedWork : public QRunnable
{
public:
    HandedWork(QThreadPool *pool, std::function<void()> work) : m_pool(pool), m_work(std::move(work)) { __tsan_release(this); }

    void run() override
    {
        __tsan_acquire(this);
        m_work();
        m_work = nullptr;
        __tsan_release(m_pool);
    }

private:
    QThreadPool *m_pool;
    std::function<void()> m_work;
};

} // namespace

void startInPool(QThreadPool *pool, std::function<void()> work, int priority)
{
    pool->start(new HandedWork(pool, std::move(work)), priority);
}

bool waitForPool(QThreadPool *pool, int milliseconds)
{
    static const auto next = waitForPoolOfQt();
    const bool isDone = next(pool, milliseconds);
    if (isDone)
        __tsan_acquire(pool);
    return isDone;
}

void destroyPool(QThreadPool *pool)
{
    static const auto next = destroyPoolOfQt();
    next(pool);
    __tsan_acquire(pool);
}

// --- QMetaObject::invokeMethod, and slots -----------------------------------------------------------------------------

HANDOVER("_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv", bool, invoke,
    QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
HANDOVER("_ZN7QObject11connectImplEPKS_PPvS1_S3_PN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPKiPK11QMetaObject",
    QMetaObject::Connection, connectSlot, const QObject *, void **, const QObject *, void **, QtPrivate::QSlotObjectBase *,
    Qt::ConnectionType, const int *, const QMetaObject *);
HANDOVER("_ZN11QMetaObject8activateEP7QObjectPKS_iPPv", void, emitSignal, QObject *, const QMetaObject *, int, void **);

namespace {

class HandedCall : public QtPrivate::QSlotObjectBase
{
public:
    /// \param sender  of the signal that it is called for; null when it is called by itself
    explicit HandedCall(QSlotObjectBase *call, const QObject *sender = nullptr)
        : QSlotObjectBase(&HandedCall::handle), m_call(call), m_sender(const_cast<QObject *>(sender))
    {
        __tsan_release(this);
    }

private:
    static void handle(int operation, QSlotObjectBase *base, QObject *receiver, void **arguments, bool *result)
    {
        __tsan_acquire(base);
        auto *self = static_cast<HandedCall *>(base);
        if (operation == Call) {
            if (self->m_sender)
                __tsan_acquire(self->m_sender);
            self->m_call->call(receiver, arguments);
            __tsan_release(base); // for who waits for a blocking call, or destroys this
        } else if (operation == Compare) {
            *result = self->m_call->compare(arguments);
        } else if (operation == Destroy) {
            self->m_call->destroyIfLastRef();
            delete self;
        }
    }

    QSlotObjectBase *m_call;
    void *m_sender;
};

} // namespace

bool invoke(QObject *receiver, QtPrivate::QSlotObjectBase *call, Qt::ConnectionType type, void *result)
{
    static const auto next = invokeOfQt();
    return next(receiver, new HandedCall(call), type, result);
}

QMetaObject::Connection connectSlot(const QObject *sender, void **signal, const QObject *receiver, void **slot,
    QtPrivate::QSlotObjectBase *call, Qt::ConnectionType type, const int *types, const QMetaObject *senders)
{
    static const auto next = connectSlotOfQt();
    return next(sender, signal, receiver, slot, call ? new HandedCall(call, sender) : nullptr, type, types, senders);
}

void emitSignal(QObject *sender, const QMetaObject *senders, int signal, void **arguments)
{
    static const auto next = emitSignalOfQt();
    __tsan_release(sender);
    next(sender, senders, signal, arguments);
}

// --- QObject::deleteLater ---------------------------------------------------------------------------------------------

HANDOVER("_ZN7QObject11deleteLaterEv", void, deleteLater, QObject *);
HANDOVER("_ZN7QObject5eventEP6QEvent", bool, handleEvent, QObject *, QEvent *);

void deleteLater(QObject *object)
{
    static const auto next = deleteLaterOfQt();
    __tsan_release(object);
    next(object);
}

bool handleEvent(QObject *object, QEvent *event)
{
    static const auto next = handleEventOfQt();
    if (event->type() == QEvent::DeferredDelete)
        __tsan_acquire(object);
    return next(object, event);
}

// --- QFuture ----------------------------------------------------------------------------------------------------------

HANDOVER("_ZN20QFutureInterfaceBase18reportResultsReadyEii", void, reportResults, QFutureInterfaceBase *, int, int);
HANDOVER("_ZN20QFutureInterfaceBase14reportFinishedEv", void, reportFinished, QFutureInterfaceBase *);
HANDOVER("_ZN20QFutureInterfaceBase13waitForResultEi", void, waitForResult, QFutureInterfaceBase *, int);
HANDOVER("_ZNK20QFutureInterfaceBase6derefTEv", bool, dropFuture, const QFutureInterfaceBase *);
HANDOVER("_ZN20QFutureInterfaceBase15resultStoreBaseEv", QtPrivate::ResultStoreBase *, resultStore, QFutureInterfaceBase *);
HANDOVER("_ZNK20QFutureInterfaceBase15resultStoreBaseEv", const QtPrivate::ResultStoreBase *, constResultStore,
    const QFutureInterfaceBase *);

namespace {

/// What all copies of a future share.
void *sharedState(const QFutureInterfaceBase *future)
{
    static const auto store = constResultStoreOfQt();
    return const_cast<QtPrivate::ResultStoreBase *>(store(future));
}

} // namespace

void reportResults(QFutureInterfaceBase *future, int begin, int end)
{
    static const auto next = reportResultsOfQt();
    __tsan_release(sharedState(future));
    next(future, begin, end);
}

void reportFinished(QFutureInterfaceBase *future)
{
    static const auto next = reportFinishedOfQt();
    __tsan_release(sharedState(future));
    next(future);
}

/// Who drops the last one takes away what the others left.
bool dropFuture(const QFutureInterfaceBase *future)
{
    static const auto next = dropFutureOfQt();
    void *const state = sharedState(future);
    __tsan_release(state);
    const bool hasOthers = next(future);
    if (!hasOthers)
        __tsan_acquire(state);
    return hasOthers;
}

/// Throws what was reported instead of a result.
void waitForResult(QFutureInterfaceBase *future, int index)
{
    static const auto next = waitForResultOfQt();
    const auto acquire = qScopeGuard([future] { __tsan_acquire(sharedState(future)); });
    next(future, index);
}

QtPrivate::ResultStoreBase *resultStore(QFutureInterfaceBase *future)
{
    static const auto next = resultStoreOfQt();
    __tsan_acquire(sharedState(future));
    return next(future);
}

const QtPrivate::ResultStoreBase *constResultStore(const QFutureInterfaceBase *future)
{
    static const auto next = constResultStoreOfQt();
    __tsan_acquire(sharedState(future));
    return next(future);
}
