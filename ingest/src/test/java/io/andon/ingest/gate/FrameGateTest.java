package io.andon.ingest.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.andon.ingest.settings.GateConfig;
import io.andon.ingest.settings.GateProfile;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise is no change, whatever its strength; anything else is, however small. */
class FrameGateTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 92;
  private static final int FPS = 10;
  private static final long NEVER_STALE = 1_000_000_000L;

  private final Random random = new Random(11);
  private final byte[] scene = scene();
  private final float[] noise = noise();
  private FrameGate gate = gate(GateProfile.SAFE, NEVER_STALE);
  private long micros = 1_800_000_000_000_000L;
  private double light;
  private int colour;

  private static FrameGate gate(GateProfile profile, long maxStaleMillis) {
    return new FrameGate(new GateConfig(profile, (int) maxStaleMillis));
  }

  private float[] noise() {
    float[] values = new float[1 << 20];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Texture, edges and flat parts. */
  private byte[] scene() {
    byte[] pixels = new byte[I420Picture.size(WIDTH, HEIGHT)];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int texture = x < WIDTH / 2 ? random.nextInt(60) : 0;
        pixels[y * WIDTH + x] = (byte) (60 + (x / 20) * 15 + texture);
      }
    }
    java.util.Arrays.fill(pixels, WIDTH * HEIGHT, pixels.length, (byte) 128);
    return pixels;
  }

  /** An object on the scene: a rectangle by how much brighter it is. */
  private record Thing(int x, int y, int size, int contrast) {
    boolean covers(int px, int py) {
      return px >= x && px < x + size && py >= y && py < y + size;
    }
  }

  private I420Picture picture(double sigma, Thing... things) {
    byte[] pixels = scene.clone();
    int from = random.nextInt(noise.length - pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      double value = (pixels[i] & 0xff) + sigma * noise[from + i];
      if (i < WIDTH * HEIGHT) {
        value += light;
        for (Thing thing : things) {
          value += thing.covers(i % WIDTH, i / WIDTH) ? thing.contrast : 0;
        }
      } else if (i < WIDTH * HEIGHT + 800) {
        value += colour;
      }
      pixels[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
    }
    return new I420Picture(WIDTH, HEIGHT, pixels);
  }

  private boolean unchanged(I420Picture picture) {
    micros += 1_000_000 / FPS;
    return gate.isUnchanged(picture, micros, 1, false);
  }

  private int unchangedOf(int frames, double sigma, Thing... things) {
    int unchanged = 0;
    for (int i = 0; i < frames; i++) {
      unchanged += unchanged(picture(sigma, things)) ? 1 : 0;
    }
    return unchanged;
  }

  private void learn(double sigma) {
    unchangedOf(60, sigma);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 2, 3})
  void noiseOfAStillSceneIsNoChange(double sigma) {
    learn(sigma);
    assertThat(unchangedOf(150, sigma)).isEqualTo(150);
  }

  @Test
  void noiseBeyondWhatIsBelievedIsSent() {
    learn(12);
    assertThat(unchangedOf(20, 12)).isZero();
  }

  @Test
  void nothingIsLeftOutBeforeNoiseIsKnown() {
    assertThat(unchangedOf(FrameGate.LEARNING, 1)).isZero();
    assertThat(unchangedOf(20, 1)).isPositive();
  }

  /** Of a size in pixels and a contrast in grey levels, anywhere, across the borders of blocks. */
  @ParameterizedTest
  @CsvSource({"0, 3, 20", "1, 4, 25", "1, 6, 16", "2, 6, 30", "3, 8, 30", "2, 16, 12"})
  void aSmallObjectIsSeenWhereverItIs(double sigma, int size, int contrast) {
    learn(sigma);
    for (int i = 0; i < 40; i++) {
      Thing thing =
          new Thing(random.nextInt(WIDTH - size), random.nextInt(HEIGHT - size), size, contrast);
      assertThat(unchanged(picture(sigma, thing))).as("%s", thing).isFalse();
      assertThat(unchanged(picture(sigma))).as("gone again").isFalse();
    }
  }

  @Test
  void whatWasSentOnceIsTheNewPicture() {
    learn(1);
    Thing thing = new Thing(100, 60, 8, 40);
    assertThat(unchanged(picture(1, thing))).isFalse();
    assertThat(unchangedOf(30, 1, thing)).isEqualTo(30);
  }

  @Test
  void aSlowDriftAddsUpUntilItIsSent() {
    learn(1);
    int sent = 0;
    for (int i = 0; i < 400; i++) {
      light += 0.02; // 8 grey levels in all, far below the noise from picture to picture
      sent += unchanged(picture(1)) ? 0 : 1;
    }
    assertThat(sent).isBetween(4, 80);
  }

  @Test
  void aSlowMovementAddsUpToo() {
    learn(1);
    int sent = 0;
    for (int i = 0; i < 200; i++) {
      sent += unchanged(picture(1, new Thing(40 + i / 10, 60, 10, 40))) ? 0 : 1;
    }
    assertThat(sent).as("for each pixel that it moves").isBetween(15, 60);
  }

  @Test
  void aChangeOfLightIsSentAtOnce() {
    learn(1);
    light = 4;
    assertThat(unchanged(picture(1))).isFalse();
    assertThat(unchanged(picture(1))).isTrue();
    light = 0;
    assertThat(unchanged(picture(1))).isFalse();
  }

  @Test
  void aLampThatChangesItsColourAloneIsSeen() {
    learn(1);
    colour = 20;
    assertThat(unchanged(picture(1))).isFalse();
    assertThat(unchanged(picture(1))).isTrue();
  }

  /** What always moves must not pass for noise, though it does in every picture. */
  @Test
  void aPlaceThatAlwaysMovesIsAlwaysSeen() {
    for (int i = 0; i < 300; i++) {
      Thing part = new Thing(10 + (i * 7) % 120, 40, 16, 30);
      boolean unchanged = unchanged(picture(1, part));
      assertThat(unchanged).as("picture %d", i).isFalse();
    }
  }

  @Test
  void noiseThatGrowsIsLearntAnew() {
    learn(0.5);
    unchangedOf(150, 2);
    assertThat(unchangedOf(50, 2)).isGreaterThanOrEqualTo(48);
    unchangedOf(150, 0.5);
    assertThat(unchanged(picture(0.5, new Thing(50, 50, 3, 20)))).isFalse();
  }

  @Test
  void aPictureIsSentAfterABoundedTime() {
    gate = gate(GateProfile.SAFE, 1_000);
    learn(1);
    int longest = 0;
    int run = 0;
    for (int i = 0; i < 100; i++) {
      run = unchanged(picture(1)) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    assertThat(longest).isEqualTo(FPS - 1);
  }

  @Test
  void aClockThatStandsStillOrRunsBackKeepsNothingBack() {
    learn(1);
    gate.isUnchanged(picture(1), micros, 1, true);
    int run = 0;
    while (gate.isUnchanged(picture(1), micros, 1, false)) {
      run++;
      assertThat(run).isLessThanOrEqualTo(FrameGate.MOST_IN_A_ROW);
    }
    assertThat(run).isEqualTo(FrameGate.MOST_IN_A_ROW);
    assertThat(gate.isUnchanged(picture(1), micros, 1, false)).isTrue();
    assertThat(gate.isUnchanged(picture(1), micros - 1, 1, false)).isFalse();
  }

  @Test
  void aNewConnectionAWantedPictureAndOneThatWasNotSeenAreSent() {
    learn(1);
    assertThat(gate.isUnchanged(picture(1), micros, 2, false)).isFalse();
    assertThat(gate.isUnchanged(picture(1), micros, 2, false)).isTrue();
    assertThat(gate.isUnchanged(picture(1), micros, 2, true)).isFalse();
    long before = gate.picture();
    gate.unseen();
    assertThat(gate.isUnchanged(picture(1), micros, 2, false)).isFalse();
    assertThat(gate.picture()).isGreaterThan(before + 1);
  }

  @Test
  void anotherSizeIsSentAndLearntAnew() {
    learn(1);
    byte[] other = new byte[I420Picture.size(99, 75)];
    for (int i = 0; i < FrameGate.LEARNING; i++) {
      assertThat(unchanged(new I420Picture(99, 75, other))).isFalse();
    }
    assertThat(unchanged(new I420Picture(99, 75, other))).isTrue();
    other[98 + 74 * 99] = 60; // alone in the corner, in the smallest block
    assertThat(unchanged(new I420Picture(99, 75, other))).isFalse();
  }

  @Test
  void theAggressiveProfileBearsWhatTheSafeOneSends() {
    gate = gate(GateProfile.AGGRESSIVE, NEVER_STALE);
    learn(1);
    assertThat(unchanged(picture(1, new Thing(80, 60, 4, 25)))).isTrue();
    assertThat(unchanged(picture(1, new Thing(80, 60, 24, 40)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"SAFE", "AGGRESSIVE"})
  void theSamePicturesGiveTheSameAnswers(GateProfile profile) {
    FrameGate one = gate(profile, 1_000);
    FrameGate other = gate(profile, 1_000);
    for (int i = 0; i < 120; i++) {
      I420Picture picture = picture(2, new Thing(i % 30 < 10 ? 60 + i : 10, 60, 10, 30));
      micros += 100_000;
      assertThat(one.isUnchanged(picture, micros, 1, false))
          .isEqualTo(other.isUnchanged(picture, micros, 1, false));
    }
  }

  @Test
  void nothingIsAllocatedForAPicture() {
    I420Picture picture = picture(1);
    learn(1);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 50; i++) {
      gate.isUnchanged(picture, micros, 1, false);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  @Test
  void aGateThatIsOffIsNone() {
    assertThat(FrameGate.of(new GateConfig(GateProfile.OFF, 1_000))).isNull();
    assertThat(FrameGate.of(new GateConfig(GateProfile.SAFE, 1_000))).isNotNull();
  }

  @Test
  void aPictureHasToBeThereAsAWhole() {
    assertThatThrownBy(() -> new I420Picture(4, 4, new byte[23]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("picture of 4x4 takes 24 bytes, there are 23");
  }
}
