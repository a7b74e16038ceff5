package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import io.andon.embedding.LumaPlane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaTest {
  @ParameterizedTest
  @CsvSource({
    "448, 256, 224, 128",
    "640, 256, 320, 128",
    "1024, 512, 256, 128",
    "4096, 4096, 128, 128",
    "2, 2, 1, 1"
  })
  void staysWithinItsBoundAtAnySize(int width, int height, int columns, int rows) {
    LumaPlane luma = DeadLeaves.picture(3, new InputShape(width, height)).luma();

    assertThat(luma.values().length).isBetween(1, Luma.LARGEST);
    assertThat(luma.width()).isEqualTo(columns);
    assertThat(luma.height()).isEqualTo(rows);
  }
}
