package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import io.andon.embedding.LumaPlane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaTest {
  @ParameterizedTest
  @CsvSource({
    "448, 256, 112, 64",
    "640, 256, 160, 64",
    "1024, 512, 128, 64",
    "4096, 4096, 64, 64",
    "2, 2, 1, 1"
  })
  void staysWithinTenKilobytesAtAnySize(int width, int height, int columns, int rows) {
    LumaPlane luma = DeadLeaves.picture(3, new InputShape(width, height)).luma();

    assertThat(luma.values().length).isBetween(1, Luma.LARGEST);
    assertThat(luma.width()).isEqualTo(columns);
    assertThat(luma.height()).isEqualTo(rows);
  }
}
