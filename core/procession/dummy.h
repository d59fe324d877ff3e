// SPDX-License-Identifier: MIT
#pragma once

#include <procession/pool/dummyprocess.h>

#include <procession/ipc/connectionnotifier.h>
#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/ipc/exceptions/remoteerror.h>
#include <procession/ipc/wait.h>
#include <procession/monitor/monitor.h>
#include <procession/process/child/logging.h>
#include <procession/process/functions/registeredfunction.h>
#include <procession/process/functions/tasklibrary.h>
#include <procession/process/launch/forkserverpreload.h>
#include <procession/process/launch/freezesupport.h>
#include <procession/process/programprocess.h>
#include <procession/queue/joinablequeue.h>
#include <procession/queue/queuenotifier.h>
#include <procession/queue/simplequeue.h>
#include <procession/shared/data/indexerror.h>
#include <procession/shared/data/valueerror.h>
#include <procession/shared/dynamicarray.h>
#include <procession/shared/dynamicvalue.h>
#include <procession/shared/shareablelist.h>
#include <procession/shared/sharedmemory.h>
#include <procession/sync/barrier.h>
#include <procession/sync/boundedsemaphore.h>
#include <procession/sync/state/brokenbarrier.h>
#include <procession/sync/state/locknotheld.h>

/// The API of this library on threads: the same code, with this namespace in place of `procession`, runs in one process. For work that
/// waits more than it computes, and to find out whether a fault is in the code or in its use of several processes.
///
/// \code
/// namespace mp = procession::dummy;           // or procession
///
/// void download(const QString &url, const mp::Queue<QByteArray> &pages) { … }
///
/// int main(int argc, char **argv)
/// {
///     mp::freezeSupport(argc, argv);
///     mp::Queue<QByteArray> pages;
///     mp::Process process(&download, QStringLiteral("https://procession.example"), pages);
///     process.start();
///     std::cout << pages.get().constData();
///     process.join();
///     mp::Pool pool(4);
///     …
/// }
/// \endcode
///
/// All names are here: classes to derive from, queues, locks, values, errors, functions. Process, Context and Pool are separate classes,
/// which start threads whatever start method is chosen. Everything else is the same as in `procession`. A program specialises `Codec`,
/// `isTransferable` and `ExceptionCodec` in `procession`, for both.
///
/// What threads do not have is refused as under `StartMethod::Thread`: they cannot be terminated, killed, interrupted or suspended, and
/// std::exit() in one of them ends the program. (Reference: multiprocessing.dummy)
namespace procession::dummy {

// Processes: Process is in dummyprocess.h, Context and the start methods in dummycontext.h
using procession::activeChildren;
using procession::ContextError;
using procession::cpuCount;
using procession::CurrentProcess;
using procession::currentProcess;
using procession::ExitStatus;
using procession::freezeSupport;
using procession::logger;
using procession::logToStderr;
using procession::parentProcess;
using procession::ProcessHandle;
using procession::ProcessOptions;
using procession::processSeed;
using procession::ProgramProcess;
using procession::setExecutable;
using procession::setForkServerPreload;
using procession::signalName;
using procession::Target;
using procession::usableCpuCount;
using procession::WhenDestroyed;

// Functions and values
using procession::bind;
using procession::BoundFunction;
using procession::Codec;
using procession::Decoder;
using procession::Encodable;
using procession::Encoder;
using procession::ExceptionCodec;
using procession::FunctionError;
using procession::isTransferable;
using procession::IsTransferableFunction;
using procession::KnownException;
using procession::registeredFunction;
using procession::RegisteredFunction;
using procession::registeredFunctions;
using procession::registerException;
using procession::registerFunction;
using procession::TaskLibrary;
using procession::TaskLibraryError;

// Errors
using procession::AuthenticationError;
using procession::BufferTooShort;
using procession::DecodeError;
using procession::EncodeError;
using procession::EndOfFile;
using procession::NotTransferable;
using procession::ProcessError;
using procession::RemoteError;
using procession::RemoteTrace;
using procession::remoteTraceOf;
using procession::SystemError;
using procession::TimeoutError;

// Pools: Pool is in dummycontext.h
using procession::AsyncResult;
using procession::CallOutput;
using procession::isTaskCancelled;
using procession::MapResult;
using procession::MemoryLimitExceeded;
using procession::PoolError;
using procession::PoolInitializer;
using procession::PoolOptions;
using procession::PoolOutput;
using procession::PoolWorkerInfo;
using procession::reportProgress;
using procession::ResultIterator;
using procession::RetryPolicy;
using procession::TaskCancelled;
using procession::TaskOptions;
using procession::TaskProgress;
using procession::TaskTimeout;
using procession::ThreadPool;
using procession::WorkerLost;

// Queues, connections
using procession::Connection;
using procession::ConnectionNotifier;
using procession::Descriptor;
using procession::Duplex;
using procession::Empty;
using procession::Full;
using procession::JoinableQueue;
using procession::Message;
using procession::openNull;
using procession::pipe;
using procession::Queue;
using procession::QueueError;
using procession::QueueNotifier;
using procession::SimpleQueue;
using procession::wait;
using procession::Waitable;

// Locks and the like
using procession::Barrier;
using procession::BarrierAction;
using procession::BoundedSemaphore;
using procession::BrokenBarrier;
using procession::Condition;
using procession::Event;
using procession::Lock;
using procession::LockNotHeld;
using procession::ReleaseError;
using procession::RLock;
using procession::Semaphore;

// Shared values and memory
using procession::AnyLock;
using procession::Array;
using procession::copy;
using procession::IndexError;
using procession::NoLock;
using procession::RawArray;
using procession::RawValue;
using procession::ShareableList;
using procession::ShareableListEntry;
using procession::SharedMemory;
using procession::SharedMemoryError;
using procession::SharedMemoryExists;
using procession::SharedMemoryNotFound;
using procession::Synchronized;
using procession::synchronized;
using procession::Typecode;
using procession::Value;
using procession::ValueError;
using procession::WithoutLock;

// The program, seen from outside
using procession::availableMemory;
using procession::Monitor;
using procession::MonitoredMemory;
using procession::MonitoredObject;
using procession::MonitoredProcess;
using procession::MonitoredProgram;
using procession::MonitoredThread;
using procession::nameOf;
using procession::processTreeUsage;
using procession::ProcessUsage;
using procession::Snapshot;
using procession::systemLoad;

} // namespace procession::dummy
