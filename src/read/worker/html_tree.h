// Steps through the tree that libxml2 makes of a web page.

#ifndef VANBAN_SRC_READ_WORKER_HTML_TREE_H_
#define VANBAN_SRC_READ_WORKER_HTML_TREE_H_

#include <libxml/tree.h>

#include <string>

namespace vanban::read {

// Whether the node is an element of this name, in any case.
bool is(const xmlNode* node, const char* name);

// The value of an element's attribute; empty: it has none.
std::string attribute(const xmlNode* node, const char* name);

// The node behind `node` and its descendants, inside `root`; null: no more.
const xmlNode* behind(const xmlNode* node, const xmlNode* root);

// The next node in the order of the page: its first child with `into`, else the one behind it.
const xmlNode* after(const xmlNode* node, const xmlNode* root, bool into);

}  // namespace vanban::read

#endif  // VANBAN_SRC_READ_WORKER_HTML_TREE_H_
