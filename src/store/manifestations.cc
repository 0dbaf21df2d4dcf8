#include "store/manifestations.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>

#include "store/reading.h"
#include "store/writing.h"
#include "vanban/lexicon/identity.h"

namespace vanban::store {
namespace {

// A band that more documents share says nothing of them: a printed form, the usual letter. So what a document
// is compared with stays few, and which it is does not depend on who came first: where one more makes a band
// too full, or one less makes it tell again, all that are in it are compared anew.
constexpr std::size_t kFullBand = 50;
constexpr std::size_t kMostAlike = 50;  // with more of the same text a document keeps its own name

std::vector<std::int64_t> numbers_of(Query& query) {
  std::vector<std::int64_t> out;
  while (query.step()) out.push_back(query.integer(0));
  return out;
}

// At most one more than a full band has.
std::vector<std::int64_t> members(Connection& database, std::int64_t band) {
  Query query = database.query("SELECT document FROM text_bands WHERE band = ? ORDER BY document LIMIT ?");
  query.bind(band, kFullBand + 2);
  return numbers_of(query);
}

std::string packed(const std::vector<std::uint64_t>& bands) {
  std::string out;
  for (const std::uint64_t band : bands)
    for (int byte = 0; byte < 8; ++byte) out += static_cast<char>(band >> (8 * byte) & 0xFF);
  return out;
}

std::vector<std::int64_t> bands_of(Connection& database, std::int64_t document) {
  std::string bytes;
  {
    Query query = database.query("SELECT bands FROM text_sketches WHERE document = ?");
    query.bind(document);
    if (query.step()) bytes = query.text(0);
  }
  std::vector<std::int64_t> out;
  for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t band = 0;
    for (std::size_t byte = 0; byte < 8; ++byte)
      band |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + byte])) << (8 * byte);
    out.push_back(static_cast<std::int64_t>(band));
  }
  return out;
}

void mark(Connection& database, const char* table, std::int64_t document) {
  database.query(std::string("INSERT OR IGNORE INTO ") + table + " (document) VALUES (?)")
      .bind(document)
      .run();
}

std::vector<std::int64_t> others_of(Connection& database, std::int64_t document) {
  Query query = database.query("SELECT other FROM same_texts WHERE document = ? ORDER BY other");
  query.bind(document);
  return numbers_of(query);
}

// What a document is called follows from those that it is the same as, and from what those are the same as.
void unsettle_around(Connection& database, std::int64_t document) {
  mark(database, "unsettled", document);
  database.query("INSERT OR IGNORE INTO unsettled (document) SELECT other FROM same_texts WHERE document = ?")
      .bind(document)
      .run();
}

DocumentHeader header_of(Connection& database, std::int64_t document) {
  Query query = database.query(
      "SELECT d.id, d.type, d.number, d.date, coalesce(a.name, ''), coalesce(a.id, ''), d.draft, "
      "d.signer_name"
      " FROM documents d LEFT JOIN agencies a ON a.key = d.issuer WHERE d.key = ?");
  query.bind(document);
  if (!query.step())
    throw SqlFailure{make_error(ErrorCode::kNotFound, "no document row " + std::to_string(document))};
  return stated_header(query);
}

struct Member {
  std::int64_t key = 0;
  std::string own_id;
  bool unnamed = false;
  std::tuple<std::int64_t, std::string, std::int64_t> rank;  // the least is the best file of a document
};

std::optional<Member> member(Connection& database, std::int64_t key) {
  Query query = database.query(
      "SELECT CASE own_id WHEN '' THEN id ELSE own_id END, unnamed, rank, content, ordinal FROM documents"
      " WHERE key = ?");
  query.bind(key);
  if (!query.step()) return std::nullopt;
  return Member{
      key, query.text(0), query.integer(1) != 0, {query.integer(2), query.text(3), query.integer(4)}};
}

// Nothing: more than can be told apart.
std::optional<std::vector<Member>> alike(Connection& database, std::int64_t key) {
  const std::vector<std::int64_t> others = others_of(database, key);
  if (others.size() > kMostAlike) return std::nullopt;
  std::vector<Member> out;
  for (const std::int64_t other : others)
    if (std::optional<Member> one = member(database, other)) out.push_back(std::move(*one));
  return out;
}

