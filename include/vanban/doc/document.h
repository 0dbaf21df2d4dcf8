// Document: everything that is known of one official document (văn bản), and the values it is made of. The
// JSON that users read is made from it (doc/json.h); field names and meanings there are the public contract.
//
// These are values: they copy, compare and own their strings. Ranges are UTF-8 bytes of Document::text.

#ifndef VANBAN_DOC_DOCUMENT_H_
#define VANBAN_DOC_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vanban/base/text_range.h"
#include "vanban/doc/diagnostic.h"
#include "vanban/doc/geometry.h"
#include "vanban/doc/laid_out_text.h"
#include "vanban/doc/raw_document.h"

namespace vanban {

// Types of official document (loại văn bản; NĐ 30/2020/NĐ-CP Điều 7 and the laws). Stored by name
// (`document_type_name`): add before kOther, never rename.
enum class DocumentType : std::uint8_t {
  kDispatch,          // công văn
  kResolution,        // nghị quyết
  kDecision,          // quyết định
  kDirective,         // chỉ thị
  kDecree,            // nghị định
  kCircular,          // thông tư
  kJointCircular,     // thông tư liên tịch
  kLaw,               // luật, bộ luật
  kOrdinance,         // pháp lệnh
  kConstitution,      // hiến pháp
  kReport,            // báo cáo
  kPlan,              // kế hoạch
  kProgramme,         // chương trình
  kNotice,            // thông báo
  kOfficialTelegram,  // công điện
  kSubmission,        // tờ trình
  kConclusion,        // kết luận
  kGuidance,          // hướng dẫn
  kRegulation,        // quy chế, quy định
  kMinutes,           // biên bản
  kAppendix,          // phụ lục
  kOther,
};
std::string_view document_type_name(DocumentType type);  // "dispatch", "official_telegram", ...
std::optional<DocumentType> document_type_from_name(std::string_view name);

// Where a fact comes from. Every extracted value carries one.
struct Provenance {
  TextRange where;
  int page = 0;                // 1-based; 0: the input has no pages (JSON null)
  std::string section;         // Section::id; empty: none
  double confidence = 1;       // 0..1
  std::vector<PageBox> boxes;  // one for each line or page; empty without geometry

