#include <catch2/catch_test_macros.hpp>

#include "tests/client-core/capi/c_program.h"
#include "tests/support/temporary_folder.hpp"

TEST_CASE("a program in C opens a client and is told what is wrong") {
  const anketa::test::TemporaryFolder folder;
  CHECK(c_opens_and_refuses(folder.file("client.db").c_str()) == 1);
}

TEST_CASE("a program in C logs in, makes records, fills in and syncs by instructions") {
  const anketa::test::TemporaryFolder folder;
  CHECK(c_works(folder.file("client.db").c_str()) == 1);
}
