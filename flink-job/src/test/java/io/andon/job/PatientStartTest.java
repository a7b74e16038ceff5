package io.andon.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.config.ConfigException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * In application mode a program that fails takes its job, and what high availability knows of it,
 * with it.
 */
@Timeout(120)
class PatientStartTest {
  private final PatientStart start = new PatientStart(Duration.ofMillis(1), Duration.ofMillis(4));

  @Test
  void whatIsMissingIsWaitedFor() throws Exception {
    Deque<Exception> refusals =
        new ArrayDeque<>(
            List.of(
                new JobRefusedException(List.of("no broker")),
                new ConfigException("job.yaml", List.of()),
                new JobRefusedException(List.of("topic andon.frames is missing"))));

    String started =
        start.await(
            () -> {
              throwNext(refusals);
              return "started";
            });

    assertThat(started).isEqualTo("started");
    assertThat(refusals).isEmpty();
  }

  @Test
  void anErrorOfTheProgramIsNotTriedAgain() {
    List<Integer> attempts = new ArrayList<>();

    assertThatThrownBy(
            () ->
                start.await(
                    () -> {
                      attempts.add(1);
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(attempts).hasSize(1);
  }

  private static void throwNext(Deque<Exception> refusals)
      throws ConfigException, JobRefusedException {
    Exception next = refusals.poll();
    if (next instanceof ConfigException wrong) {
      throw wrong;
    } else if (next instanceof JobRefusedException refused) {
      throw refused;
    }
  }
}