  friend bool operator==(const Provenance&, const Provenance&) = default;
};

// A body (cơ quan) or a group of bodies as a document names it.
struct AgencyMention {
  std::string name;  // as printed, NFC
  std::string id;    // of models/agencies; "group:..." for a collective; empty: unknown
  friend bool operator==(const AgencyMention&, const AgencyMention&) = default;
};

// A date as precise as it was stated. month and day 0: not stated. year 0: no date at all.
struct PartialDate {
  int year = 0, month = 0, day = 0;
  bool known() const { return year != 0; }
  bool full() const { return day != 0; }
  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};
std::string to_iso(const PartialDate& date);  // "2024-01-10", "2025-01", "2024"; empty if unknown
std::optional<PartialDate> partial_date_from_iso(std::string_view iso);
bool is_valid(const PartialDate& date);  // a real day of the calendar, year 1900..2199

// The document's number (số, ký hiệu) cut up. `text` has no spaces: "221/VPCP-KSTT", "45/2018/QĐ-TTg",
// "19-NQ/TW".
struct DocumentNumber {
  std::string text;     // empty: blank or none
  std::string ordinal;  // "221", "01", "66.16", "3176b"; empty where blank ("/VPCP-KSTT")
  int year = 0;         // in the number itself; 0: none
  std::string symbol;   // ký hiệu: "VPCP-KSTT", "QĐ-TTg", "NQ/TW"
  friend bool operator==(const DocumentNumber&, const DocumentNumber&) = default;
};

struct Signer {
  std::string name, title;
  std::string authority;  // "TM", "KT", "TL", "TUQ", "Q" or empty
  std::string on_behalf_of;
  bool empty() const { return name.empty() && title.empty(); }
  friend bool operator==(const Signer&, const Signer&) = default;
};

struct AttachedTo {
  DocumentType type = DocumentType::kOther;
  std::string number;  // as printed without spaces; "/VPCP-KSTT" where blank
  PartialDate date;
  std::string id;  // canonical id if it can be computed
  friend bool operator==(const AttachedTo&, const AttachedTo&) = default;
};

struct DocumentHeader {
  std::string id;  // "/vn/chinh-phu/resolution/2024/01-nq-cp"; see lexicon/identity.h
  DocumentType type = DocumentType::kOther;
  DocumentNumber number;
  AgencyMention issuer;
  std::string place;  // địa danh
  PartialDate date;
  std::string subject;                    // trích yếu
  bool draft = false;                     // dự thảo
  std::vector<AgencyMention> addressees;  // kính gửi
  std::vector<AgencyMention> recipients;  // nơi nhận
  Signer signer;
  std::string urgency, secrecy;  // "hỏa tốc", "mật", ...; empty: none
  std::optional<AttachedTo> attached_to;
  std::vector<std::string> inferred;  // names of fields that were inferred
};

enum class SectionKind : std::uint8_t {
  kPart,
  kChapter,
  kSection,
  kArticle,
  kClause,
  kPoint,
  kDash,
  kRomanInline,
  kParagraph,
  kTable,
  kAppendix,
  kFootnote,
  kHeader,
  kSignature,
  kRecipients,
};
std::string_view section_kind_name(SectionKind kind);  // "part", ..., "roman_inline", ...

// One node of the body tree, kept flat in reading order: a parent stands before its children.
struct Section {
  std::string id;      // "s1", "s2", ... in reading order
  std::string parent;  // id; empty at the top
  SectionKind kind = SectionKind::kParagraph;
  std::string label;                  // "II", "1", "a", "đ", "-", "(i)"; an appendix: "I" or empty
  std::string heading;                // the heading on a line of its own, without the label
  TextRange where;                    // the whole unit, its descendants included
  TextRange heading_range;            // empty: no heading line
  std::vector<TextRange> paragraphs;  // its own paragraphs without label and heading, descendants left out;
                                      // a lead-in line before enumerated sub-units is one
  int page = 0;
  std::size_t table = static_cast<std::size_t>(-1);  // kTable: index into Document::tables
};

struct NumberedReference {  // a document that assigned something
  std::string number;
  PartialDate date;
  std::string id;
  friend bool operator==(const NumberedReference&, const NumberedReference&) = default;
};

// Thời hạn. `due`: the last day that still keeps it. `rrule`: RFC 5545, for recurring ones, instead of `due`.
struct Deadline {
  std::string text;
  TextRange where;
  PartialDate due;  // full() or not known()
  std::string rrule;
  // A relative deadline ("trong vòng 15 ngày kể từ ngày …") that could not be resolved keeps these:
  int amount = 0;      // 15
  std::string unit;    // "day", "working_day", "month", "hour", ...
  std::string anchor;  // "ngày nhận được hồ sơ"
  friend bool operator==(const Deadline&, const Deadline&) = default;
};

// Nhiệm vụ: the smallest enumerated unit that directs somebody to do something.
struct Task {
  std::string id;     // "k1", ... in reading order
  std::string label;  // path of labels: "II.2.d.-", "PL I.1.-"
  std::string text;
  std::vector<AgencyMention> lead;          // chủ trì
  std::vector<AgencyMention> coordinating;  // phối hợp
  bool lead_inherited = false;              // from a unit above
  std::vector<NumberedReference> assigned_by;
  std::vector<Deadline> deadlines;
  std::string timing;  // a period or start that is no deadline, as printed
  std::string result;  // sản phẩm
  std::string state;   // "done" where the document says so; else empty
  std::vector<std::string> inferred;
  Provenance from;
};

enum class Comparator : std::uint8_t {
  kEqual,
  kAtLeast,
  kAtMost,
  kLess,
  kGreater,
  kRange,
  kIncrease,
  kDecrease
};
std::string_view comparator_name(Comparator comparator);  // "=", ">=", "<=", "<", ">", "range", "+", "-"

struct IndicatorParent {
  std::string label, name;
  friend bool operator==(const IndicatorParent&, const IndicatorParent&) = default;
};

// Chỉ tiêu: a target to be reached.
struct Indicator {
  std::string id;  // "i1", ...
  std::string label;
  std::string name;
  std::optional<IndicatorParent> parent;
  std::string unit;
  Comparator comparator = Comparator::kEqual;
  double value = 0;
  std::optional<double> upper;
  std::string value_text;  // as printed
  std::string period;      // "2024", "2021-2025", "2030", ...
  std::vector<AgencyMention> lead;
  std::vector<AgencyMention> evaluator;
  std::vector<NumberedReference> assigned_by;
  std::string series;  // what makes one series over documents and years; lexicon/series_key.h
  std::vector<std::string> inferred;
  Provenance from;
};

// Số liệu thực hiện: a reported figure.
struct Measurement {
  std::string id;       // "m1", ...
  std::string name;     // what was measured
  std::string subject;  // whose: an agency, a province
  std::optional<double> value;
  std::string unit;
  std::optional<double> numerator, denominator;
  std::string value_text;
  PartialDate as_of;
  std::string period;
  bool estimate = false;  // ước thực hiện
  std::string series;     // as an indicator's
  Provenance from;
};

// Điểm a khoản 1 Điều 2 ...; a level that is not named is empty. Strings: "5a" is an article, đ is not d.
struct Pinpoint {
  std::string part, chapter, section, article, clause, point, appendix;
  bool empty() const {
    return part.empty() && chapter.empty() && section.empty() && article.empty() && clause.empty() &&
           point.empty() && appendix.empty();
  }
  friend bool operator==(const Pinpoint&, const Pinpoint&) = default;
};

enum class Relation : std::uint8_t {
  kLegalBasis,  // căn cứ
  kAttachedTo,  // kèm theo
  kAmends,      // sửa đổi, bổ sung
  kReplaces,    // thay thế
  kRepeals,     // bãi bỏ
  kGuides,      // quy định chi tiết, hướng dẫn thi hành
  kImplements,  // triển khai, thực hiện
  kAssignedIn,  // giao tại
  kAnswers,     // trả lời, phúc đáp
  kCites,
  kPartOf,  // of a provision (điều, khoản, điểm) in the citation graph; no mention has it
};
std::string_view relation_name(Relation relation);  // "legal_basis", ...
std::optional<Relation> relation_from_name(std::string_view name);

enum class Modality : std::uint8_t { kEnacted, kPlanned };
std::string_view modality_name(Modality modality);

enum class ResolutionState : std::uint8_t { kUnresolved, kResolved, kAmbiguous, kPlanned };
std::string_view resolution_state_name(ResolutionState state);

// Viện dẫn: one mention of an official document.
struct Reference {
  std::string id;    // "r1", ...
  std::string text;  // as printed
  DocumentType type = DocumentType::kOther;
  std::string number;  // spaces and line breaks removed; "/VPCP-KSTT" where blank; empty: cited by name
  PartialDate date;
  AgencyMention issuer;
  std::string title;                     // of what is cited by name: "Luật An toàn thực phẩm"
  Pinpoint pinpoint;                     // the first one
  std::vector<Pinpoint> more_pinpoints;  // "khoản 2, 3 Điều 4 và Điều 7": the others
  Relation relation = Relation::kCites;
  Modality modality = Modality::kEnacted;
  std::string target;  // id of the graph node; empty: none could be computed
  ResolutionState resolution = ResolutionState::kUnresolved;
  std::string resolution_reason;
  std::vector<std::string> candidates;
  std::vector<std::string> inferred;
  Provenance from;
};

struct InternalReference {  // "Nghị quyết này", "Phụ lục I kèm theo", "Điều 5 của Quy chế này"
  std::string text;
  Pinpoint pinpoint;
  Provenance from;
};

// A word that OCR read wrong and that the language model put right (normalise/ocr_repair.h).
struct Repair {
  TextRange where;  // as it stands in the text now
  int page = 0;
  std::string raw;  // as OCR read it
};

// One of several documents in one file. `pages` of its source are its own; pages of facts count from the
// file's first.
struct SourcePart {
  int number = 0, of = 0;  // from 1
  int first_page = 0, last_page = 0;
  std::string reason;  // what tells that a document begins here; of the first one, empty

