package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A camera that shows one picture for ever is told, and only that. */
class FrozenPictureTest {
  private static final DetectorSettings.Faults SETTINGS = DetectorSettings.defaults().faults();
  private static final long STEP_MICROS = 100_000;
  private static final int CELLS = 6;
  private static final int PIXELS = 8;

  private final List<HealthChange> changes = new ArrayList<>();
  private CameraFaults faults = new CameraFaults(SETTINGS, 60_000);
  private final byte[] patches = new byte[CELLS];
  private long micros;

  @Test
  void aPictureThatStaysIsFrozenWhenItsTimeIsOver() {
    byte[] luma = luma();

    showFor(SETTINGS.frozenMillis() - 100, luma);
    assertThat(changes).isEmpty();
    showFor(200, luma);

    assertThat(changes)
        .extracting(HealthChange::fault)
        .containsExactly(HealthChange.Fault.FROZEN_PICTURE);
  }

  @Test
  void aPictureThatOnlyHashesAlikeIsAnotherOne() {
    byte[] one = startingWith(1, 0);
    byte[] other = startingWith(0, 31);
    assertThat(ByteHash.of(one)).isEqualTo(ByteHash.of(other));

    for (int n = 0; n < 5; n++) {
      showFor(SETTINGS.frozenMillis() / 2, one);
      showFor(SETTINGS.frozenMillis() / 2, other);
    }

    assertThat(changes).isEmpty();
  }

  @Test
  void itsTimeGoesOnAfterASnapshot() throws SnapshotException {
    byte[] luma = luma();
    showFor(SETTINGS.frozenMillis() - 1_000, luma);

    goOnFromSnapshot();
    showFor(1_500, luma);

    assertThat(changes).hasSize(1);
  }

  @Test
  void aPictureThatOnlyHashesAlikeIsAnotherOneAfterASnapshotToo() throws SnapshotException {
    byte[] one = startingWith(1, 0);
    showFor(SETTINGS.frozenMillis() - 1_000, one);

    goOnFromSnapshot();
    faults.resume(frame(one));
    showFor(1_500, startingWith(0, 31));

    assertThat(changes).isEmpty();
  }

  @Test
  void aDetectorGoesOnFromThePictureOfItsSnapshot() throws SnapshotException {
    DetectorSettings settings = DetectorSettings.defaults();
    CameraDetector detector = CameraDetector.create("a", settings);
    long end = (SETTINGS.frozenMillis() - 1_000) * 1_000L;
    for (; micros < end; micros += STEP_MICROS) {
      detector.observe(frame(startingWith(1, 0)));
    }
    detector = CameraDetector.restore("a", settings, detector.snapshot());

    for (end += 1_500_000; micros < end; micros += STEP_MICROS) {
      assertThat(detector.observe(frame(startingWith(0, 31))).health()).isEmpty();
    }
  }

  @Test
  void featuresThatDifferAreAnotherPicture() {
    byte[] luma = luma();
    for (int n = 0; n < 10; n++) {
      patches[2]++;
      showFor(SETTINGS.frozenMillis() / 2, luma);
    }

    assertThat(changes).isEmpty();
  }

  private void goOnFromSnapshot() throws SnapshotException {
    SnapshotWriter out = new SnapshotWriter();
    faults.write(out);
    byte[] snapshot = out.toBytes();
    faults = new CameraFaults(SETTINGS, 60_000);
    faults.read(new SnapshotReader(snapshot, snapshot.length));
  }

  private void showFor(int millis, byte[] luma) {
    long end = micros + millis * 1_000L;
    while (micros < end) {
      micros += STEP_MICROS;
      faults.judge(frame(luma.clone()), false, micros, changes);
    }
  }

  private Observation frame(byte[] luma) {
    FrameStamp stamp = new FrameStamp(micros, 1, micros / STEP_MICROS, 0, micros);
    return new Observation(
        stamp, "space", 64, 64, 2, 3, 1, patches.clone(), new byte[1], PIXELS, PIXELS, luma, false);
  }

  private static byte[] startingWith(int first, int second) {
    byte[] luma = luma();
    luma[0] = (byte) first;
    luma[1] = (byte) second;
    return luma;
  }

  private static byte[] luma() {
    byte[] luma = new byte[PIXELS * PIXELS];
    new Random(42).nextBytes(luma);
    return luma;
  }
}
