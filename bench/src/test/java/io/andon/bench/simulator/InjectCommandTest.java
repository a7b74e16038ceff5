package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectCommandTest {
  @Test
  void readsTheLineThatTheDemoSends() {
    assertThat(InjectCommand.parse("inject-from 1700000000000 until 1700000060000 count 12"))
        .isEqualTo(new InjectCommand(1_700_000_000_000L, 1_700_000_060_000L, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inject-from 5 until 9",
        "inject-from -5 until 9 count 1",
        "inject-from 9 until 9 count 1",
        "inject-from 5 until 9 count 0",
        "inject-from 5 until 9 count 10001",
        "inject-from 5 until 9 count 99999999999",
      })
  void refusesAnythingElse(String line) {
    assertThatThrownBy(() -> InjectCommand.parse(line))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
