#pragma once

#include <filesystem>
#include <string_view>

namespace af {

/// Where `path` is written until it is whole.
[[nodiscard]] std::filesystem::path part_path(const std::filesystem::path& path);

/// Refuses an output that must not be written: it exists and `overwrite` is false, it is a
/// folder, or its folder is missing or read-only. Call it before long work. @throws OutputError
void check_writable(const std::filesystem::path& path, bool overwrite);

/// Refuses an output whose NAME.part another process holds locked, as HDF5 locks what it writes.
/// Call it before that file is opened to be written. @throws OutputError
void check_unclaimed(const std::filesystem::path& path);

/// Syncs NAME.part to the disk and renames it to NAME. @throws OutputError
void commit_part(const std::filesystem::path& path);

/// Writes a small file whole: NAME.part, sync, rename. @throws OutputError
void write_file(const std::filesystem::path& path, std::string_view contents, bool overwrite);

}  // namespace af
