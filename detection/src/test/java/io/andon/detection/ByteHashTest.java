package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteHashTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 24_576})
  void itIsTheHashOfTheLibrary(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);

    assertThat(ByteHash.of(bytes)).isEqualTo(Arrays.hashCode(bytes));
  }
}
