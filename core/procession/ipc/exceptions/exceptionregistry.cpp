// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/exceptionregistry.h>

#include <procession/ipc/wire/typename.h>
#include <procession/platform/child/forkmutex.h>

#include <deque>
#include <mutex>
#include <typeindex>
#include <unordered_map>

namespace procession::detail {

namespace {
/// Types are added and never removed, so pointers to them stay valid.
class Registry
{
public:
    static Registry &instance()
    {
        // Never destroyed: an exception may be in flight while the program ends.
        static auto *registry = new Registry;
        return *registry;
    }

    void add(const ExceptionType &type)
    {
        const std::scoped_lock lock(m_mutex);
        takeKnown();
        const auto known = m_byName.find(type.name);
        if (known == m_byName.end()) {
            insert(type);
        } else if (*known->second->type != *type.type) {
            throw ProcessError("two exception types are registered as \"" + type.name
                + "\": give one of them another name in registerException()");
        }
    }

    const ExceptionType *find(const std::type_info &type)
    {
        const std::scoped_lock lock(m_mutex);
        takeKnown();
        const auto found = m_byType.find(type);
        return found == m_byType.end() ? nullptr : found->second;
    }

    const ExceptionType *find(const std::string &name)
    {
        const std::scoped_lock lock(m_mutex);
        takeKnown();
        const auto found = m_byName.find(name);
        return found == m_byName.end() ? nullptr : found->second;
    }

    const ExceptionType *findWritten(const std::string &name)
    {
        const std::scoped_lock lock(m_mutex);
        takeKnown();
        const ExceptionType *found = nullptr;
        for (const ExceptionType &type : m_types) {
            if (demangled(type.type->name()) != name)
                continue;
            if (found)
                return nullptr; // two files have types of that name
            found = &type;
        }
        return found;
    }

private:
    Registry()
    {
        for (const ExceptionType &type : standardExceptionTypes())
            insert(type);
    }

    void takeKnown()
    {
        while (const auto type = ExceptionNode::take()) {
            if (!m_byName.contains(type->name))
                insert(*type);
        }
    }

    void insert(const ExceptionType &type)
    {
        const ExceptionType *kept = &m_types.emplace_back(type);
        m_byName.emplace(kept->name, kept);
        m_byType.emplace(*kept->type, kept);
        m_byType.emplace(*kept->remoteType, kept);
        m_byType.emplace(*kept->nestedType, kept);
    }

    ForkMutex m_mutex;
    std::deque<ExceptionType> m_types;
    std::unordered_map<std::string, const ExceptionType *> m_byName;
    std::unordered_map<std::type_index, const ExceptionType *> m_byType;
};
} // namespace

namespace {
// Constant-initialised, so that static constructors can use them.
constinit std::mutex nodesMutex;
constinit ExceptionNode *nodes = nullptr;
} // namespace

ExceptionNode::ExceptionNode(const char *name, ExceptionType (*make)(const char *name)) noexcept : m_name(name), m_make(make)
{
    const std::scoped_lock lock(nodesMutex);
    m_next = std::exchange(nodes, this);
}

ExceptionNode::~ExceptionNode()
{
    const std::scoped_lock lock(nodesMutex);
    ExceptionNode **link = &nodes;
    while (*link && *link != this)
        link = &(*link)->m_next;
    if (*link)
        *link = m_next;
}

std::optional<ExceptionType> ExceptionNode::take()
{
    const std::scoped_lock lock(nodesMutex);
    const ExceptionNode *node = nodes;
    if (!node)
        return std::nullopt;
    nodes = node->m_next;
    return node->m_make(node->m_name);
}

void addExceptionType(const ExceptionType &type) { Registry::instance().add(type); }

const ExceptionType *findExceptionType(const std::type_info &type) { return Registry::instance().find(type); }

const ExceptionType *findExceptionType(const std::string &name) { return Registry::instance().find(name); }

const ExceptionType *findExceptionTypeWritten(const std::string &name) { return Registry::instance().findWritten(name); }

} // namespace procession::detail
