#include "store/search_words.h"

#include <sqlite3.h>

#include <new>

#include "vanban/base/utf8.h"
#include "vanban/normalise/text.h"

namespace vanban::store {
namespace {

bool is_ascii_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Beyond ASCII everything is part of a word but spaces, punctuation and symbols.
bool is_word(char32_t c) {
  if (c < 0x80) return is_ascii_word(static_cast<unsigned char>(c));
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c == 0xD7 || c == 0xF7) return false;
  if (c >= 0x2000 && c < 0x2C00) return false;  // punctuation, currency, arrows, mathematics, boxes, dingbats
  if (c >= 0x2E00 && c < 0x2E80) return false;
  if (c >= 0x3000 && c < 0x3040) return false;
  if (c >= 0xE000 && c < 0xF900) return false;  // private use
  if (c >= 0xFE00 && c < 0xFE70) return false;
  if ((c >= 0xFF00 && c < 0xFF10) || (c >= 0xFF1A && c < 0xFF21) || (c >= 0xFF3B && c < 0xFF41)) return false;
  if (c >= 0xFF5B && c < 0xFF66) return false;
  if (c >= 0xFFE0 && c <= 0xFFFF) return false;
  return c < 0x1F000 || c >= 0x20000;  // emoji
}

bool is_ascii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

}  // namespace

bool next_word(std::string_view text, std::size_t& at, TextRange& where) {
  const auto word_at = [&](std::size_t& offset) {
    const auto byte = static_cast<unsigned char>(text[offset]);
    if (byte < 0x80) {
      ++offset;
      return is_ascii_word(byte);
    }
    return is_word(decode_utf8(text, offset));
  };
  while (at < text.size()) {
    std::size_t next = at;
    if (word_at(next)) {
      where.begin = at;
      at = next;
      while (at < text.size()) {
        next = at;
        if (!word_at(next)) break;
        at = next;
      }
      where.end = at;
      return true;
    }
    at = next;
  }
  return false;
}

const WordKeys& WordKeyCache::of(std::string_view word) {
  constexpr std::size_t kLongestWord =
      128;  // bytes; what is longer is no word, and its beginning is enough to find it
  if (word.size() > kLongestWord) {
    std::size_t cut = kLongestWord;
    while (cut > 0 && (static_cast<unsigned char>(word[cut]) & 0xC0) == 0x80) --cut;
    word = word.substr(0, cut);
  }
  const auto found = known_.find(word);
  if (found != known_.end()) return found->second;
  constexpr std::size_t kMostWords = 50'000;
  if (known_.size() >= kMostWords) known_.clear();
  WordKeys keys;
  if (is_ascii(word)) {
    for (const char c : word) keys.folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    keys.toned = keys.folded;
  } else {
    keys.toned = comparison_key(word);
    keys.folded = fold(keys.toned);
  }
  return known_.emplace(std::string(word), std::move(keys)).first->second;
}

std::string number_word(std::string_view number_key, int year) {
  std::string word;
  for (const char c : number_key) {
    if (is_ascii_word(static_cast<unsigned char>(c))) word += c;
  }
  if (word.empty()) return word;
  word.insert(0, "nk");
  if (year > 0) word += "y" + std::to_string(year);
  return word;
}

std::string number_words(std::string_view number_key, int year) {
  std::string words = number_word(number_key, 0);
  if (!words.empty() && year > 0) words += " " + number_word(number_key, year);
  return words;
}

// ---- the tokenizer ------------------------------------------------------------------------------

namespace {

using EmitToken = int (*)(void* context, int flags, const char* token, int size, int begin, int end);

int tokenize(WordKeyCache& cache, void* context, int flags, std::string_view text, EmitToken emit) {
  std::size_t at = 0;
  TextRange where;
  while (next_word(text, at, where)) {
    const WordKeys& keys = cache.of(where.of(text));
    const auto put = [&](int token_flags, const std::string& key) {
      return emit(context, token_flags, key.data(), static_cast<int>(key.size()),
                  static_cast<int>(where.begin), static_cast<int>(where.end));
    };
    if (keys.folded.empty()) continue;
    if ((flags & FTS5_TOKENIZE_QUERY) != 0) {
      if (const int code = put(0, keys.wanted()); code != SQLITE_OK) return code;
      continue;
    }
    if (const int code = put(0, keys.folded); code != SQLITE_OK) return code;
    if (keys.toned != keys.folded) {
      if (const int code = put(FTS5_TOKEN_COLOCATED, keys.toned); code != SQLITE_OK) return code;
    }
  }
  return SQLITE_OK;
}

int create_tokenizer(void*, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(new (std::nothrow) WordKeyCache);
  return *out == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer* tokenizer) { delete reinterpret_cast<WordKeyCache*>(tokenizer); }

int run_tokenizer(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int size,
                  EmitToken emit) {
  if (text == nullptr || size <= 0) return SQLITE_OK;
  try {
    return tokenize(*reinterpret_cast<WordKeyCache*>(tokenizer), context, flags,
                    std::string_view(text, static_cast<std::size_t>(size)), emit);
  } catch (...) {  // memory alone can run out here, and C stands above
    return SQLITE_NOMEM;
  }
}

}  // namespace

fts5_api* fts5_of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
  sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

bool register_tokenizer(sqlite3* database) {
  fts5_api* api = fts5_of(database);
  if (api == nullptr) return false;
  fts5_tokenizer tokenizer = {create_tokenizer, delete_tokenizer, run_tokenizer};
  return api->xCreateTokenizer(api, "vanban", nullptr, &tokenizer, nullptr) == SQLITE_OK;
}

}  // namespace vanban::store
