#include "read/worker/html_tree.h"

namespace vanban::read {

bool is(const xmlNode* node, const char* name) {
  return node->type == XML_ELEMENT_NODE &&
         xmlStrcasecmp(node->name, reinterpret_cast<const xmlChar*>(name)) == 0;
}

std::string attribute(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetProp(const_cast<xmlNode*>(node), reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return {};
  std::string out(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return out;
}

const xmlNode* behind(const xmlNode* node, const xmlNode* root) {
  while (node != root) {
    if (node->next != nullptr) return node->next;
    node = node->parent;
  }
  return nullptr;
}

const xmlNode* after(const xmlNode* node, const xmlNode* root, bool into) {
  if (into && node->children != nullptr && node->type == XML_ELEMENT_NODE) return node->children;
  return behind(node, root);
}

}  // namespace vanban::read
