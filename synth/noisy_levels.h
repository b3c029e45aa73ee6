#pragma once

#include <cstddef>
#include <cstdint>

#include "synth/noise.h"

namespace af::synth {

/// Painted values: bytes of one channel, or sums of three for grey.
struct LevelRange {
  int low;
  int high;
};

/// From painted values to levels of 0 to 255 with noise, in 16-bit fixed point:
///   level = clip(tone + noise), truncated,
/// where tone is linear in the painted value and both are in 64ths of a level. Where noise has a
/// deviation of more than 36 levels and would not fit, the units are 32nds, 16ths or eighths.
class NoisyLevels {
 public:
  /// @param at_low     Level that the lowest painted value has before noise; not yet truncated.
  /// @param at_high    That of the highest.
  /// @param deviation  Of the noise, in levels, at most 255.
  NoisyLevels(LevelRange painted, double at_low, double at_high, double deviation);

  /// @param painted  [count], count at most `Noise::kBlock`.
  void write(const std::uint8_t* painted, const Noise::Block& noise, std::size_t count,
             std::uint8_t* out) const;
  void write(const std::uint16_t* painted, const Noise::Block& noise, std::size_t count,
             std::uint8_t* out) const;

  /// The numbers that every value goes through, modulo 2^16.
  struct Steps {
    std::uint16_t stretch;  ///< Painted value to a number from 0 on that fills most of 16 bits,
    std::uint16_t shift;    ///< after this is added,
    std::uint16_t slope;    ///< which times this over 2^16
    std::int16_t base;      ///< and with this is the tone.
    std::int16_t gain;      ///< Of 16 times the noise, over 2^16.
    std::int16_t most;      ///< The largest value that gives level 255.
    int bits;               ///< Of a level's fraction.
  };

 private:
  Steps steps_;
};

}  // namespace af::synth
