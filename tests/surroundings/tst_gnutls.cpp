// SPDX-License-Identifier: MIT
#include "children.h"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <set>

using namespace procession;

namespace {

std::set<QByteArray> ownKeys;

QByteArray drawnKey(int)
{
    QByteArray key(32, '\0');
    demand(gnutls_rnd(GNUTLS_RND_KEY, key.data(), static_cast<std::size_t>(key.size())) == 0, "there are no random bytes");
    return key;
}

void use() { ownKeys.insert(drawnKey(0)); }

void act(const QByteArray &scene)
{
    const std::vector<QByteArray> keys = resultsOf<drawnKey>(scene, 1);
    const std::size_t before = ownKeys.size();
    std::set<QByteArray> all = ownKeys;
    all.insert(keys.begin(), keys.end());
    demand(all.size() == before + keys.size(),
        std::to_string(keys.size()) + " children drew " + std::to_string(all.size() - before) + " keys that are not the same");
    use();
    demand(!all.contains(drawnKey(0)), "the parent draws the key of a child");
}

} // namespace

/// GnuTLS knows by a handler of pthread_atfork() that its random numbers have to be seeded anew.
class TestGnuTls : public LibraryTest
{
    Q_OBJECT
};

PROCESSION_SURROUNDINGS_MAIN(TestGnuTls, use, act)

#include "tst_gnutls.moc"
