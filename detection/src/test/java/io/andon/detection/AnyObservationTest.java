package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever a valid observation holds, in whatever order and with whatever commands between: nothing
 * is thrown, figures stay in range, state stays bounded, and a restart anywhere changes no bit.
 */
class AnyObservationTest {
  private static final int MAX_BYTES = 4 << 20;

  /** Everything happens within a hundred frames. */
  private static final DetectorSettings HASTY =
      DetectorSettings.defaults()
          .withWarmUp(new DetectorSettings.WarmUp(2_000, 5, 200))
          .withMemory(
              new DetectorSettings.Memory(4, 8, 100, 100, 500, 200, 20_000, 10_000, 0.9, 5, 4))
          .withCalibration(
              new DetectorSettings.Calibration(100, 100, 20, 30, 200, 0.1, 0.5, 1.0, 0.25))
          .withSceneChange(new DetectorSettings.SceneChange(0.5, 2_500))
          .withUndo(new DetectorSettings.Undo(1_000, 3));

  private final int[] shape = new int[5];
  private byte[] patches = new byte[0];
  private byte[] luma = new byte[0];
  private String space = "a";

  @Property(tries = 25, seed = "7")
  void isJudgedWithinBoundsAndTheSameAfterARestart(@ForAll long seed) throws SnapshotException {
    Random random = new Random(seed);
    CameraDetector whole = CameraDetector.create("any", HASTY);
    CameraDetector cut = CameraDetector.create("any", HASTY);
    changeShape(random);
    long time = random.nextInt(20) == 0 ? random.nextLong() : 1_000_000_000_000_000L;
    long play = 0;
    for (int seq = 0; seq < 120; seq++) {
      time += step(random);
      play += random.nextInt(40) == 0 ? 1 : 0;
      if (random.nextInt(60) == 0) {
        changeShape(random);
      }
      if (random.nextInt(10) == 0) {
        Command command = command(random, "c" + seq, random.nextBoolean() ? 0 : time);
        assertThat(cut.accept(command)).isEqualTo(whole.accept(command));
      }
      Observation frame = frame(random, new FrameStamp(time, play, seq, 0, seq));
      Verdict verdict = whole.observe(frame);
      assertInRange(verdict);
      assertThat(cut.observe(frame)).usingRecursiveComparison().isEqualTo(verdict);
      if (random.nextInt(15) == 0) {
        cut = CameraDetector.restore("any", HASTY, cut.snapshot());
      }
      if (random.nextInt(30) == 0) {
        assertThat(cut.silence(time + 20_000_000))
            .usingRecursiveComparison()
            .isEqualTo(whole.silence(time + 20_000_000));
      }
    }
    byte[] state = whole.snapshot();
    assertThat(cut.snapshot()).isEqualTo(state);
    assertThat(state.length).isLessThan(MAX_BYTES);
  }

  private static long step(Random random) {
    return switch (random.nextInt(20)) {
      case 0 -> -random.nextInt(10_000_000);
      case 1 -> 3_600_000_000L;
      default -> 50_000 + random.nextInt(100_000);
    };
  }

  private void changeShape(Random random) {
    shape[0] = 1 + random.nextInt(4);
    shape[1] = 1 + random.nextInt(5);
    shape[2] = 1 + random.nextInt(20);
    // Now and then large enough for movement to be followed, on one level or on several.
    boolean moving = random.nextInt(3) == 0;
    shape[3] = moving ? 8 + random.nextInt(60) : 1 + random.nextInt(9);
    shape[4] = moving ? 8 + random.nextInt(60) : 1 + random.nextInt(7);
    if (random.nextInt(6) == 0) {
      // As large as planes of real cameras, or a line of pixels.
      boolean line = random.nextBoolean();
      shape[3] = line ? 1 : 120 + random.nextInt(40);
      shape[4] = line ? 9_000 + random.nextInt(3_000) : 90;
    }
    space = random.nextBoolean() ? "a" : "b";
    patches = new byte[shape[0] * shape[1] * shape[2]];
    luma = new byte[shape[3] * shape[4]];
    random.nextBytes(patches);
    random.nextBytes(luma);
  }

  /** Mostly a little noise over what was there, now and then something else altogether. */
  private Observation frame(Random random, FrameStamp stamp) {
    if (random.nextInt(25) == 0) {
      random.nextBytes(patches);
      random.nextBytes(luma);
    }
    byte[] pooled = new byte[3];
    random.nextBytes(pooled);
    byte[] features = patches.clone();
    byte[] picture = luma.clone();
    if (random.nextInt(10) > 0) {
      features[random.nextInt(features.length)] ^= (byte) random.nextInt(8);
      picture[random.nextInt(picture.length)] ^= (byte) random.nextInt(8);
    }
    int intervals = random.nextInt(5) == 0 ? 1 + random.nextInt(Observation.MAX_INTERVALS) : 1;
    return new Observation(
        stamp,
        space,
        1 + random.nextInt(1) + shape[0],
        640,
        shape[0],
        shape[1],
        shape[2],
        features,
        pooled,
        shape[3],
        shape[4],
        picture,
        random.nextInt(20) == 0,
        intervals,
        area(random));
  }

  private static PictureArea area(Random random) {
    if (random.nextBoolean()) {
      return PictureArea.WHOLE;
    }
    int left = random.nextInt(100);
    int top = random.nextInt(100);
    int width = 1 + random.nextInt(100 - left);
    int height = 1 + random.nextInt(100 - top);
    return new PictureArea(100, 100, left, top, width, height);
  }

  private static Command command(Random random, String id, long from) {
    List<Region> region =
        random.nextBoolean()
            ? List.of()
            : List.of(new Region(random.nextInt(4), random.nextInt(700), 1, 300));
    return switch (random.nextInt(7)) {
      case 0 -> new Command.Normal(id, from, region);
      case 1 -> new Command.Real(id, from, region);
      case 2 -> new Command.Freeze(id, from, true);
      case 3 -> new Command.Freeze(id, from, false);
      case 4 -> random.nextInt(4) == 0 ? new Command.Reset(id, from) : new Command.Real(id, from);
      case 5 -> new Command.Undo(id, from, 1);
      default -> new Command.Sensitivity(id, from, 1 + random.nextInt(9_999));
    };
  }

  private static void assertInRange(Verdict verdict) {
    assertThat(verdict.score()).isBetween(0.0, 1_000.0);
    assertThat(verdict.pValue()).isBetween(0.0, 1.0);
    assertThat(verdict.warmUpProgress()).isBetween(0.0, 1.0);
    for (IncidentChange change : verdict.incidents()) {
      assertThat(change.peakScore()).isBetween(0.0, 1_000.0);
      assertThat(change.boxes().size()).isLessThanOrEqualTo(HeatMapBuilder.MAX_BOXES);
      assertThat(change.explanation().length()).isBetween(1, IncidentChange.MAX_EXPLANATION);
    }
  }
}
