# The dependency rule of the house, enforced by what a target can see.
#
# Every top-level module gets an include root that holds nothing but itself, so "shared/record/json.hpp" can be
# included by whoever links shared, while "client-core/..." simply does not exist for shared or the server.

# anketa_include_root(<module>): makes <build>/include-root/<module>/<module> a link to the module's sources and
# sets ANKETA_INCLUDE_<module> to the folder to put on the include path.
function(anketa_include_root module)
  set(root ${CMAKE_BINARY_DIR}/include-root/${module})
  file(MAKE_DIRECTORY ${root})
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${module} ${root}/${module} SYMBOLIC)
  set(ANKETA_INCLUDE_${module} ${root} PARENT_SCOPE)
endfunction()

# anketa_library(<target> ROOT <module> FOLDERS <dir>... [LINK <target>...] [PRIVATE_LINK <target>...])
# A static library of every .cpp in the folders (not below them), with the module's include root.
function(anketa_library target)
  cmake_parse_arguments(ARG "" "ROOT" "FOLDERS;LINK;PRIVATE_LINK" ${ARGN})
  set(sources)
  foreach(folder IN LISTS ARG_FOLDERS)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  if(NOT sources)
    add_library(${target} INTERFACE)
    return()
  endif()
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/include-root/${ARG_ROOT})
  target_link_libraries(${target} PUBLIC ${ARG_LINK} PRIVATE anketa_warnings ${ARG_PRIVATE_LINK})
  target_precompile_headers(${target} REUSE_FROM anketa_precompiled)
endfunction()

# anketa_program(<target> ROOT <module> FOLDERS <dir>... LINK <target>...): an executable under build/bin.
function(anketa_program target)
  cmake_parse_arguments(ARG "" "ROOT;OUTPUT_NAME" "FOLDERS;LINK" ${ARGN})
  set(sources)
  foreach(folder IN LISTS ARG_FOLDERS)
    file(GLOB found CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE ${CMAKE_BINARY_DIR}/include-root/${ARG_ROOT})
  target_link_libraries(${target} PRIVATE anketa_warnings ${ARG_LINK})
  target_precompile_headers(${target} REUSE_FROM anketa_precompiled)
  if(ARG_OUTPUT_NAME)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${ARG_OUTPUT_NAME})
  endif()
endfunction()
