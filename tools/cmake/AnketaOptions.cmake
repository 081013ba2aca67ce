# Compiler settings that hold for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)

if(EMSCRIPTEN)
  # Exceptions are the engine's own: smaller and quicker than Emscripten's emulation.
  add_compile_options(-fwasm-exceptions)
  add_link_options(-fwasm-exceptions)
else()
  # Programs too are compiled as libraries are: so both can use one precompiled header.
  add_compile_options(-fPIC)
endif()

option(ANKETA_WERROR "Treat warnings as errors" ON)
set(ANKETA_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

option(ANKETA_FUZZ "Build the fuzz targets with libFuzzer (clang)" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

# The quicker linker where there is one: many test programs are linked.
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM AND NOT EMSCRIPTEN)
  add_link_options(-fuse-ld=lld)
endif()

if(ANKETA_SANITIZE)
  add_compile_options(-fsanitize=${ANKETA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ANKETA_SANITIZE})
  if(ANKETA_SANITIZE STREQUAL "thread")
    # The thread sanitizer does not understand fences; Asio has locks instead of them all the same.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    add_compile_options($<$<CXX_COMPILER_ID:GNU>:-Wno-error=tsan>)
  endif()
endif()

if(ANKETA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Warnings of our own code only; third-party headers come in as system headers.
add_library(anketa_warnings INTERFACE)
target_compile_options(anketa_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion
  $<$<BOOL:${ANKETA_WERROR}>:-Werror>)
# What g++ 12's optimiser says of the standard library's strings is wrong as often as right: told, but no error.
target_compile_options(anketa_warnings INTERFACE
  "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-error=array-bounds;-Wno-error=stringop-overread;-Wno-error=stringop-overflow;-Wno-error=restrict>")
if(ANKETA_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Release")
  # What is moved out of an optional is never uninitialised; the optimiser loses track of it.
  target_compile_options(anketa_warnings INTERFACE "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-error=maybe-uninitialized>")
endif()

# The one precompiled header of libraries and programs: a header for each target would take minutes and gigabytes.
include(NlohmannJson)
add_library(anketa_precompiled OBJECT ${CMAKE_CURRENT_LIST_DIR}/precompiled.cpp)
target_link_libraries(anketa_precompiled PRIVATE anketa_warnings nlohmann_json::nlohmann_json)
target_precompile_headers(anketa_precompiled PRIVATE ${CMAKE_CURRENT_LIST_DIR}/precompiled.hpp)
