// Keeps what a PDF's filter gives, up to a limit: a stream of some kilobytes may inflate to gigabytes.

#ifndef VANBAN_SRC_READ_WORKER_LIMITED_PIPELINE_H_
#define VANBAN_SRC_READ_WORKER_LIMITED_PIPELINE_H_

#include <cstddef>
#include <qpdf/Pipeline.hh>
#include <stdexcept>
#include <string>

namespace vanban::read {

class LimitedPipeline final : public Pipeline {
 public:
  // Over the limit write() throws, which QPDF may turn into a warning: ask full().
  LimitedPipeline(std::string& out, std::size_t limit)
      : Pipeline("limited", nullptr), out_(out), limit_(limit) {}
  void write(unsigned char const* data, size_t size) override {
    full_ = full_ || out_.size() + size > limit_;
    if (full_) throw std::length_error("stream too long");
    out_.append(reinterpret_cast<char const*>(data), size);
  }
  void finish() override {}
  bool full() const { return full_; }  // what is kept is not all

 private:
  std::string& out_;
  std::size_t limit_;
  bool full_ = false;
};

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_LIMITED_PIPELINE_H_
