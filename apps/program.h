#pragma once

#include <functional>
#include <string>

namespace af::apps {

/// Runs a program's body and turns what it throws into one sentence on stderr and the exit code
/// of the interface (core/errors.h). What nobody foresaw exits with 70, after sysexits.h.
int guarded(const char* program, const std::function<int()>& body);

/// Runs a body in a child process and returns its exit code: a library that crashes on a damaged
/// file takes only the child with it. Must be called before any thread is started.
/// @param reading  The file that the body reads, for the message.
/// If a closed pipe or the user ended the child (SIGPIPE, SIGINT, SIGTERM, SIGHUP), the same signal
/// ends this process.
/// @throws InputError if another signal ended the child.
int in_child(const std::string& reading, const std::function<int()>& body);

/// Lets this process have so much memory as no audit of the HDF5 file can need if it is sound: less
/// than a gigabyte, unless the file is large or the processors many. A size in a damaged file may
/// be any number, and the HDF5 library believes it. What then fails says so, or is passed over.
void limit_memory(const std::string& file);

/// Opens an HDF5 file and reads a little of every column in a child process that may take a few
/// seconds of processor time and less than a gigabyte of memory, or more for a large file: on some
/// damaged files the library crashes, runs in a circle or asks for any amount of memory. Must be
/// called before any thread is started.
/// @return whether it could be read; if not, whoever opens it next says why
/// @throws InputError if a signal ended the child.
bool read_in_child(const std::string& file);

/// The same, and if it could not be read this process keeps the bound on memory.
void check_survivable(const std::string& file);

}  // namespace af::apps
