#include "al/weights/weights_file.h"

#include <ATen/ATen.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "core/errors.h"
#include "core/random.h"
#include "tests/al/oracle.h"
#include "tests/support/program.h"
#include "tests/support/refusal.h"

namespace af::al::weights {
namespace {

using testing::HasSubstr;

std::string golden(const std::string& name) {
  return std::string(AF_SOURCE_DIR "/tests/golden/weights/") + name;
}

/// What the reader says of these bytes; "not refused" if it takes them.
std::string complaint(const std::string& bytes) {
  const test::TempDir folder;
  test::write_bytes(folder / "w.pt", bytes);
  return test::refusal<InputError>([&] { return read_weights(folder / "w.pt"); });
}

/// A safetensors file with this header and so many bytes of values.
std::string safetensors(const std::string& header, std::size_t values) {
  std::string bytes(8, '\0');
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, sizeof length);
  return bytes + header + std::string(values, '\0');
}

std::string entry(const std::string& shape, const std::string& offsets,
                  const std::string& type = "F32") {
  return R"({"dtype":")" + type + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

TEST(WeightsFile, OfSafetensorsHasItsTypesAndValues) {
  const NamedTensors tensors = read_weights(golden("types.safetensors"));
  const nlohmann::json expected = test::oracle("weights.json")["types"];
  ASSERT_EQ(tensors.size(), expected.size());
  for (const auto& [name, rows] : expected.items()) {
    const at::Tensor values = tensors.at(name).to(at::kDouble);
    EXPECT_EQ(values.sizes(), (std::vector<std::int64_t>{2, 3}));
    EXPECT_TRUE(at::equal(values.flatten(), at::tensor(test::row_major(rows), at::kDouble)))
        << name;
  }
  EXPECT_EQ(tensors.at("bfloat16").scalar_type(), at::kBFloat16);
}

TEST(WeightsFile, OfTorchSaveHasViewsOfOneStorage) {
  for (const char* name : {"vgg16.pt", "vgg16_stream.pt"}) {
    const NamedTensors tensors = read_weights(golden(name));
    EXPECT_EQ(tensors.size(), 32U);
    const at::Tensor fc1 = tensors.at("classifier.0.weight");
    EXPECT_EQ(fc1.sizes(), (std::vector<std::int64_t>{4096, 25'088}));
    EXPECT_EQ(fc1.strides(), (std::vector<std::int64_t>{5, 1}));
  }
}

TEST(WeightsFile, OfACheckpointHasItsStateDict) {
  const NamedTensors tensors = read_weights(golden("resnet18.pt"));
  EXPECT_EQ(tensors.size(), 122U);  // torchvision's count, num_batches_tracked among them.
  EXPECT_EQ(tensors.at("bn1.num_batches_tracked").item<std::int64_t>(), 5);
}

TEST(WeightsFile, RefusesWhatIsNone) {
  EXPECT_THAT(complaint("no weights at all"), HasSubstr("expected safetensors or torch.save's"));
  EXPECT_THAT(complaint(""), HasSubstr("expected safetensors"));
  EXPECT_THROW(static_cast<void>(read_weights("/nowhere/w.pt")), InputError);
  EXPECT_THROW(static_cast<void>(read_weights("/tmp")), InputError);
}

TEST(WeightsFile, RefusesASafetensorsHeaderThatReachesBeyondTheFile) {
  EXPECT_EQ(complaint(safetensors(R"({"a":)" + entry("[2]", "[0,8]") + "}", 8)), "not refused");
  for (const std::string& header :
       {R"({"a":)" + entry("[2]", "[0,8]") + R"(,"b":)" + entry("[2]", "[8,16]") + "}",
        R"({"a":)" + entry("[2]", "[4,12]") + "}", R"({"a":)" + entry("[2]", "[8,0]") + "}",
        R"({"a":)" + entry("[3]", "[0,8]") + "}", R"({"a":)" + entry("[-2]", "[0,8]") + "}",
        R"({"a":)" + entry("[4611686018427387904,4611686018427387904]", "[0,8]") + "}",
        R"({"a":)" + entry("[4294967296,4294967296,4]", "[0,8]") + "}",
        R"({"a":)" + entry("[2,1,1,1,1,1,1,1,1,1]", "[0,8]") + "}",
        R"({"a":)" + entry("[2]", "[0,8]", "F4") + "}", R"({"a":)" + entry("[2]", "[0,8,9]") + "}",
        R"({"a":)" + entry("[1]", "[0,4]") + R"(,"b":)" + entry("[2]", "[0,8]") + "}",
        std::string(R"({"a":[]})"), std::string(R"({"a":{"dtype":1}})"), std::string("{"),
        std::string(4096, '[')}) {
    EXPECT_THAT(complaint(safetensors(header, 8)), HasSubstr("expected")) << header;
  }
  EXPECT_THAT(complaint(std::string("\xff\xff\xff\xff\xff\xff\xff\xff{", 9)), HasSubstr("length"));
}

/// A pickle in the older format of torch.save, between what precedes and what follows it.
std::string stream(const std::string& object) {
  std::string bytes("\x80\x02\x8A\x0A\x6C\xFC\x9C\x46\xF9\x20\x6A\xA8\x50\x19.", 15);
  bytes += std::string("\x80\x02M\xE9\x03.\x80\x02}.", 10);
  return bytes + object + "\x80\x02].";
}

TEST(WeightsFile, ExecutesNothingOfAPickle) {
  const test::TempDir folder;
  const std::string trace = folder / "trace";
  std::string object = "\x80\x02}X\x01";
  object += std::string("\0\0\0a", 4) + "cos\nsystem\nX" + static_cast<char>(trace.size() + 6) +
            std::string("\0\0\0", 3) + "touch " + trace + "\x85Rs.";
  EXPECT_THAT(complaint(stream(object)), HasSubstr("holds no tensor by name"));
  EXPECT_FALSE(std::filesystem::exists(trace));
}

TEST(WeightsFile, RefusesPicklesThatAreNone) {
  for (const char* object :
       {"\x80\x02R.", "\x80\x02.", "\x80\x02h\x05.", "\x80\x02)e.", "\x80\x02s.", "\x80\x02\xff.",
        "\x80\x02(((0.", "\x80\x02}(0t.", "\x80\x02}((00.", "\x80\x02X\xff\xff\xff\xff.",
        "\x80\x02}Q.", "\x80\x02"}) {
    EXPECT_THAT(complaint(stream(object)), HasSubstr("expected")) << object;
  }
}

TEST(WeightsFile, RefusesAPickleThatRecallsWhatItHasNotKept) {
  EXPECT_THAT(complaint(stream("\x80\x02h\x05.")), HasSubstr("recalls what it has not kept"));
}

TEST(WeightsFile, RefusesTensorsThatReachBeyondTheirStorage) {
  // The count of the values, 60,000 as two bytes, as 65,535.
  std::string bytes = test::file_bytes(golden("vgg16_stream.pt"));
  const std::string count("M\x60\xEA");
  const std::size_t at = bytes.find(count);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, count.size(), "M\xFF\xFF");
  EXPECT_THAT(complaint(bytes), HasSubstr("has not the 65535 values"));
  // The same count where the values lie, as eight bytes before them.
  bytes = test::file_bytes(golden("vgg16_stream.pt"));
  const std::size_t values = bytes.rfind(std::string("\x60\xEA\0\0\0\0\0\0", 8));
  ASSERT_NE(values, std::string::npos);
  bytes[values + 5] = 1;  // More than 10^12 of them.
  EXPECT_THAT(complaint(bytes), HasSubstr("has not the 60000 values"));
  // The step between fc1's outputs, 5, as 50.
  bytes = test::file_bytes(golden("vgg16_stream.pt"));
  const std::size_t name = bytes.find("classifier.0.weight");
  const std::size_t steps = bytes.find("K\x05K\x01\x86", name);
  ASSERT_NE(steps, std::string::npos);
  bytes[steps + 1] = 50;
  EXPECT_THAT(complaint(bytes), HasSubstr("'classifier.0.weight' does not lie within"));
}

class MutatedWeights : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(All, MutatedWeights,
                         testing::Values("types.safetensors", "vgg16_stream.pt", "resnet18.pt"));

TEST_P(MutatedWeights, AreTakenOrRefusedInASentence) {
  const std::string whole = test::file_bytes(golden(GetParam()));
  // Of a large file what matters is its ends: the values between may be any.
  const std::size_t end = std::min<std::size_t>(whole.size(), 8192);
  int refused = 0;
  for (std::uint64_t i = 0; i < 300; ++i) {
    Stream draws(i, Purpose::kTest, 0);
    std::string bytes = whole;
    for (std::uint32_t change = 0; change <= i % 4; ++change) {
      const std::size_t at = draws.below(static_cast<std::uint32_t>(end));
      bytes[draws.below(2) == 0 ? at : whole.size() - 1 - at] = static_cast<char>(draws.bits());
    }
    if (i % 5 == 0) bytes.resize(draws.below(static_cast<std::uint32_t>(whole.size())));
    const std::string said = complaint(bytes);
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
    refused += said == "not refused" ? 0 : 1;
  }
  EXPECT_GT(refused, 60);
}

}  // namespace
}  // namespace af::al::weights
