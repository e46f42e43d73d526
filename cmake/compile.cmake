# Language level, warnings, hardening and sanitizers for every target of the tree.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
# The level for debugging: compiles as fast as -O0, and the unit tests take a third of its processor time.
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")
# The preset `clang` is compiled to be checked, not to be run or debugged: -O0, no symbols.
set(CMAKE_CXX_FLAGS_CHECK "")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 at -O2 calls variants of strings uninitialised where they are not (GCC bug 105562); clang
  # checks that too.
  add_compile_options(-Wno-missing-field-initializers -Wno-maybe-uninitialized)
else()
  add_compile_options(-Wno-missing-field-initializers -Wno-missing-designated-field-initializers)
endif()

if(KITH_SANITIZE)
  add_compile_options(-fsanitize=${KITH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${KITH_SANITIZE})
else()
  add_compile_options(-D_GLIBCXX_ASSERTIONS -fstack-protector-strong
                      -fstack-clash-protection -fcf-protection=full)
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  endif()
  add_link_options(-pie -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
