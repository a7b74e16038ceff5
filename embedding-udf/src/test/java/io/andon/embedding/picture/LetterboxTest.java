package io.andon.embedding.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  @ParameterizedTest
  @CsvSource({
    "512, 288, 448, 256, 0, 0, 448, 256",
    "384, 288, 352, 256, 0, 0, 352, 256",
    "1000, 100, 640, 256, 0, 96, 640, 64",
    "100, 1000, 256, 640, 96, 0, 64, 640",
    "300, 300, 448, 256, 96, 0, 256, 256"
  })
  void placesThePicture(
      int width, int height, int toWidth, int toHeight, int left, int top, int inner, int tall) {
    assertThat(Letterbox.of(width, height, new InputShape(toWidth, toHeight)))
        .isEqualTo(new Letterbox(left, top, inner, tall));
  }
}
