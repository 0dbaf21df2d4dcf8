// Writes JSON as it goes, byte for byte as nlohmann-json would dump it, without a tree in between: a
// document's facts are mostly strings, and a tree of them costs several times what writing them does.

#ifndef VANBAN_SRC_DOC_JSON_WRITER_H_
#define VANBAN_SRC_DOC_JSON_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

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
  // Nothing stands in the innermost bracket yet: no value ends with an opening one.
  bool empty_inside() const { return out_.empty() || out_.back() == '{' || out_.back() == '['; }

  bool after_key_ = false;
  std::size_t depth_ = 0;  // open brackets
  std::string out_;
};

}  // namespace vanban::json

#endif  // VANBAN_SRC_DOC_JSON_WRITER_H_
