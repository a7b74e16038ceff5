package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MasksLeftOutTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final MasksLeftOut masks =
      new MasksLeftOut(
          "yard", new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), () -> 0));

  @Test
  void whatIsDamagedAndWhatIsNotThereIsCountedAndTheFirstOfEachNamed() {
    assertThat(masks.read("0.png", () -> "a mask")).contains("a mask");
    assertThat(masks.<String>read("1.png", MasksLeftOutTest::damaged)).isEmpty();
    assertThat(masks.<String>read("2.png", MasksLeftOutTest::damaged)).isEmpty();
    masks.lacking("3.png");
    masks.lacking("4.png");
    masks.lacking("5.png");
    masks.tell();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("yard: 2 masks can't be read, no pixel figures of them; 1.png: cut short")
        .contains("yard: 3 anomalous pictures have no mask")
        .contains("the first is 3.png");
  }

  @Test
  void nothingIsSaidWhereNothingIsMissing() {
    masks.tell();
    assertThat(said.size()).isZero();
  }

  private static String damaged() throws IOException {
    throw new IOException("cut short");
  }
}
