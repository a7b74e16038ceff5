package io.andon.embedding.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorFeaturesTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "flags : fpu avx2 avx512_bf16 avx512_vnni, true",
    "flags : fpu amx_bf16 amx_tile, true",
    "flags : dts avx512_bf16 dts, true",
    "flags : fpu avx2 avx512f, false",
    "flags : fpu not_avx512_bf16, false",
    "model name : avx512_bf16, false",
    "'', false"
  })
  void bf16IsToldFromTheFlags(String line, boolean has) {
    assertThat(ProcessorFeatures.hasBf16("processor : 0\n" + line + "\n")).isEqualTo(has);
  }

  @ParameterizedTest(name = "{0} then {1}")
  @CsvSource({"avx2, amx_bf16", "amx_bf16, avx2"})
  void oneCoreWithoutItIsEnoughToLackIt(String one, String other) {
    assertThat(ProcessorFeatures.hasBf16("flags: " + one + "\nflags: " + other + "\n")).isFalse();
  }
}
