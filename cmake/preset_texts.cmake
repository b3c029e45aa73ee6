# Makes a header of the files in presets/, so that the program carries their text:
#   cmake "-DFILES=a.toml;b.toml" -DHEADER=... -P preset_texts.cmake
set(files ${FILES})
list(SORT files)
set(texts "")
foreach(file IN LISTS files)
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND texts "    {\"${name}\", R\"preset(${text})preset\"},\n")
endforeach()
file(WRITE ${HEADER} "#pragma once\n\n#include \"synth/presets.h\"\n\nnamespace af::synth {\n
inline constexpr Preset kPresetTexts[] = {\n${texts}};\n\n}  // namespace af::synth\n")
