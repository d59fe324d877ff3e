// SPDX-License-Identifier: MIT
#pragma once

// The namespace that a suite tests: each is compiled for `procession` and, as tst_NAME_dummy, for `procession::dummy`. What a program
// specialises, such as Codec, it specialises in `procession` in either case.
#ifdef PROCESSION_TEST_DUMMY
#include <procession/dummy.h>
namespace mp = procession::dummy;
#else
#include <procession/process/process.h>
namespace mp = procession;
#endif
