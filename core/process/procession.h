// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// All of Procession::Core that programs use. What Core has besides is for itself.

#include <procession/bind.h>
#include <procession/codec.h>
#include <procession/connection.h>
#include <procession/connectionnotifier.h>
#include <procession/context.h>
#include <procession/currentprocess.h>
#include <procession/descriptor.h>
#include <procession/dummy.h>
#include <procession/dynamicarray.h>
#include <procession/dynamicvalue.h>
#include <procession/errors.h>
#include <procession/exceptioncodec.h>
#include <procession/exitstatus.h>
#include <procession/forkserverpreload.h>
#include <procession/freezesupport.h>
#include <procession/functioncodec.h>
#include <procession/indexerror.h>
#include <procession/joinablequeue.h>
#include <procession/lock.h>
#include <procession/logging.h>
#include <procession/pipe.h>
#include <procession/process.h>
#include <procession/processerror.h>
#include <procession/processhandle.h>
#include <procession/programprocess.h>
#include <procession/queue.h>
#include <procession/queuenotifier.h>
#include <procession/registeredfunction.h>
#include <procession/remoteerror.h>
#include <procession/rlock.h>
#include <procession/shareablelist.h>
#include <procession/sharedarray.h>
#include <procession/sharedmemory.h>
#include <procession/sharedmemoryerror.h>
#include <procession/sharedvalue.h>
#include <procession/simplequeue.h>
#include <procession/startmethod.h>
#include <procession/systemload.h>
#include <procession/target.h>
#include <procession/value.h>
#include <procession/valueerror.h>
#include <procession/wait.h>
