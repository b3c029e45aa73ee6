#include "synth/factor_draws.h"

#include <algorithm>
#include <utility>

#include "core/config.h"

namespace af::synth {

LevelDraw::LevelDraw(const char* factor, const Choice& choice, const JointTable& joint)
    : choice_(choice),
      position_(joint.position(factor)),
      is_tied_(position_ < joint.factors.size()),
      names_(is_tied_ ? joint.factors[position_].levels : choice.names()) {
  for (std::size_t k = 0; k < names_.size(); ++k) {
    const auto comes_up = [k](const std::vector<double>& row) { return row[k] > 0.0; };
    if (is_tied_ ? std::ranges::any_of(joint.factors[position_].shares, comes_up)
                 : choice_.allows(names_[k])) {
      possible_.push_back(names_[k]);
    }
  }
}

FlagDraw::FlagDraw(const char* factor, const Choice& choice, const JointTable& joint)
    : level_(factor, choice, joint) {
  for (const std::string& name : level_.names()) values_.push_back(name == "true" ? 1 : 0);
}

PatternDraw::PatternDraw(const char* factor, const Choice& choice, const JointTable& joint,
                         factors::PatternOptions options)
    : level_(factor, choice, joint), options_(std::move(options)) {
  for (const std::string& name : level_.names()) {
    kinds_.push_back(from_text<PatternKind>(name).value());
  }
}

void PatternDraw::operator()(const Levels& tied, Stream& stream, const Rgb* color,
                             Pattern& pattern) const {
  const PatternKind kind = kinds_[level_(tied, stream)];
  if (kind == PatternKind::kSolid && color != nullptr) {
    pattern = solid(*color);
  } else {
    factors::draw_pattern(kind, options_, stream, pattern);
  }
}

void PatternDraw::make_room(PatternRoom& room) const {
  for (const std::string& name : level_.possible()) {
    const PatternKind kind = from_text<PatternKind>(name).value();
    std::size_t gradients = 0;
    if (kind == PatternKind::kLinear || kind == PatternKind::kRadial) gradients = 1;
    if (kind == PatternKind::kMulti) {
      gradients = static_cast<std::size_t>(options_.multi_gradients);
    }
    room.fit(kind, gradients);
  }
}

}  // namespace af::synth
