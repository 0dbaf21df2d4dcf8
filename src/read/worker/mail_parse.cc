#include "read/worker/mail_parse.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>

#include "read/worker/text.h"
#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr std::size_t kMostParts = 10'000, kMostLevels = 32, kLongestHead = 1u << 20;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    int value = -1;
    if (c >= 'A' && c <= 'Z') value = c - 'A';
    if (c >= 'a' && c <= 'z') value = c - 'a' + 26;
    if (c >= '0' && c <= '9') value = c - '0' + 52;
    if (c == '+' || c == '-') value = 62;
    if (c == '/' || c == '_') value = 63;
    if (value < 0) continue;  // line ends, padding
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out.push_back(static_cast<char>(bits >> have & 0xFF));
    }
  }
  return out;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int letter = std::toupper(static_cast<unsigned char>(c));
  return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

// Quoted-printable; in a field's encoded word ("Q") an underscore is a space.
std::string quoted_printable(std::string_view text, bool in_field) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_' && in_field) {
      out.push_back(' ');
      continue;
    }
    if (c != '=') {
      out.push_back(c);
      continue;
    }
    const std::size_t end = text.find_first_not_of(" \t\r", i + 1);
    if (!in_field && (end == std::string_view::npos || text[end] == '\n')) {  // a soft line break
      i = end == std::string_view::npos ? text.size() : end;
      continue;
    }
    const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out.push_back(c);
      continue;
    }
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return out;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      out.push_back(text[i]);
    } else {
      out.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    }
  }
  return out;
}

struct Field {
  std::string name;   // as it stands
  std::string value;  // unfolded
};

// The fields at the beginning of `bytes`; `at` is put behind them and their empty line.
std::vector<Field> fields_of(std::string_view bytes, std::size_t& at) {
  std::vector<Field> fields;
  if (bytes.starts_with("From ")) at = std::min(bytes.find('\n'), bytes.size() - 1) + 1;  // mbox
  while (at < bytes.size() && at < kLongestHead) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view line = bytes.substr(at, end - at);
    if (trimmed(line).empty()) {
      at = std::min(end + 1, bytes.size());
      return fields;
    }
    if ((line[0] == ' ' || line[0] == '\t') && !fields.empty()) {
      fields.back().value += ' ';
      fields.back().value += trimmed(line);
    } else {
      const std::size_t colon = line.find(':');
      if (colon == std::string_view::npos || colon == 0 || line.substr(0, colon).find(' ') < colon) {
        return fields;  // no field: the body begins without an empty line
      }
      fields.push_back({std::string(line.substr(0, colon)), std::string(trimmed(line.substr(colon + 1)))});
    }
    at = std::min(end + 1, bytes.size());
  }
  return fields;
}

std::string value_of(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (lower(field.name) == name) return field.value;
  }
  return {};
}

// "text/plain; charset=utf-8; name*0*=utf-8''C%C3%B4ng; name*1=.pdf": the value before the first semicolon,
// and the parameters, decoded.
struct Parameters {
  std::string value;
  std::map<std::string, std::string> named;
};
Parameters parameters_of(std::string_view field) {
  Parameters found;
  struct Piece {
    std::string text;
    bool percent = false;
  };
  std::map<std::string, std::map<int, Piece>> pieces;
  std::size_t at = std::min(field.find(';'), field.size());
  found.value = lower(trimmed(field.substr(0, at)));
  while (at < field.size()) {
    ++at;  // the semicolon
    const std::size_t equals = field.find_first_of("=;", at);
    if (equals == std::string_view::npos) break;
    if (field[equals] == ';') {
      at = equals;
      continue;
    }
    std::string name = lower(trimmed(field.substr(at, equals - at)));
    std::string value;
    at = std::min(field.find_first_not_of(" \t", equals + 1), field.size());
    if (at < field.size() && field[at] == '"') {
      for (++at; at < field.size() && field[at] != '"'; ++at) {
        if (field[at] == '\\' && at + 1 < field.size()) ++at;
        value += field[at];
      }
      at = std::min(field.find(';', at), field.size());
    } else {
      const std::size_t end = std::min(field.find(';', at), field.size());
      value = trimmed(field.substr(at, end - at));
      at = end;
    }
    const std::size_t star = name.find('*');
    Piece piece{std::move(value), name.back() == '*'};
    int number = 0;
    if (star != std::string::npos) {
      for (std::size_t i = star + 1;
           i < name.size() && std::isdigit(static_cast<unsigned char>(name[i])) && number < 1000; ++i)
        number = number * 10 + (name[i] - '0');
      name.resize(star);
    } else if (pieces.contains(name)) {
      continue;  // the extended form, which came before, says it better
    }
    pieces[name][number] = std::move(piece);
  }
  for (const auto& [name, numbered] : pieces) {
    std::string bytes, charset;
    bool extended = false;
    for (const auto& [number, piece] : numbered) {
      std::string_view text = piece.text;
      if (piece.percent && number == 0) {
        extended = true;
        const std::size_t first = text.find('\''), second = text.find('\'', first + 1);
        if (first != std::string_view::npos && second != std::string_view::npos) {
          charset = lower(text.substr(0, first));
          text.remove_prefix(second + 1);
        }
      }
      bytes += piece.percent ? percent_decoded(text) : std::string(text);
    }
    found.named[name] = extended ? decoded_text(bytes, charset) : decoded_field(bytes);
  }
  return found;
}

