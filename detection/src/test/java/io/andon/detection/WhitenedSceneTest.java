package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The scenes of a still set, as their own covariance sets them apart. */
class WhitenedSceneTest {
  private static final FrameStamp STAMP = new FrameStamp(0, 0, 0, 0, 0);
  private static final int VALUES = 8;

  /** Normal pictures differ in size, which moves all values together, and in a little noise. */
  private static byte[] normal(Random random) {
    double size = 30 * random.nextGaussian();
    byte[] signature = new byte[VALUES];
    for (int i = 0; i < VALUES; i++) {
      signature[i] = (byte) Math.round(Math.max(-120, Math.min(120, size + random.nextGaussian())));
    }
    return signature;
  }

  private static WhitenedScene learnt(int pictures, int capacity) {
    Random random = new Random(5);
    WhitenedScene scene = new WhitenedScene(VALUES, capacity);
    for (int i = 0; i < pictures; i++) {
      scene.learn(normal(random), STAMP);
    }
    return scene;
  }

  @Test
  void whatBreaksTheRulesOfAllIsFartherThanALargerDifferenceThatKeepsThem() {
    WhitenedScene scene = learnt(300, 1_024);
    byte[] larger = {25, 25, 25, 25, 25, 25, 25, 25};
    byte[] broken = {25, 25, 25, 5, 25, 25, 25, 25};
    assertThat(scene.distance(broken)).isGreaterThan(3 * scene.distance(larger));
  }

  @Test
  void nothingIsKnownWithoutPicturesAndFewOfThemCountForLittle() {
    assertThat(new WhitenedScene(VALUES, 16).distance(new byte[VALUES])).isZero();
    assertThat(new WhitenedScene(VALUES, 16).share()).isZero();
    assertThat(learnt(1, 16).distance(new byte[] {9, 9, 9, 9, 9, 9, 9, 9})).isPositive().isFinite();
    assertThat(learnt(VALUES, 16).share()).isEqualTo(0.5);
  }

  @Test
  void oneOddPictureAmongManyDoesNotHideThoseLikeIt() {
    byte[] odd = {40, -40, 40, -40, 40, -40, 40, -40};
    WhitenedScene scene = learnt(200, 1_024);
    scene.learn(odd, STAMP);
    assertThat(scene.distance(odd)).isGreaterThan(scene.distance(normal(new Random(9))));
  }

  @Test
  void anInterruptedMemoryGoesOnBitForBitEvenWhenItHasComeRound() throws Exception {
    Random random = new Random(11);
    WhitenedScene scene = learnt(70, 64);
    SnapshotWriter out = new SnapshotWriter();
    scene.write(out);
    WhitenedScene restored = new WhitenedScene(VALUES, 64);
    restored.read(new SnapshotReader(out.toBytes(), out.size()));
    for (int i = 0; i < 30; i++) {
      byte[] next = normal(random);
      assertThat(restored.distance(next)).isEqualTo(scene.distance(next));
      scene.learn(next, STAMP);
      restored.learn(next, STAMP);
    }
  }
}
