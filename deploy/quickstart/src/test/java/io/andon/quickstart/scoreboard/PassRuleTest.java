package io.andon.quickstart.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassRuleTest {
  @Test
  void aMachineThatScoresTooFewFramesIsNamedAsTheLikelyCause() {
    assertThat(PassRule.excuse(16.1, 20))
        .hasValueSatisfying(text -> assertThat(text).contains("16.1 of 20 frames/s", "FPS=5"));
    assertThat(PassRule.excuse(19.9, 20)).isEmpty();
    assertThat(PassRule.excuse(20.4, 20)).isEmpty();
  }
}
