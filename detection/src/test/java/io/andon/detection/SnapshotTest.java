package io.andon.detection;

import static io.andon.detection.SyntheticLine.FPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State goes out as bytes and comes back as the same detector, or is refused with a reason. */
class SnapshotTest {
  private static final int MAX_BYTES = 4 << 20;

  /** Short, so that warm-up, incident and command all fall into a few hundred frames. */
  static final DetectorSettings QUICK =
      DetectorSettings.defaults()
          .withWarmUp(new DetectorSettings.WarmUp(20_000, 100, 6_000))
          .withActivity(new DetectorSettings.Activity(2, 3, 1_000, 2_000, 2_000, 0.25, 60));

  static List<Observation> story() {
    SyntheticLine line = new SyntheticLine(21);
    List<Observation> frames = new ArrayList<>();
    for (int i = 0; i < 40 * FPS; i++) {
      frames.add(line.next(i / FPS >= 26 && i / FPS < 30 ? Anomaly.FOREIGN_OBJECT : Anomaly.NONE));
    }
    return frames;
  }

  private static CameraDetector begun() {
    CameraDetector detector = CameraDetector.create("line-1", QUICK);
    long from = SyntheticLine.START_MICROS;
    detector.accept(new Command.Sensitivity("more", from + 24_000_000, 5));
    detector.accept(new Command.Normal("fine", from + 33_000_000), from + 5_000_000);
    return detector;
  }

  @Test
  void goesOnBitForBitAfterARestoreAtAnyFrame() throws SnapshotException {
    List<Observation> frames = story();
    Random random = new Random(4);
    List<Integer> cuts = new ArrayList<>(List.of(0, 1, 27 * FPS, 28 * FPS));
    for (int i = 0; i < 12; i++) {
      cuts.add(random.nextInt(frames.size()));
    }
    CameraDetector whole = begun();
    CameraDetector cut = begun();
    int incidents = 0;
    for (int i = 0; i < frames.size(); i++) {
      if (cuts.contains(i)) {
        byte[] snapshot = cut.snapshot();
        assertThat(snapshot).as("before frame %d", i).isEqualTo(whole.snapshot());
        cut = CameraDetector.restore("line-1", QUICK, snapshot);
        assertThat(cut.snapshot()).as("restored before frame %d", i).isEqualTo(snapshot);
      }
      Verdict expected = whole.observe(frames.get(i));
      assertThat(cut.observe(frames.get(i)))
          .as("frame %d", i)
          .usingRecursiveComparison()
          .isEqualTo(expected);
      incidents += expected.incidents().size();
    }
    assertThat(incidents).as("the story has an incident").isPositive();
    assertThat(cut.snapshot()).isEqualTo(whole.snapshot());
  }

  @Test
  void aReplayGivesTheSameVerdictsAndTheSameState() {
    List<Verdict> once = new ArrayList<>();
    CameraDetector first = begun();
    story().forEach(frame -> once.add(first.observe(frame)));
    CameraDetector second = begun();
    List<Verdict> again = new ArrayList<>();
    story().forEach(frame -> again.add(second.observe(frame)));
    assertThat(again).usingRecursiveComparison().isEqualTo(once);
    assertThat(second.snapshot()).isEqualTo(first.snapshot());
  }

  @Test
  void aSnapshotIsNotTouchedByLaterFrames() {
    SyntheticLine line = new SyntheticLine(2);
    CameraDetector detector = CameraDetector.create("line-1", QUICK);
    line.run(detector, 50, Anomaly.NONE, i -> true);
    byte[] snapshot = detector.snapshot();
    byte[] copy = snapshot.clone();
    line.run(detector, 50, Anomaly.NONE, i -> true);
    assertThat(snapshot).isEqualTo(copy);
    assertThat(detector.snapshot()).isNotEqualTo(copy);
  }

  @Test
  void theLargestGridWithEveryQueueFullStaysWithinItsBound() {
    SyntheticLine line = new SyntheticLine(2, 32, 32, Observation.MAX_PATCH_VALUES / (32 * 32));
    DetectorSettings brief = brief(DetectorSettings.defaults(), 0);
    CameraDetector detector = line.warmDetector(brief);
    line.run(detector, 25 * FPS, Anomaly.NONE, i -> true);
    line.run(detector, 12 * FPS, Anomaly.FOREIGN_OBJECT, i -> true);
    assertThat(detector.quarantineDropped()).as("quarantine is at its bound").isPositive();
    assertThat(detector.snapshot().length).isBetween(1 << 20, MAX_BYTES);
  }

