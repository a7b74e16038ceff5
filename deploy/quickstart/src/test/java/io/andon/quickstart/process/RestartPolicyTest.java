package io.andon.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void theWaitDoublesAndTheFourthCrashOfAMinuteIsTheLastOfThree() {
    RestartPolicy policy = new RestartPolicy(3);
    assertThat(policy.crashed(NOON)).contains(Duration.ofMillis(500));
    assertThat(policy.crashed(NOON.plusSeconds(1))).contains(Duration.ofSeconds(1));
    assertThat(policy.crashed(NOON.plusSeconds(2))).contains(Duration.ofSeconds(2));
    assertThat(policy.crashed(NOON.plusSeconds(3))).isEmpty();
  }

  @Test
  void crashesOlderThanAMinuteAreForgotten() {
    RestartPolicy policy = new RestartPolicy(1);
    assertThat(policy.crashed(NOON)).contains(Duration.ofMillis(500));
    assertThat(policy.crashed(NOON.plusSeconds(61))).contains(Duration.ofMillis(500));
  }
}