// What a document is called. It follows from the documents that are held and which of them are the same, not
// from what any is called now: so the order of loading does not matter.
// - The one document with a name of its own that it is the same as, or that all the nameless ones it is the
// same as
//   lead to. Two such names: none of them, since one text cannot be both.
// - Nameless ones that are all the same as each other: the best file's.
std::string name_of(Connection& database, const Member& self) {
  if (!self.unnamed) return self.own_id;
  const std::optional<std::vector<Member>> near = alike(database, self.key);
  if (!near || near->empty()) return self.own_id;
  std::set<std::string> names;
  std::set<std::int64_t> nameless{self.key};
  Member best = self;
  for (const Member& one : *near) {
    if (one.unnamed) {
      nameless.insert(one.key);
      if (one.rank < best.rank) best = one;
    } else {
      names.insert(one.own_id);
    }
  }
  if (!names.empty()) return names.size() == 1 ? *names.begin() : self.own_id;
  bool all_with_all = true;
  const DocumentHeader header = header_of(database, self.key);
  for (const Member& one : *near) {
    const std::optional<std::vector<Member>> beyond = alike(database, one.key);
    if (!beyond) return self.own_id;
    std::set<std::int64_t> also{one.key};
    for (const Member& far : *beyond) {
      if (far.unnamed) {
        also.insert(far.key);
        continue;
      }
      if (!may_be_one(header, header_of(database, far.key))) return self.own_id;
      names.insert(far.own_id);
    }
    all_with_all = all_with_all && also == nameless;
  }
  if (!names.empty()) return names.size() == 1 ? *names.begin() : self.own_id;
  return all_with_all ? best.own_id : self.own_id;
}

}  // namespace

std::vector<std::int64_t> uncompared(Connection& database, std::size_t most) {
  Query query = database.query("SELECT document FROM uncompared ORDER BY document LIMIT ?");
  query.bind(most);
  return numbers_of(query);
}

std::vector<std::vector<std::int64_t>> claimants(Connection& database) {
  std::vector<std::vector<std::int64_t>> groups;
  Query query = database.query(
      "SELECT key, id FROM documents WHERE id IN (SELECT id FROM documents GROUP BY id HAVING count(*) > 1)"
      " ORDER BY id, active DESC, rank, content, ordinal");
  std::string id;
  while (query.step()) {
    if (groups.empty() || query.text(1) != id) groups.emplace_back();
    id = query.text(1);
    groups.back().push_back(query.integer(0));
  }
  return groups;
}

HeldText held_text(Connection& database, std::int64_t document) {
  HeldText held;
  held.key = document;
  held.header = header_of(database, document);
  Query query = database.query(
      "SELECT t.body, d.text_origin FROM documents d JOIN document_texts t ON t.document = d.key WHERE d.key "
      "= ?");
  query.bind(document);
  if (query.step()) {
    held.text = query.text(0);
    for (const TextOrigin one : {TextOrigin::kTextLayer, TextOrigin::kOcr, TextOrigin::kMixed})
      if (text_origin_name(one) == query.text(1)) held.origin = one;
  }
  return held;
}

