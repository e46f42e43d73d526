# Files that travel inside the binary: migrations, locale catalogues, the sample configuration, and the built
# front end (assets/dist).
# An assembler .incbin list costs nothing to compile; tools/embed.sh writes it and its table.
function(kith_embed)
  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/migrations/*.sql)
  file(GLOB locales CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/locales/*)
  set(sample ${CMAKE_SOURCE_DIR}/examples/kith.toml)
  set(out ${CMAKE_BINARY_DIR}/embedded)
  set(stamp "")
  if(KITH_ASSETS STREQUAL "npm")
    file(GLOB_RECURSE asset_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/assets/css/*
         ${CMAKE_SOURCE_DIR}/assets/ts/*)
    set(stamp ${CMAKE_BINARY_DIR}/assets.stamp)
    add_custom_command(OUTPUT ${stamp}
      COMMAND ${CMAKE_SOURCE_DIR}/assets/build.sh ${CMAKE_BINARY_DIR}/assets
      COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
      DEPENDS ${asset_sources} ${CMAKE_SOURCE_DIR}/assets/package-lock.json
              ${CMAKE_SOURCE_DIR}/assets/build.sh ${CMAKE_SOURCE_DIR}/assets/build.mjs
      COMMENT "Building the front end" VERBATIM)
  endif()
  add_custom_command(OUTPUT ${out}/embedded.S ${out}/embedded.cpp
    COMMAND ${CMAKE_SOURCE_DIR}/tools/embed.sh ${out} migrations ${CMAKE_SOURCE_DIR}/migrations
            locales ${CMAKE_SOURCE_DIR}/assets/locales examples ${sample}
            assets ${CMAKE_BINARY_DIR}/assets
    DEPENDS ${migrations} ${locales} ${sample} ${stamp} ${CMAKE_SOURCE_DIR}/tools/embed.sh
    COMMENT "Embedding files" VERBATIM)
  set_source_files_properties(${out}/embedded.S PROPERTIES
    OBJECT_DEPENDS "${migrations};${locales};${sample};${stamp}")
  add_library(kith_embedded STATIC ${out}/embedded.S ${out}/embedded.cpp)
  target_include_directories(kith_embedded PRIVATE ${CMAKE_SOURCE_DIR}/src)
endfunction()