// The bodies between the boundary's lines.
std::vector<std::string_view> split_multipart(std::string_view body, const std::string& boundary) {
  std::vector<std::string_view> parts;
  const std::string mark = "--" + boundary;
  std::optional<std::size_t> begin;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    const std::string_view line = trimmed(body.substr(at, end - at));
    const bool last = line.size() == mark.size() + 2 && line.ends_with("--");
    if (line.starts_with(mark) && (line.size() == mark.size() || last)) {
      if (begin && at > *begin) parts.push_back(body.substr(*begin, at - *begin));
      begin.reset();
      if (last) return parts;
      begin = std::min(end + 1, body.size());
    }
    at = end + 1;
  }
  if (begin && *begin < body.size()) parts.push_back(body.substr(*begin));  // cut short
  return parts;
}

// windows-1258 where it differs from windows-1252: letters with hats, combining tone marks.
char32_t windows_1258(unsigned char byte) {
  static constexpr std::pair<unsigned char, char32_t> kOwn[] = {
      {0xC3, 0x102}, {0xCC, 0x300}, {0xD0, 0x110}, {0xD2, 0x309}, {0xD5, 0x1A0},
      {0xDD, 0x1AF}, {0xDE, 0x303}, {0xE3, 0x103}, {0xEC, 0x301}, {0xF0, 0x111},
      {0xF2, 0x323}, {0xF5, 0x1A1}, {0xFD, 0x1B0}, {0xFE, 0x20AB}};
  for (const auto& [own, code] : kOwn) {
    if (own == byte) return code;
  }
  return byte;
}

// What windows-1252 has in the places of the C1 control characters; 0: nothing.
constexpr char32_t kWindows1252[32] = {0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                       0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
                                       0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};

}  // namespace

std::string decoded_text(std::string_view bytes, std::string_view charset) {
  const bool vietnamese = charset == "windows-1258" || charset == "cp1258";
  const bool western = charset == "iso-8859-1" || charset == "windows-1252" || charset == "latin1";
  // Programs write "iso-8859-1" over text that is UTF-8; that it holds as UTF-8 is no accident.
  if (vietnamese || (western && !is_valid_utf8(bytes))) {
    std::string out;
    for (const char c : bytes) {
      const auto byte = static_cast<unsigned char>(c);
      char32_t code = vietnamese ? windows_1258(byte) : byte;
      if (byte >= 0x80 && byte < 0xA0 && kWindows1252[byte - 0x80] != 0) code = kWindows1252[byte - 0x80];
      append_utf8(out, code);
    }
    return out;
  }
  if (charset == "utf-16le" || charset == "utf-16be") {
    return decode_text((charset.back() == 'e' && charset[6] == 'l' ? "\xFF\xFE" : "\xFE\xFF") +
                       std::string(bytes))
        .text;
  }
  return decode_text(bytes).text;
}