std::vector<std::int64_t> write_sketch(Connection& database, std::int64_t document, std::size_t words,
                                       const std::vector<std::uint64_t>& bands) {
  Transaction transaction(database);
  const std::optional<Member> self = member(database, document);
  if (!self) return {};
  const bool fresh = bands_of(database, document).empty();
  if (fresh && !bands.empty()) {
    database.query("INSERT OR REPLACE INTO text_sketches (document, words, bands) VALUES (?, ?, ?)")
        .bind(document, words)
        .bind_blob(packed(bands))
        .run();
  }
  std::set<std::int64_t> found;
  for (const std::int64_t band :
       fresh ? std::vector<std::int64_t>(bands.begin(), bands.end()) : bands_of(database, document)) {
    if (fresh)
      database.query("INSERT OR IGNORE INTO text_bands (band, document) VALUES (?, ?)")
          .bind(band, document)
          .run();
    const std::vector<std::int64_t> in_band = members(database, band);
    if (in_band.size() <= kFullBand) {
      found.insert(in_band.begin(), in_band.end());
    } else if (fresh && in_band.size() == kFullBand + 1) {
      for (const std::int64_t one : in_band)
        if (one != document) mark(database, "uncompared", one);
    }
  }
  found.erase(document);
  transaction.commit();
  std::vector<std::int64_t> candidates;
  Query query = database.query(
      "SELECT d.unnamed, s.words FROM documents d JOIN text_sketches s ON s.document = d.key WHERE d.key = "
      "?");
  for (const std::int64_t one : found) {
    query.again().bind(one);
    if (!query.step()) continue;
    const bool nameless = self->unnamed || query.integer(0) != 0;
    const auto its = static_cast<std::size_t>(query.integer(1));
    // Texts of much different lengths are not the same; a stamp has some words.
    constexpr std::size_t kStamp = 100;
    if (nameless && std::max(its, words) <= std::min(its, words) + std::min(its, words) / 4 + kStamp)
      candidates.push_back(one);
  }
  return candidates;
}

void write_same(Connection& database, std::int64_t document, const std::vector<std::int64_t>& others) {
  Transaction transaction(database);
  std::vector<std::int64_t> before = others_of(database, document), now = others;
  std::sort(now.begin(), now.end());
  if (before != now) {
    std::vector<std::int64_t> changed;
    std::set_symmetric_difference(before.begin(), before.end(), now.begin(), now.end(),
                                  std::back_inserter(changed));
    const auto unsettle = [&] {
      unsettle_around(database, document);
      for (const std::int64_t one : changed) unsettle_around(database, one);
    };
    unsettle();
    database.query("DELETE FROM same_texts WHERE document = ?").bind(document).run();
    for (const std::int64_t one : before)
      database.query("DELETE FROM same_texts WHERE document = ? AND other = ?").bind(one, document).run();
    for (const std::int64_t one : now) {
      database.query("INSERT OR IGNORE INTO same_texts (document, other) VALUES (?1, ?2), (?2, ?1)")
          .bind(document, one)
          .run();
    }
    unsettle();
  }
  database.query("DELETE FROM uncompared WHERE document = ?").bind(document).run();
  transaction.commit();
}

std::size_t settle_manifestations(Connection& database) {
  Transaction transaction(database);
  std::vector<std::int64_t> keys;
  {
    Query query = database.query("SELECT document FROM unsettled ORDER BY document");
    keys = numbers_of(query);
  }
  if (keys.empty()) return 0;
  std::set<std::string> touched;
  std::size_t renamed = 0;
  for (const std::int64_t key : keys) {
    const std::optional<Member> self = member(database, key);
    if (!self) continue;
    const std::string name = name_of(database, *self);
    std::string before;
    {
      Query query = database.query("SELECT id FROM documents WHERE key = ?");
      query.bind(key);
      if (query.step()) before = query.text(0);
    }
    if (before == name) continue;
    rename_document(database, key, name, name == self->own_id ? std::string() : self->own_id);
    touched.insert(before);
    touched.insert(name);
    ++renamed;
  }
  const std::int64_t nothing_fresh = database.integer("SELECT coalesce(max(key), 0) + 1 FROM documents");
  for (const std::string& id : touched) elect(database, id, nothing_fresh);
  database.run("DELETE FROM unsettled");
  transaction.commit();
  return renamed;
}

void to_compare(Connection& database, std::int64_t document) { mark(database, "uncompared", document); }

void forget_text(Connection& database, std::int64_t document) {
  unsettle_around(database, document);
  for (const std::int64_t one : others_of(database, document)) unsettle_around(database, one);
  database.query("DELETE FROM same_texts WHERE document = ?1 OR other = ?1").bind(document).run();
  for (const std::int64_t band : bands_of(database, document)) {
    const std::vector<std::int64_t> in_band = members(database, band);
    database.query("DELETE FROM text_bands WHERE band = ? AND document = ?").bind(band, document).run();
    if (in_band.size() != kFullBand + 1) continue;
    for (const std::int64_t one : in_band)
      if (one != document) mark(database, "uncompared", one);
  }
}

}  // namespace vanban::store
