# vanban_embed_sql(<stage> <folder>): the *.sql files of a folder, in the order of their names, as a table in the program,
# so that a store can be made and migrated without a path to anything.
function(vanban_embed_sql stage folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.sql)
  list(SORT files)
  set(rows "")
  foreach(file IN LISTS files)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} sql)
    string(APPEND rows "    {\"${name}\", R\"vanban(${sql})vanban\"},\n")
  endforeach()
  set(out ${PROJECT_BINARY_DIR}/generated/${stage}_migrations.cc)
  file(CONFIGURE OUTPUT ${out} @ONLY CONTENT
"#include \"${stage}/migrations.h\"\n
namespace vanban::${stage} {\n
const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {
@rows@  };
  return all;
}\n
}  // namespace vanban::${stage}\n")
  target_sources(vanban_${stage} PRIVATE ${out})
endfunction()
