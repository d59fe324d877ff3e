// SPDX-License-Identifier: MIT
#include <procession/sharedobject.h>

#include <procession/objects.h>

namespace procession {

SharedObject::SharedObject(ObjectKind kind) : m_holding(std::make_shared<Holding>(makeObject(kind))) { }

void SharedObject::failNull() { throw ProcessError("this handle refers to nothing: it was moved from, or is null"); }

} // namespace procession
