package io.andon.detection.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** This class path has a provider that is broken, and names one that is not there. */
class BestKernelsTest {
  @Test
  void brokenProvidersLeavePlainLoopsThatSayWhy() {

    assertThat(Kernels.best()).isInstanceOf(PlainKernels.class);
    assertThat(Kernels.best().name())
        .startsWith("plain loops (others can't be used: ")
        .contains("broken");
  }

  @Test
  void plainLoopsByChoiceSayNothingMore() {
    assertThat(new PlainKernels().name()).isEqualTo("plain loops");
  }
}
