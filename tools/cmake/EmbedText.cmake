# Writes a C++ file that holds the text tables: cmake -DOUTPUT=x.cpp -DFILES="a.json;b.json" -P EmbedText.cmake
set(body "")
foreach(file IN LISTS FILES)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(language ${folder} NAME)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} content)
  # Compilers limit one string literal to 64 KB; adjacent literals are joined.
  string(REPLACE "\n" "\n)~~\"\nR\"~~(" content "${content}")
  string(APPEND body "    {\"${language}\", \"${name}\", R\"~~(${content})~~\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"shared/text/text_tables.hpp\"\n\nnamespace anketa::text {\n\nconst std::vector<Table>& embedded_tables() {\n  static const std::vector<Table> tables = {\n${body}  };\n  return tables;\n}\n\n}  // namespace anketa::text\n")
