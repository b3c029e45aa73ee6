#pragma once

#include <string>

#include "al/models/classifier.h"
#include "al/weights/named_tensors.h"

namespace af::al::weights {

/// Has a network start from a file's values in place of drawn ones, whatever the seed: all of its
/// parameters and of what its batch norms keep, by name, as float32. Two may start as drawn:
///   the last layer   if the file has none or one for another number of classes
///   the adversary    always
/// Batch norm's num_batches_tracked is passed over.
/// @param file  For messages.
/// @return whether the last layer starts from the file, too
/// @throws InputError that names the tensor if one is missing, unknown, of another shape, no
///         floating-point number or not finite.
bool start_from(models::Classifier& net, const NamedTensors& tensors, const std::string& file);

}  // namespace af::al::weights
