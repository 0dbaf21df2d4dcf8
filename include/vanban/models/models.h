// Models: the tables under models/, loaded once into one immutable value.
//
// A table is a TSV file: '#' lines first (what, source, licence, date read), then a line with the column
// names, then rows. UTF-8, NFC; "\t" separates; no quoting; an empty field is an empty string. Its name is
// its path under models/ without
// ".tsv": "agencies", "patterns/references".

#ifndef VANBAN_MODELS_MODELS_H_
#define VANBAN_MODELS_MODELS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vanban/base/result.h"

namespace vanban {

class ModelTable {
 public:
  std::string name;  // "agencies"
  std::string file;  // path, for messages
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<int> lines;  // line number of each row in the file

  // Index of a column. Errors: kBadTable, naming the file, if there is none.
  Result<std::size_t> column(std::string_view name) const;
  // The field of a row; empty if the column does not exist.
  const std::string& at(std::size_t row, std::string_view column_name) const;
};

class Models {
 public:
  // Reads every *.tsv under `folder`, and the raw bytes of the other files' paths (see path()).
  // Errors: kNotFound if the folder is not there; kBadTable naming file and line of a row with a wrong number
  // of fields or of bytes that are no UTF-8.
  static Result<Models> load(const std::string& folder);

  // Errors: kBadTable naming the table that is missing.
  Result<const ModelTable*> table(std::string_view name) const;
  std::vector<std::string> table_names() const;
  // Absolute path of a file under models/ that is no table ("repair/bigrams.bin").
  std::string path(std::string_view relative) const;
  // Changes when any table changes: 16 hex digits. Kept with every stored result.
  const std::string& version() const { return version_; }

 private:
  std::string folder_;
  std::map<std::string, ModelTable, std::less<>> tables_;
  std::string version_;
};

}  // namespace vanban

#endif  // VANBAN_MODELS_MODELS_H_
