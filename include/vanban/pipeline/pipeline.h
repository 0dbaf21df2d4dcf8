// Pipeline: the way of a document, behind every door: file -> raw -> text -> structure -> facts.

#ifndef VANBAN_PIPELINE_PIPELINE_H_
#define VANBAN_PIPELINE_PIPELINE_H_

#include <memory>
#include <string>
#include <vector>

#include "vanban/base/result.h"
#include "vanban/doc/document.h"
#include "vanban/models/models.h"
#include "vanban/read/reader.h"

namespace vanban {

class Pipeline {
 public:
  // Errors: kBadTable, kNotFound (no models folder).
  static Result<Pipeline> create(const Models& models);
  Pipeline(Pipeline&&) noexcept;
  Pipeline& operator=(Pipeline&&) noexcept;
  ~Pipeline();

  // One file: usually one document, several where a file holds several. Errors: those of Reader::read and lay_out.
  Result<std::vector<Document>> process(RawDocument raw, const std::string& path, const Limits& limits) const;

  struct Parts;  // agencies, types, parser, extractor: for those who need one stage alone
  const Parts& parts() const { return *parts_; }

 private:
  explicit Pipeline(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace vanban

#endif  // VANBAN_PIPELINE_PIPELINE_H_
