package io.andon.job.replay;

import io.andon.contracts.IncidentEvent;
import io.andon.detection.CommandApplied;
import io.andon.detection.DetectorScores;
import io.andon.detection.FrameStamp;
import io.andon.detection.IncidentChange;
import io.andon.detection.Verdict;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.job.detect.LiveCamera;
import io.andon.job.detect.Observations;
import io.andon.job.events.EventEncoder;
import io.andon.job.events.OutboundRecord;
import io.andon.job.replay.CameraHistory.FrameKey;
import io.andon.job.replay.CameraHistory.Given;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leads a restored detector through its frames again and listens for one event. */
final class CameraReplay {
  private LiveCamera camera;
  private final CameraHistory history;
  private final EventEncoder encoder;
  private final IncidentEvent target;
  private final FrameKey peak;
  private @Nullable OutboundRecord reproduced;
  private @Nullable DetectorScores atPeak;
  private double peakScore = Double.NEGATIVE_INFINITY;
  private @Nullable Verdict lastVerdict;
  private @Nullable String missingCommand;
  private int frames;
  private int commands;

  /**
   * @param camera as it was in the snapshot
   * @param snapshot the snapshot's last frame
   */
  CameraReplay(
      LiveCamera camera,
      FrameKey snapshot,
      CameraHistory history,
      EventEncoder encoder,
      IncidentEvent target) {
    this.camera = camera;
    this.history = history;
    this.encoder = encoder;
    this.target = target;
    this.peak = FrameKey.of(target.peak());
    if (history.retiredAfter().contains(snapshot)) {
      this.camera = LiveCamera.create(target.camera(), camera.detector().settings());
    }
  }

  /** Takes the camera's next frame; those that the job would set aside do nothing. */
  void accept(EmbeddedFrame frame) {
    FrameStamp stamp = Observations.stamp(frame);
    FrameKey key = new FrameKey(stamp.play(), stamp.seq());
    for (Given given : history.commands().getOrDefault(key, List.of())) {
      // It acts from this frame as it did, whatever its clock said; a snapshot may hold it already.
      long givenMicros = Math.min(given.givenMicros(), frame.recordTimestampMicros());
      camera.detector().accept(given.command(), givenMicros);
    }
    if (camera.take(frame) instanceof LiveCamera.Taken.Seen seen) {
      frames++;
      lookForPeak(frame, seen.verdict());
      hear(key, seen.verdict());
      if (history.silentAfter().contains(key)) {
        camera.detector().silence(camera.detector().silenceDeadlineMicros()).forEach(this::hear);
      }
      if (history.retiredAfter().contains(key)) {
        commands++;
        camera.detector().retire().ifPresent(ends -> ends.incidents().forEach(this::hear));
        camera = LiveCamera.create(target.camera(), camera.detector().settings());
      }
    }
  }

  /** The peak is named by its picture, which frames that repeat it may have scored higher. */
  private void lookForPeak(EmbeddedFrame frame, Verdict verdict) {
    long picture = frame.metadata().sameAs().orElse(frame.metadata().seq());
    boolean shown = peak.equals(new FrameKey(frame.metadata().play(), picture));
    if (shown && verdict.score() > peakScore) {
      peakScore = verdict.score();
      atPeak = camera.detector().lastScores();
    }
  }

  private void hear(FrameKey key, Verdict verdict) {
    lastVerdict = verdict;
    commands += verdict.commands().size();
    List<String> acted = verdict.commands().stream().map(CommandApplied::commandId).toList();
    for (String expected : history.missing().getOrDefault(key, List.of())) {
      if (!acted.contains(expected) && missingCommand == null) {
        missingCommand = expected;
      }
    }
    verdict.incidents().forEach(this::hear);
  }

  private void hear(IncidentChange change) {
    if (change.id().equals(target.incidentId()) && change.revision() == target.revision()) {
      reproduced = encoder.incident(target.camera(), camera.clockOf(change), change);
    }
  }

  /** The event as it was said again; null where nothing of that name was. */
  @Nullable OutboundRecord reproduced() {
    return reproduced;
  }

  /** What each channel said of the event's peak frame; null if that was not among the frames. */
  @Nullable DetectorScores atPeak() {
    return atPeak;
  }

  /** What was said of the last frame. */
  @Nullable Verdict lastVerdict() {
    return lastVerdict;
  }

  /** A command that acted in the first run and can't be found; null if there is none. */
  @Nullable String missingCommand() {
    return missingCommand;
  }

  /** Frames that the detector saw. */
  int frames() {
    return frames;
  }

  /** Commands that acted. */
  int commands() {
    return commands;
  }
}
