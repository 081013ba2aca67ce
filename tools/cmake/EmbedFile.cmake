# Writes a C++ file that defines `std::string_view <FUNCTION>()` with a file's content:
# cmake -DOUTPUT=x.cpp -DFILE=a.json -DFUNCTION=form::template_text -DHEADER=x.hpp -P EmbedFile.cmake
file(READ ${FILE} content)
# Compilers limit one string literal to 64 KB; adjacent literals are joined.
string(REPLACE "\n" "\n)~~\"\nR\"~~(" content "${content}")
file(WRITE ${OUTPUT} "#include \"${HEADER}\"\n\nstd::string_view anketa::${FUNCTION}() {\n  return R\"~~(${content})~~\";\n}\n")