  @Test
  void undoSnapshotsOfTheLargestGridAreReadBackInTheProfileThatRemembersMost()
      throws SnapshotException {
    SyntheticLine line = new SyntheticLine(2, 32, 32, Observation.MAX_PATCH_VALUES / (32 * 32));
    DetectorSettings settings = brief(DetectorSettings.quality(), 2);
    CameraDetector detector = line.warmDetector(settings);
    line.run(detector, 7 * FPS, Anomaly.NONE, i -> true);
    byte[] snapshot = detector.snapshot();
    assertThat(snapshot.length).as("holds undo snapshots").isGreaterThan(2 * MAX_BYTES);
    assertThat(CameraDetector.restore("line-1", settings, snapshot).snapshot()).isEqualTo(snapshot);
  }

  private static DetectorSettings brief(DetectorSettings settings, int undoSnapshots) {
    return settings
        .withWarmUp(new DetectorSettings.WarmUp(12_000, 50, 1_000))
        .withUndo(new DetectorSettings.Undo(5_000, undoSnapshots));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream file = SnapshotTest.class.getResourceAsStream(name)) {
      assertThat(file).as("golden file").isNotNull();
      return new GZIPInputStream(file).readAllBytes();
    }
  }

  @Test
  void versionSevenIsReadForGoodAndGoesOnAsItWould() throws IOException, SnapshotException {
    byte[] golden = golden("snapshot-v7.bin.gz");
    CameraDetector detector = CameraDetector.restore("line-1", QUICK, golden);
    assertThat(detector.snapshot()).isEqualTo(golden);
    assertThat(detector.undoSnapshots()).isNotEmpty();
    FrameStamp last = story().get(28 * FPS - 1).stamp();
    assertThat(detector.canRepeat(last.play(), last.seq(), "model@1/fp32/jpeg")).isTrue();
    Observation next = story().get(28 * FPS);
    assertThat(detector.observe(next).state()).isEqualTo(CameraState.INCIDENT);
  }

  @Test
  void otherSettingsChangeTheBudgetUnlessACommandDid() throws SnapshotException {
    DetectorSettings other = QUICK.withFalseAlarmsPerDay(0.5);
    byte[] asConfigured = CameraDetector.create("line-1", QUICK).snapshot();

    assertThat(CameraDetector.restore("line-1", other, asConfigured).falseAlarmsPerDay())
        .isEqualTo(0.5);

    CameraDetector restored = CameraDetector.restore("line-1", other, goldenState());
    assertThat(restored.falseAlarmsPerDay()).as("commanded").isEqualTo(5);
    CameraDetector again = CameraDetector.restore("line-1", other, restored.snapshot());
    assertThat(again.falseAlarmsPerDay()).as("commanded, restored twice").isEqualTo(5);
  }

  @Test
  void versionThreeKeepsItsBudgetWhateverTheSettingsSay() throws IOException, SnapshotException {
    DetectorSettings other = QUICK.withFalseAlarmsPerDay(0.5);
    byte[] golden = golden("snapshot-v3.bin.gz");

    CameraDetector detector = CameraDetector.restore("line-1", other, golden);

    assertThat(detector.falseAlarmsPerDay()).isEqualTo(5);
    FrameStamp last = story().get(28 * FPS - 1).stamp();
    assertThat(detector.canRepeat(last.play(), last.seq(), "model@1/fp32/jpeg")).isTrue();
  }

  @Test
  void versionTwoIsReadForGoodAndGoesOnWithoutALastPicture() throws IOException, SnapshotException {
    CameraDetector detector = CameraDetector.restore("line-1", QUICK, golden("snapshot-v2.bin.gz"));
    byte[] today = detector.snapshot();
    assertThat(today[7]).as("version").isEqualTo((byte) SnapshotFormat.VERSION);
    assertThat(CameraDetector.restore("line-1", QUICK, today).snapshot()).isEqualTo(today);
    FrameStamp last = story().get(28 * FPS - 1).stamp();
    assertThat(detector.canRepeat(last.play(), last.seq(), "model@1/fp32/jpeg")).isFalse();
    Observation next = story().get(28 * FPS);
    assertThat(detector.observe(next).state()).isEqualTo(CameraState.INCIDENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshot-v1.bin.gz",
        "snapshot-v2.bin.gz",
        "snapshot-v3.bin.gz",
        "snapshot-v4.bin.gz",
        "snapshot-v5.bin.gz",
        "snapshot-v6.bin.gz"
      })
  void earlierVersionsAreReadForGood(String name) throws IOException, SnapshotException {
    byte[] golden = golden(name);
    CameraDetector detector = CameraDetector.restore("line-1", QUICK, golden);
    byte[] today = detector.snapshot();
    assertThat(today[7]).as("version").isEqualTo((byte) SnapshotFormat.VERSION);
    assertThat(CameraDetector.restore("line-1", QUICK, today).snapshot()).isEqualTo(today);
    List<Observation> frames = story();
    assertThat(detector.orderOf(frames.get(28 * FPS - 1).stamp())).isEqualTo(FrameOrder.DUPLICATE);
    assertThat(detector.observe(frames.get(28 * FPS)).state()).isEqualTo(CameraState.INCIDENT);
  }

  /** The state whose bytes are in the golden file: in the middle of the story's incident. */
  static byte[] goldenState() {
    CameraDetector detector = begun();
    story().subList(0, 28 * FPS).forEach(detector::observe);
    return detector.snapshot();
  }

  @Test
  void damagedBytesAreCorruptWhereverTheyAre() {
    byte[] good = goldenState();
    Random random = new Random(9);
    for (int i = 0; i < 100; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      assertThatThrownBy(restoring(bad)).isInstanceOf(SnapshotException.class);
    }
    for (int length : new int[] {0, 1, 8, 11, 12, 40, good.length - 1}) {
      assertRefused(java.util.Arrays.copyOf(good, length), SnapshotException.Reason.CORRUPT);
    }
  }

  @Test
  void nonsenseWithARightChecksumIsRefusedOrRead() {
    byte[] good = goldenState();
    Random random = new Random(10);
    int refused = 0;
    for (int i = 0; i < 150; i++) {
      byte[] bad = good.clone();
      int at = 14 + random.nextInt(i % 2 == 0 ? 600 : bad.length - 18);
      ByteBuffer.wrap(bad).putInt(Math.min(at, bad.length - 8), random.nextInt());
      try {
        CameraDetector.restore("line-1", QUICK, sealed(bad)).snapshot();
      } catch (SnapshotException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anUnknownVersionAndAnotherCameraAreNamed() {
    byte[] good = goldenState();
    byte[] later = good.clone();
    later[7] = SnapshotFormat.VERSION + 1;
    assertRefused(sealed(later), SnapshotException.Reason.UNKNOWN_VERSION);
    assertThatThrownBy(() -> CameraDetector.restore("line-2", QUICK, good))
        .isInstanceOfSatisfying(
            SnapshotException.class,
            e -> assertThat(e.reason()).isEqualTo(SnapshotException.Reason.OTHER_CAMERA))
        .hasMessageContaining("line-1");
  }

  @Test
  void otherSettingsKeepWhatFits() throws SnapshotException {
    DetectorSettings smaller =
        QUICK
            .withMemory(
                new DetectorSettings.Memory(4, 8, 500, 200, 1_000, 500, 9_999, 0, 0.9, 3, 24))
            .withActivity(DetectorSettings.defaults().activity());
    CameraDetector detector = CameraDetector.restore("line-1", smaller, goldenState());
    Verdict verdict = detector.observe(story().get(28 * FPS));
    assertThat(verdict.state()).isEqualTo(CameraState.INCIDENT);
    assertThat(detector.quarantinedFrames()).isZero();
  }

  private static void assertRefused(byte[] bytes, SnapshotException.Reason reason) {
    assertThatThrownBy(restoring(bytes))
        .isInstanceOfSatisfying(
            SnapshotException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static ThrowingCallable restoring(byte[] bytes) {
    return () -> CameraDetector.restore("line-1", QUICK, bytes);
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }
}
