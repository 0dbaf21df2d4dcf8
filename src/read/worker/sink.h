// Sink: where a reader puts what it finds, piece by piece, so that what came before a crash is not lost.

#ifndef VANBAN_SRC_READ_WORKER_SINK_H_
#define VANBAN_SRC_READ_WORKER_SINK_H_

#include <string>
#include <string_view>

#include "read/wire.h"
#include "vanban/doc/raw_document.h"

namespace vanban::read {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void begin(const Begin& begin) = 0;     // once, before all but diagnostics
  virtual void stage(Stage stage, int page) = 0;  // before work that could hang or crash
  virtual void heartbeat() = 0;                   // from inside long work; cheap
  virtual void page(RawPage page) = 0;
  virtual void flow(FlowBlock block) = 0;
  virtual void text(std::string_view piece) = 0;  // whole code points
  virtual void diagnostic(Diagnostic diagnostic) = 0;
  virtual void facts(const Facts& facts) = 0;
  virtual void convert(const Conversion&) {}  // then the document ends with kUnsupported
  // A file inside this one: its path there, and its bytes, or why they cannot be had.
  virtual void member(const std::string&, const Result<std::string>&) {}
  virtual void output(std::string_view) {}  // a piece of a file that is being written

  // The cache of what OCR saw: whether there is one, what it has under a key (an encoded page; empty:
  // nothing), and something new for it.
  virtual bool remembers() const { return false; }
  virtual std::string recall(const std::string&) { return {}; }
  virtual void keep(const std::string&, std::string_view) {}
};

// One document's bytes, and how they are to be read.
struct Input {
  std::string_view bytes;
  const Job& job;
};

// Collects a RawDocument in memory: `vanban-reader --dump`.
class CollectingSink final : public Sink {
 public:
  void begin(const Begin& begin) override {
    document.media_type = begin.media_type;
    document.encoding = begin.encoding;
  }
  void stage(Stage, int) override {}
  void heartbeat() override {}
  void page(RawPage page) override {
    round_geometry(page);
    document.pages.push_back(std::move(page));
  }
  void flow(FlowBlock block) override { document.flow.push_back(std::move(block)); }
  void text(std::string_view piece) override { document.plain_text.append(piece); }
  void diagnostic(Diagnostic diagnostic) override { document.diagnostics.push_back(std::move(diagnostic)); }
  void facts(const Facts& facts) override {
    document.damaged = facts.damaged;
    if (!facts.encoding.empty()) document.encoding = facts.encoding;
    document.ocr = facts.ocr;
  }

  RawDocument document;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_SINK_H_
