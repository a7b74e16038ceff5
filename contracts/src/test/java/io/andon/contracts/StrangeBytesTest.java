package io.andon.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No bytes of a stranger make a codec throw; what it accepts, it can write again. */
class StrangeBytesTest {
  private static final int ROUNDS = 3000;

  static Stream<String> topics() {
    return Topics.all().stream().map(TopicSpec::name);
  }

  static Stream<String> examples() {
    return Examples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("topics")
  void randomBytesAreRejected(String topic) {
    Random random = new Random(20260101);
    for (int round = 0; round < ROUNDS; round++) {
      Decoded<?> decoded =
          Examples.decode(topic, bytes(random), bytes(random), headers(random, List.of()));

      assertThat(decoded).isInstanceOf(Decoded.Rejected.class);
    }
  }

  @ParameterizedTest
  @MethodSource("topics")
  void absentKeysAndValuesAreRejected(String topic) {
    assertThat(Examples.decode(topic, null, null, List.of())).isInstanceOf(Decoded.Rejected.class);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void damagedRecordsAreRejectedOrStillWhole(String name) {
    EncodedRecord example = Examples.encoded(name);
    Random random = new Random(name.hashCode());
    int rejected = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Decoded<?> decoded =
          Examples.decode(
              example.topic(),
              random.nextInt(8) == 0 ? damaged(random, example.key()) : example.key(),
              damaged(random, example.value()),
              headers(random, example.headers()));

      if (decoded instanceof Decoded.Valid<?> valid) {
        assertThat(Examples.encode(valid.value()).topic()).isEqualTo(example.topic());
      } else {
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(ROUNDS / 20);
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(200)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] damaged(Random random, byte[] bytes) {
    if (bytes.length == 0 || random.nextInt(10) == 0) {
      return Arrays.copyOf(bytes, bytes.length == 0 ? 0 : random.nextInt(bytes.length));
    }
    byte[] copy = bytes.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      copy[random.nextInt(copy.length)] =
          random.nextBoolean()
              ? (byte) random.nextInt()
              : (byte) "0123456789-\"{}[]e.,:".charAt(random.nextInt(20));
    }
    return copy;
  }

  private static List<WireHeader> headers(Random random, List<WireHeader> from) {
    List<WireHeader> headers = new ArrayList<>();
    for (WireHeader header : from) {
      byte @Nullable [] value = header.value();
      headers.add(
          value != null && random.nextInt(10) == 0
              ? new WireHeader(header.name(), damaged(random, value))
              : header);
    }
    if (random.nextInt(4) == 0) {
      headers.add(new WireHeader("andon.v", random.nextBoolean() ? null : bytes(random)));
    }
    return headers;
  }
}
