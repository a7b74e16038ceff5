package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.ClockSource;
import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.contracts.FrameRef;
import io.andon.detection.CameraDetector;
import io.andon.detection.DetectorSettings;
import io.andon.detection.SnapshotException;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.LumaPlane;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.flink.StageTimes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a camera's frames come to its detector. */
class LiveCameraTest {
  @Test
  void aFrameBehindOneThatWasSetAsideIsJudgedLikeOneThatSaysSo() {
    byte[] silent = stateAfter(frame(0, Set.of()), frame(2, Set.of()));
    byte[] told = stateAfter(frame(0, Set.of()), frame(2, Set.of(FrameFlag.DROPPED_BEFORE)));

    assertThat(silent).isEqualTo(told);
  }

  @Test
  void aFrameThatFollowsIsNotTakenForBroken() {
    byte[] whole = stateAfter(frame(0, Set.of()), frame(1, Set.of()));
    byte[] broken = stateAfter(frame(0, Set.of()), frame(1, Set.of(FrameFlag.DROPPED_BEFORE)));

    assertThat(whole).isNotEqualTo(broken);
  }

  @Test
  void stateOfBeforeUndoSnapshotsWereStoredApartIsReadAndStoredAnew() throws SnapshotException {
    CameraDetector detector = CameraDetector.create("a", DetectorSettings.defaults());
    for (int seq = 0; seq < 1_000; seq++) {
      EmbeddedFrame frame = DetectHarness.frame("a", seq, false, ClockSource.SENDER);
      detector.observe(Observations.of(frame, true));
    }
    assertThat(detector.undoSnapshots()).isNotEmpty();
    byte[] whole =
        new StateEnvelope(StateEnvelope.NO_TIMER, ClockSource.SENDER, detector.snapshot())
            .encoded();

    LiveCamera restored = restore(whole, Map.of());
    StateChanges changes = restored.changes();

    assertThat(changes.undoTaken()).containsExactlyEntriesOf(detector.undoSnapshots());
    assertThat(changes.undoGone()).isEmpty();
    LiveCamera again = restore(changes.state(), changes.undoTaken());
    assertThat(again.detector().snapshot()).isEqualTo(detector.snapshot());
    assertThat(again.changes().undoTaken()).as("it is stored").isEmpty();
  }

  @Test
  void anUndoSnapshotThatIsStoredAndNeededNoMoreIsRemoved() throws SnapshotException {
    byte[] state = LiveCamera.create("a", DetectorSettings.defaults()).changes().state();

    LiveCamera restored = restore(state, Map.of(3L, new byte[1], 4L, new byte[1]));

    assertThat(restored.changes().undoGone()).containsExactlyInAnyOrder(3L, 4L);
    restored.written();
    assertThat(restored.changes().undoGone()).isEmpty();
  }

  private static LiveCamera restore(byte[] state, Map<Long, byte[]> undo) throws SnapshotException {
    return LiveCamera.restore("a", DetectorSettings.defaults(), new StoredCamera(state, undo));
  }

  private static byte[] stateAfter(EmbeddedFrame... frames) {
    LiveCamera camera = LiveCamera.create("a", DetectorSettings.defaults());
    for (EmbeddedFrame frame : frames) {
      assertThat(camera.take(frame)).isInstanceOf(LiveCamera.Taken.Seen.class);
    }
    return camera.changes().state();
  }

  private static EmbeddedFrame frame(long seq, Set<FrameFlag> flags) {
    long micros = 1_000_000 + 100_000 * seq;
    return new EmbeddedFrame(
        new FrameMetadata("a", micros, ClockSource.SENDER, 7, seq, 64, 48, flags),
        new FrameRef("andon.frames", 0, seq, "a", 7, seq),
        micros / 1_000,
        new FrameEmbedding(
            1, 1, 1, new byte[1], 1, new float[] {1}, new LumaPlane(1, 1, new byte[] {90})),
        new StageTimes(0, 0, 0),
        "space");
  }
}
