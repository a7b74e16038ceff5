package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    WhitenedScene scene = new WhitenedScene(VALUES, capacity);
    normals(pictures).forEach(signature -> scene.learn(signature, STAMP));
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
    WhitenedScene restored = restored(scene, 64);
    for (int i = 0; i < 30; i++) {
      byte[] next = normal(random);
      assertThat(restored.distance(next)).isEqualTo(scene.distance(next));
      scene.learn(next, STAMP);
      restored.learn(next, STAMP);
    }
  }

  /** A memory of 40 that has come round is to keep the newest, and in their order. */
  @ParameterizedTest
  @ValueSource(ints = {3, 39, 41, 64, 1_024})
  void underAnotherCapacityTheNewestAreKeptAndTheOldestStillMakeRoom(int capacity)
      throws Exception {
    int pictures = 2 * 40 + 20;
    WhitenedScene restored = restored(learnt(pictures, 40), capacity);
    int fit = Math.min(40, capacity);
    List<byte[]> sequence = new ArrayList<>(normals(pictures).subList(pictures - fit, pictures));
    Random random = new Random(12);
    for (int i = 0; i < 2 * capacity + 5; i++) {
      byte[] next = normal(random);
      sequence.add(next);
      restored.learn(next, STAMP);
    }
    WhitenedScene expected = new WhitenedScene(VALUES, capacity);
    sequence.forEach(signature -> expected.learn(signature, STAMP));
    assertThat(kept(restored)).isEqualTo(kept(expected));
    assertThat(restored.distance(normal(random))).isPositive().isFinite();
  }

  @Test
  void whatFitsIsWhitenedByItsOwnCovariance() throws Exception {
    WhitenedScene restored = restored(learnt(100, 40), 16);
    WhitenedScene anew = new WhitenedScene(VALUES, 16);
    normals(100).subList(84, 100).forEach(signature -> anew.learn(signature, STAMP));
    byte[] other = normal(new Random(3));
    assertThat(restored.distance(other)).isEqualTo(anew.distance(other));
    assertThat(restored.share()).isEqualTo(anew.share());
  }

  private static List<byte[]> normals(int pictures) {
    Random random = new Random(5);
    return Stream.generate(() -> normal(random)).limit(pictures).toList();
  }

  private static WhitenedScene restored(WhitenedScene scene, int capacity) throws Exception {
    SnapshotWriter out = new SnapshotWriter();
    scene.write(out);
    WhitenedScene restored = new WhitenedScene(VALUES, capacity);
    restored.read(new SnapshotReader(out.toBytes(), out.size()));
    return restored;
  }

  /** The signatures that a memory holds, from the first place to the last. */
  private static List<ByteBuffer> kept(WhitenedScene scene) throws Exception {
    SnapshotWriter out = new SnapshotWriter();
    scene.write(out);
    SnapshotReader in = new SnapshotReader(out.toBytes(), out.size());
    int count = in.takeInt("scene signatures", 0, 1_024);
    List<ByteBuffer> kept = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kept.add(ByteBuffer.wrap(in.takeBytes("scene signature", VALUES, VALUES)));
    }
    return kept;
  }
}
