// Writes JSON as it goes, byte for byte as nlohmann-json would dump it, without a tree in between: a
// document's facts are mostly strings, and a tree of them costs several times what writing them does.

#ifndef VANBAN_SRC_DOC_JSON_WRITER_H_
#define VANBAN_SRC_DOC_JSON_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vanban::json {

class Writer {
 public:
  explicit Writer(bool pretty) : pretty_(pretty) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);  // plain ASCII, no escapes

  void null() { literal("null"); }
  void boolean(bool value) { literal(value ? "true" : "false"); }
  void string(std::string_view text);  // bytes that are no UTF-8 become U+FFFD
  void integer(std::int64_t value);
  void integer(std::uint64_t value);
  void real(double value);    // 80 is "80.0"
  void number(double value);  // whole numbers without ".0", so that 80 reads 80

  void text(std::string_view name, std::string_view value) { key(name), string(value); }
  void text_or_null(std::string_view name, std::string_view value);
  void reserve(std::size_t bytes) { out_.reserve(bytes); }
  std::string take() { return std::move(out_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void literal(std::string_view text);
  void before_value();
  void new_line();

  bool pretty_;
  bool after_key_ = false;
  std::string out_;
  std::vector<bool> filled_;  // for each open bracket: something stands in it
};

}  // namespace vanban::json

#endif  // VANBAN_SRC_DOC_JSON_WRITER_H_
