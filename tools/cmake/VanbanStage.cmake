# vanban_stage(<name> LEVEL <n> [USES ...] [PUBLIC_DEPS ...] [PRIVATE_DEPS ...])
#
# One CMake target for one stage: sources are src/<name>/*.cc (a worker's or a door's own sources are added
# by its own target). USES may name stages of a lower level only, so that arrows point one way; the test
# `layers` checks the same of the #include lines.
function(vanban_stage name)
  cmake_parse_arguments(ARG "" "LEVEL" "USES;PUBLIC_DEPS;PRIVATE_DEPS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cc)
  file(GLOB headers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/vanban/${name}/*.h)
  add_library(vanban_${name} STATIC ${sources} ${headers})
  add_library(vanban::${name} ALIAS vanban_${name})
  set_target_properties(vanban_${name} PROPERTIES VANBAN_LEVEL ${ARG_LEVEL} VANBAN_USES "${ARG_USES}"
                        EXPORT_NAME ${name} LINKER_LANGUAGE CXX POSITION_INDEPENDENT_CODE ON)
  target_include_directories(vanban_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                             $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                             PRIVATE ${PROJECT_SOURCE_DIR}/src)
  foreach(used IN LISTS ARG_USES)
    get_target_property(level vanban_${used} VANBAN_LEVEL)
    if(NOT level LESS ARG_LEVEL)
      message(FATAL_ERROR "stage ${name} (level ${ARG_LEVEL}) may not use ${used} (level ${level})")
    endif()
    target_link_libraries(vanban_${name} PUBLIC vanban_${used})
  endforeach()
  target_link_libraries(vanban_${name} PUBLIC ${ARG_PUBLIC_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  target_compile_features(vanban_${name} PUBLIC cxx_std_20)
  vanban_warnings(vanban_${name})
  set_property(GLOBAL APPEND PROPERTY VANBAN_STAGES ${name})
  string(JOIN "," uses ${ARG_USES})
  set_property(GLOBAL APPEND PROPERTY VANBAN_LAYERS "${name}:${uses}")
  install(TARGETS vanban_${name} EXPORT vanbanTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# Our own code is compiled with warnings as errors while it is developed.
function(vanban_warnings target)
  if(VANBAN_DEV)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow -Werror)
    if(VANBAN_FUZZER)  # clang warns of more than g++ does
      target_compile_options(${target} PRIVATE -Wno-error)
    endif()
    # g++ 12 warns of overlaps inside its own std::string from -O2 on (GCC bug 105651, mended in 13).
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
      target_compile_options(${target} PRIVATE -Wno-restrict)
    endif()
  endif()
  if(VANBAN_SANITIZE)
    target_compile_options(${target} PUBLIC -fsanitize=${VANBAN_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC -fsanitize=${VANBAN_SANITIZE})
  endif()
  if(VANBAN_FUZZER)  # libFuzzer sees which branches of the library an input reaches
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
endfunction()
