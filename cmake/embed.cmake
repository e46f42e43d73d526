# Files that travel inside the binary: migrations, locale catalogues, and the built front end (assets/dist).
# An assembler .incbin list costs nothing to compile; tools/embed.sh writes it with the table that names each file.
function(kith_embed)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
  file(GLOB locales CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/locales/*)
  set(out ${CMAKE_BINARY_DIR}/embedded)
  set(stamp "")
  if(KITH_ASSETS STREQUAL "npm")
    file(GLOB_RECURSE asset_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/css/* ${CMAKE_SOURCE_DIR}/assets/ts/*
         ${CMAKE_SOURCE_DIR}/assets/images/*)
    set(stamp ${CMAKE_BINARY_DIR}/assets.stamp)
    add_custom_command(OUTPUT ${stamp}
      COMMAND ${CMAKE_SOURCE_DIR}/assets/build.sh ${CMAKE_BINARY_DIR}/assets
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${asset_sources} ${CMAKE_SOURCE_DIR}/assets/package-lock.json ${CMAKE_SOURCE_DIR}/assets/build.sh
              ${CMAKE_SOURCE_DIR}/assets/build.mjs ${CMAKE_SOURCE_DIR}/assets/tsconfig.json
      COMMENT "Building the front end" VERBATIM)
  endif()
  add_custom_command(OUTPUT ${out}/embedded.S ${out}/embedded.cpp
    COMMAND ${CMAKE_SOURCE_DIR}/tools/embed.sh ${out} migrations ${CMAKE_SOURCE_DIR}/migrations
            locales ${CMAKE_SOURCE_DIR}/assets/locales assets ${CMAKE_BINARY_DIR}/assets
    DEPENDS ${migrations} ${locales} ${stamp} ${CMAKE_SOURCE_DIR}/tools/embed.sh
    COMMENT "Embedding files" VERBATIM)
  set_source_files_properties(${out}/embedded.S PROPERTIES OBJECT_DEPENDS "${migrations};${locales};${stamp}")
  add_library(kith_embedded STATIC ${out}/embedded.S ${out}/embedded.cpp)
  target_include_directories(kith_embedded PRIVATE ${CMAKE_SOURCE_DIR}/src)
endfunction()
