# The target nlohmann_json::nlohmann_json. Its headers lie in /usr/include, which Emscripten's compiler must not see: there
# they get a folder of their own.
if(EMSCRIPTEN)
  find_path(NLOHMANN_JSON_FOLDER nlohmann/json.hpp PATHS /usr/include /usr/local/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  set(json_root ${CMAKE_BINARY_DIR}/json-include)
  file(MAKE_DIRECTORY ${json_root})
  file(CREATE_LINK ${NLOHMANN_JSON_FOLDER}/nlohmann ${json_root}/nlohmann SYMBOLIC)
  add_library(nlohmann_json INTERFACE)
  add_library(nlohmann_json::nlohmann_json ALIAS nlohmann_json)
  target_include_directories(nlohmann_json SYSTEM INTERFACE ${json_root})
else()
  find_package(nlohmann_json 3.11 REQUIRED)
endif()
