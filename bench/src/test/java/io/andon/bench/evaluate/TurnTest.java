package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.InputShape;
import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnTest {
  private static final int CORNER = 0xff102030;

  private static BufferedImage marked() {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 0, CORNER);
    return image;
  }

  @Test
  void aRectangleHasThreeOtherPositionsAndASquareSeven() {
    assertThat(Turn.all(new InputShape(448, 256))).hasSize(3).noneMatch(Turn::transposed);
    assertThat(Turn.all(new InputShape(256, 256))).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void aMarkInACornerComesToTheRightOne() {
    assertThat(new Turn(false, true, false).of(marked()).getRGB(0, 0)).isEqualTo(CORNER);
    assertThat(new Turn(false, false, true).of(marked()).getRGB(2, 1)).isEqualTo(CORNER);
    BufferedImage transposed = new Turn(true, false, false).of(marked());
    assertThat(transposed.getWidth()).isEqualTo(2);
    assertThat(transposed.getRGB(0, 2)).isEqualTo(CORNER);
  }

  @Test
  void everyPositionOfASquareIsAnother() {
    BufferedImage square = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    square.setRGB(1, 0, CORNER);
    Set<Integer> places = new HashSet<>();
    places.add(place(square));
    Turn.all(new InputShape(256, 256)).forEach(turn -> places.add(place(turn.of(square))));
    assertThat(places).hasSize(8);
  }

  private static int place(BufferedImage image) {
    for (int i = 0; i < 16; i++) {
      if (image.getRGB(i % 4, i / 4) == CORNER) {
        return i;
      }
    }
    throw new AssertionError("the mark is gone");
  }
}
