package io.andon.detection.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few steps of flow find how far a picture has moved. */
class PlainFlowStepTest {
  private static final int WIDTH = 40;
  private static final int HEIGHT = 32;
  private static final int STEPS = 4;

  private final FlowStep step = new PlainKernels().flowStep(WIDTH, HEIGHT);
  private final float[][] before = new float[HEIGHT][step.rowLength()];
  private final float[][] after = new float[HEIGHT][step.rowLength()];
  private final float[][] u = new float[HEIGHT][step.rowLength()];
  private final float[][] v = new float[HEIGHT][step.rowLength()];

  @ParameterizedTest
  @CsvSource({"0.7, 0", "0, -1.2", "-1.5, 0.5", "1.9, 1.9"})
  void theMovementOfATextureIsFound(float alongX, float alongY) {
    step.fill(texture(0, 0, 0), before);
    step.fill(texture(alongX, alongY, 0), after);

    takeSteps(0);

    assertThat(u[HEIGHT / 2][WIDTH / 2]).isCloseTo(alongX, within(0.1f));
    assertThat(v[HEIGHT / 2][WIDTH / 2]).isCloseTo(alongY, within(0.1f));
    float[] lengths = new float[WIDTH * HEIGHT];
    step.lengths(u, v, lengths);
    assertThat(lengths[HEIGHT / 2 * WIDTH + WIDTH / 2])
        .isCloseTo((float) Math.hypot(alongX, alongY), within(0.1f));
  }

  @Test
  void aStepOfBrightnessThatAllSharesIsNoMovement() {
    step.fill(texture(0, 0, 0), before);
    step.fill(texture(0, 0, 30), after);

    takeSteps(30);

    assertThat(u[HEIGHT / 2][WIDTH / 2]).isZero();
    assertThat(v[HEIGHT / 2][WIDTH / 2]).isZero();
  }

  @Test
  void whereThereIsNoStructureThereIsNoFlow() {
    step.fill(new byte[WIDTH * HEIGHT], before);
    byte[] bright = new byte[WIDTH * HEIGHT];
    Arrays.fill(bright, (byte) 200);
    step.fill(bright, after);

    takeSteps(0);

    assertThat(u[HEIGHT / 2][WIDTH / 2]).isZero();
    assertThat(v[HEIGHT / 2][WIDTH / 2]).isZero();
  }

  @Test
  void noStepIsLongerThanTheLongest() {
    step.fill(texture(0, 0, 0), before);
    step.fill(texture(9, 0, 0), after);

    step.take(before, after, 0, u, v);

    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertThat(u[y][x]).isBetween(-FlowStep.LONGEST, FlowStep.LONGEST);
        assertThat(v[y][x]).isBetween(-FlowStep.LONGEST, FlowStep.LONGEST);
      }
    }
  }

  private void takeSteps(float shared) {
    for (int i = 0; i < STEPS; i++) {
      step.take(before, after, shared, u, v);
    }
  }

  private static byte[] texture(float alongX, float alongY, int brighter) {
    byte[] picture = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < picture.length; i++) {
      double x = i % WIDTH - alongX;
      int row = i / WIDTH;
      double y = row - alongY;
      picture[i] =
          (byte) Math.round(110 + 50 * Math.sin(x / 3) + 50 * Math.cos(y / 3.5) + brighter);
    }
    return picture;
  }
}