std::string decoded_field(std::string_view field) {
  std::string out, pending, pending_charset;
  const auto flush = [&] {
    if (!pending.empty()) out += decoded_text(pending, pending_charset);
    pending.clear();
  };
  std::size_t at = 0;
  while (at < field.size()) {
    const std::size_t begin = field.find("=?", at);
    if (begin == std::string_view::npos) break;
    const std::size_t charset_end = field.find('?', begin + 2);
    const std::size_t kind_end =
        charset_end == std::string_view::npos ? charset_end : field.find('?', charset_end + 1);
    const std::size_t end = kind_end == std::string_view::npos ? kind_end : field.find("?=", kind_end + 1);
    if (end == std::string_view::npos || kind_end != charset_end + 2) {
      flush();
      out += decoded_text(field.substr(at, begin + 2 - at), "");
      at = begin + 2;
      continue;
    }
    const std::string_view between = field.substr(at, begin - at);
    std::string charset = lower(field.substr(begin + 2, charset_end - begin - 2));
    charset = charset.substr(0, charset.find('*'));  // a language may follow
    // White space between two encoded words is none; a letter may be cut in two by them.
    const bool adjoins = !pending.empty() && trimmed(between).empty();
    if (!adjoins || charset != pending_charset) flush();
    if (!adjoins && !between.empty()) out += decoded_text(between, "");
    pending_charset = charset;
    const std::string_view data = field.substr(kind_end + 1, end - kind_end - 1);
    const char kind = static_cast<char>(std::toupper(static_cast<unsigned char>(field[charset_end + 1])));
    pending += kind == 'B' ? base64(data) : quoted_printable(data, true);
    at = end + 2;
  }
  flush();
  if (at < field.size()) out += decoded_text(field.substr(at), "");
  return out;
}

bool looks_mail(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::size_t at = 0;
  const std::vector<Field> fields = fields_of(bytes.substr(0, 64u << 10), at);
  bool sent = false;
  int known = 0;
  for (const Field& field : fields) {
    const std::string name = lower(field.name);
    sent = sent || name == "from" || name == "received" || name == "return-path";
    for (const std::string_view one :
         {"received", "date", "subject", "to", "message-id", "mime-version", "content-type", "from"}) {
      known += name == one ? 1 : 0;
    }
  }
  return sent && known >= 3;
}

Result<Mail> parse_mail(std::string_view bytes, std::uint64_t most_bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Mail mail;
  struct Task {
    std::string_view bytes;
    std::size_t level = 0;
    bool alternative = false;
  };
  std::vector<Task> tasks = {{bytes, 0, false}};
  std::uint64_t total = 0;
  std::size_t seen = 0;
  while (!tasks.empty()) {
    const Task task = tasks.back();
    tasks.pop_back();
    if (++seen > kMostParts) {
      return make_error(ErrorCode::kLimitExceeded,
                        "the message has more than " + std::to_string(kMostParts) + " parts");
    }
    std::size_t at = 0;
    const std::vector<Field> fields = fields_of(task.bytes, at);
    if (task.level == 0) {
      for (const Field& field : fields) mail.heads.emplace_back(field.name, decoded_field(field.value));
    }
    const std::string_view body = task.bytes.substr(at);
    Parameters type = parameters_of(value_of(fields, "content-type"));
    if (type.value.empty()) type.value = "text/plain";
    if (type.value.starts_with("multipart/") && !type.named["boundary"].empty()) {
      if (task.level >= kMostLevels) {
        return make_error(ErrorCode::kLimitExceeded,
                          "the message's parts are nested deeper than " + std::to_string(kMostLevels));
      }
      const std::vector<std::string_view> inside = split_multipart(body, type.named["boundary"]);
      const bool alternative = task.alternative || type.value == "multipart/alternative";
      for (auto one = inside.rbegin(); one != inside.rend(); ++one) {
        tasks.push_back({*one, task.level + 1, alternative});
      }
      continue;
    }
    const Parameters disposition = parameters_of(value_of(fields, "content-disposition"));
    MailPart part;
    part.type = type.value;
    part.charset = lower(type.named["charset"]);
    if (const auto named = disposition.named.find("filename"); named != disposition.named.end()) {
      part.name = named->second;
    } else {
      part.name = type.named["name"];
    }
    part.attached = disposition.value == "attachment";
    part.embedded = !value_of(fields, "content-id").empty();
    part.alternative = task.alternative;
    const std::string coding = lower(trimmed(value_of(fields, "content-transfer-encoding")));
    part.bytes = coding == "base64"             ? base64(body)
                 : coding == "quoted-printable" ? quoted_printable(body, false)
                                                : std::string(body);
    total += part.bytes.size();
    if (total > most_bytes) {
      return make_error(ErrorCode::kLimitExceeded,
                        "the message's parts have more than " + std::to_string(most_bytes) + " bytes");
    }
    mail.parts.push_back(std::move(part));
  }
  return mail;
}

}  // namespace vanban::read
