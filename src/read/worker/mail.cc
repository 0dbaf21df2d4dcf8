#include "read/worker/mail.h"

#include <algorithm>
#include <optional>

#include "read/worker/html.h"
#include "read/worker/mail_parse.h"
#include "read/worker/text.h"
#include "vanban/base/utf8.h"

namespace vanban::read {
namespace {

constexpr std::string_view kMediaType = "message/rfc822";

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

// Who wrote to whom, when and about what: the fields as the message has them.
std::vector<std::string> head_lines(const Mail& mail) {
  std::vector<std::string> lines;
  for (const char* wanted : {"From", "To", "Cc", "Date", "Subject"}) {
    for (const auto& [name, value] : mail.heads) {
      if (same_ignoring_case(name, wanted)) lines.push_back(std::string(wanted) + ": " + value);
    }
  }
  return lines;
}

// The body's flow goes behind the message's head.
class BehindHead final : public Sink {
 public:
  BehindHead(Sink& sink, std::vector<std::string> head) : sink_(sink), head_(std::move(head)) {}
  void begin(const Begin& begin) override {
    sink_.begin({std::string(kMediaType), begin.encoding, 0});
    for (std::string& line : head_) {
      FlowBlock block;
      block.text = std::move(line);
      sink_.flow(std::move(block));
    }
  }
  void stage(Stage stage, int page) override { sink_.stage(stage, page); }
  void heartbeat() override { sink_.heartbeat(); }
  void page(RawPage page) override { sink_.page(std::move(page)); }
  void flow(FlowBlock block) override { sink_.flow(std::move(block)); }
  void text(std::string_view piece) override { sink_.text(piece); }
  void diagnostic(Diagnostic diagnostic) override { sink_.diagnostic(std::move(diagnostic)); }
  void facts(const Facts& facts) override { sink_.facts(facts); }

 private:
  Sink& sink_;
  std::vector<std::string> head_;
};

// The part that says what the message says: plain text, or HTML where there is no other, or where only that
// has tables.
const MailPart* body_of(const Mail& mail) {
  const MailPart *plain = nullptr, *html = nullptr;
  for (const MailPart& part : mail.parts) {
    if (part.attached || (!part.name.empty() && !part.alternative) || is_blank(part.bytes)) continue;
    if (part.type == "text/plain" && plain == nullptr) plain = &part;
    if (part.type == "text/html" && html == nullptr) html = &part;
  }
  if (plain == nullptr || html == nullptr) return plain == nullptr ? html : plain;
  const bool tables =
      html->bytes.find("<table") != std::string::npos || html->bytes.find("<TABLE") != std::string::npos;
  return tables ? html : plain;
}

// Signatures of the message, and the small pictures that HTML shows in its midst, are no documents.
bool is_beside_the_point(const MailPart& part) {
  constexpr std::size_t kSmallPicture = 30u << 10;
  if (part.type == "application/pkcs7-signature" || part.type == "application/x-pkcs7-signature" ||
      part.type == "application/pgp-signature") {
    return true;
  }
  return part.embedded && !part.attached && part.type.starts_with("image/") &&
         part.bytes.size() < kSmallPicture;
}

std::string member_name(const MailPart& part, std::size_t number) {
  if (!part.name.empty()) return part.name;
  const std::string numbered = "part-" + std::to_string(number);
  if (part.type == "message/rfc822") return numbered + ".eml";
  const std::string_view kind =
      std::string_view(part.type).substr(std::min(part.type.find('/'), part.type.size() - 1) + 1);
  return numbered + "." + std::string(kind);
}

Result<void> write_body(const MailPart& body, const Mail& mail, const Input& input, Sink& sink) {
  std::vector<std::string> head = head_lines(mail);
  if (body.type == "text/html") {
    BehindHead behind(sink, std::move(head));
    // What the mail says of its letters counts more than what the page says of itself: the reader gets UTF-8.
    const std::string page = "\xEF\xBB\xBF" + decoded_text(body.bytes, body.charset);
    return read_html({page, input.job}, behind);
  }
  std::string text;
  for (const std::string& line : head) text += line + "\n\n";
  text += decoded_text(body.bytes, body.charset);
  if (text.size() > input.job.limits.text_bytes) {
    return make_error(ErrorCode::kLimitExceeded, "the message has more text than the limit of " +
                                                     std::to_string(input.job.limits.text_bytes >> 20) +
                                                     " MB");
  }
  sink.begin({std::string(kMediaType), "utf-8", 0});
  send_text(text, sink);
  sink.facts({});
  return {};
}

}  // namespace

Result<void> read_mail(const Input& input, Sink& sink) {
  Result<Mail> mail = parse_mail(input.bytes, input.job.limits.inflated_bytes);
  if (!mail) return mail.error();
  const MailPart* body = body_of(*mail);
  std::vector<const MailPart*> files;
  for (const MailPart& part : mail->parts) {
    const bool other_form =
        part.alternative && !part.attached && part.name.empty() && part.type.starts_with("text/");
    if (&part == body || other_form || part.bytes.empty() || is_beside_the_point(part)) continue;
    // A second text without a name goes on where the first one ended, behind a picture or a forwarded letter.
    files.push_back(&part);
  }
  if (body == nullptr && files.empty())
    return make_error(ErrorCode::kEmpty, "the message says nothing and brings no file");
  if (body == nullptr) {
    sink.begin({std::string(kMediaType), "utf-8", 0});
    sink.facts({});
  } else if (Result<void> written = write_body(*body, *mail, input, sink); !written) {
    return written;
  }
  std::size_t number = 0;
  for (const MailPart* part : files) {
    ++number;
    sink.member(member_name(*part, number), part->bytes);
  }
  return {};
}

}  // namespace vanban::read
