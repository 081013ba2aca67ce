# anketa_embed_assets(<target> FUNCTION <name> DIRECTORY <dir> [DEPENDS <file or target>...])
# Compiles every file below the directory into the target, as
#   std::span<const anketa::server::http::Asset> anketa::server::<name>();
# A directory that is missing or empty gives an empty span. The directory is read when building, so a step that fills it
# can be named under DEPENDS.
#
# As a script, it writes the C++ file: cmake -DOUTPUT=x.cpp -DDIRECTORY=dist -DFUNCTION=name -P EmbedAssets.cmake

if(CMAKE_SCRIPT_MODE_FILE)
  file(GLOB_RECURSE files RELATIVE ${DIRECTORY} ${DIRECTORY}/*)
  list(SORT files)
  set(declarations "")
  set(assembly "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS files)
    set(symbol "anketa_asset_${FUNCTION}_${index}")
    # The assembler reads the file itself: quick for any size, unlike an array of numbers.
    string(APPEND assembly "asm(\".section .rodata\\n.balign 16\\n${symbol}_begin:\\n.incbin \\\"${DIRECTORY}/${file}\\\"\\n${symbol}_end:\\n.byte 0\\n.text\\n\");\n")
    string(APPEND declarations "extern \"C\" const char ${symbol}_begin[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND rows "      {\"/${file}\", {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(body "  return {};\n")
  if(index GREATER 0)
    set(body "  static const std::array<http::Asset, ${index}> assets{{\n${rows}  }};\n  return assets;\n")
  endif()
  file(WRITE ${OUTPUT} "#include <array>\n#include <span>\n\n#include \"sync-server/http/assets.hpp\"\n\n${assembly}\n${declarations}\nnamespace anketa::server {\n\nstd::span<const http::Asset> ${FUNCTION}() {\n${body}}\n\n}  // namespace anketa::server\n")
  return()
endif()

function(anketa_embed_assets target)
  cmake_parse_arguments(ARG "" "FUNCTION;DIRECTORY" "DEPENDS" ${ARGN})
  set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded_${ARG_FUNCTION}.cpp)
  set(script ${CMAKE_SOURCE_DIR}/tools/cmake/EmbedAssets.cmake)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${ARG_DIRECTORY}/*)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DDIRECTORY=${ARG_DIRECTORY} -DFUNCTION=${ARG_FUNCTION} -P ${script}
    DEPENDS ${files} ${ARG_DEPENDS} ${script} VERBATIM)
  target_sources(${target} PRIVATE ${output})
  set_source_files_properties(${output} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