  friend bool operator==(const SourcePart&, const SourcePart&) = default;
};

struct SourceInfo {
  std::string path;  // as given; not UTF-8: escaped
  std::string sha256;
  std::uint64_t bytes = 0;
  std::string media_type;
  int pages = 0;  // 0: no pages
  TextOrigin text_origin = TextOrigin::kPlain;
  std::string encoding;
  std::optional<OcrInfo> ocr;
  std::optional<SourcePart> part;  // the file holds other documents, too
};
std::string_view text_origin_name(TextOrigin origin);  // "plain", "text_layer", "ocr", "mixed"

struct Document {
  SourceInfo source;
  DocumentHeader header;
  std::string text;
  std::vector<Block> blocks;
  std::vector<Section> sections;
  std::vector<Table> tables;
  std::vector<PlacedWord> words;
  std::vector<FootnoteMark> footnote_marks;
  std::vector<Task> tasks;
  std::vector<Indicator> indicators;
  std::vector<Measurement> measurements;
  std::vector<Reference> references;
  std::vector<InternalReference> internal_references;
  std::vector<Repair> repairs;  // in the order of the text
  Diagnostics warnings;

  // The section with this id; null if there is none. Cost: O(log n) for ids as parse gives them.
  const Section* find_section(std::string_view id) const;
};

// The boxes of the words in `where`, one for each line of each page. Cost: O(log words + words in range).
std::vector<PageBox> boxes_of(const std::vector<PlacedWord>& words, TextRange where);
// The page of the block that `offset` stands in; 0 unknown.
int page_of(const std::vector<Block>& blocks, const std::vector<PlacedWord>& words, std::size_t offset);
// The lowest OCR confidence of the words in `where`, and whether one holds a doubtful digit.
std::pair<double, bool> confidence_of(const std::vector<PlacedWord>& words, TextRange where);
// The text with every footnote mark's bytes replaced by spaces: same offsets.
std::string text_without_marks(const std::string& text, const std::vector<FootnoteMark>& marks);

}  // namespace vanban

#endif  // VANBAN_DOC_DOCUMENT_H_
