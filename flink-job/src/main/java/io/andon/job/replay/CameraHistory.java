package io.andon.job.replay;

import io.andon.contracts.CapturedFrame;
import io.andon.contracts.ControlAck;
import io.andon.contracts.ControlAckCodec;
import io.andon.contracts.ControlCodec;
import io.andon.contracts.ControlCommand;
import io.andon.contracts.Decoded;
import io.andon.contracts.FrameRef;
import io.andon.contracts.IncidentCodec;
import io.andon.contracts.IncidentEvent;
import io.andon.detection.Command;
import io.andon.job.JobOutput;
import io.andon.job.archive.SnapshotName;
import io.andon.job.detect.Commands;
import io.andon.job.frames.RawRecord;
import io.andon.job.kafka.KafkaSettings;
import io.andon.job.kafka.TopicLog;
import io.andon.job.kafka.TopicLogException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What befell a camera's detector beside its frames: commands, each with the frame that its
 * acknowledgement names, and closings for silence, which depend on the watermarks of that run.
 *
 * @param commands commands by the frame they acted from, in the order of their topic
 * @param missing ids of commands that acted and aren't on their topic, by the frame they acted from
 * @param silentAfter frames after which an open incident closed for silence
 * @param retiredAfter frames after which the camera was forgotten; it may be the snapshot's own
 */
record CameraHistory(
    Map<FrameKey, List<Given>> commands,
    Map<FrameKey, List<String>> missing,
    Set<FrameKey> silentAfter,
    Set<FrameKey> retiredAfter) {
  /** A camera's clock may be that much behind, so its records may lie that much earlier. */
  private static final long MARGIN_MILLIS = TimeUnit.HOURS.toMillis(1);

  /**
   * A frame within its camera.
   *
   * @param play its play
   * @param seq its number within the play
   */
  record FrameKey(long play, long seq) {
    static FrameKey of(CapturedFrame frame) {
      return new FrameKey(frame.frame().play(), frame.frame().seq());
    }
  }

  /**
   * A command of its topic.
   *
   * @param givenMicros when it was written, microseconds since the epoch
   */
  record Given(Command command, long givenMicros) {}

  /**
   * Reads what befell a camera between a snapshot and a frame.
   *
   * @param after the snapshot
   * @param until the frame
   */
  static CameraHistory read(
      TopicLog log, KafkaSettings kafka, String camera, SnapshotName after, FrameRef until)
      throws TopicLogException {
    long fromMillis = TimeUnit.MICROSECONDS.toMillis(after.capturedMicros()) - MARGIN_MILLIS;
    Map<String, FrameKey> acted = acted(log, kafka, camera, fromMillis, after, until);
    CameraHistory history =
        new CameraHistory(
            new HashMap<>(),
            new HashMap<>(),
            silences(log, kafka, camera, fromMillis),
            new HashSet<>());
    if (!acted.isEmpty()) {
      log.scan(kafka.controlTopic(), 0, record -> history.addIfActed(acted, record, camera));
    }
    // What acted from the snapshot's own frame is in the snapshot, but for what came behind it.
    FrameKey snapshot = new FrameKey(after.play(), after.seq());
    history.commands.remove(snapshot);
    acted.values().removeIf(snapshot::equals);
    acted.forEach(
        (id, frame) -> history.missing.computeIfAbsent(frame, f -> new ArrayList<>()).add(id));
    return history;
  }

  /** Frames by the ids of the commands that acted from them, the snapshot's own frame too. */
  private static Map<String, FrameKey> acted(
      TopicLog log,
      KafkaSettings kafka,
      String camera,
      long fromMillis,
      SnapshotName after,
      FrameRef until)
      throws TopicLogException {
    Map<String, FrameKey> acted = new LinkedHashMap<>();
    SnapshotName end = new SnapshotName(0, until.play(), until.seq());
    log.scan(
        kafka.topic(JobOutput.CONTROL_ACKS),
        fromMillis,
        record -> {
          if (ControlAckCodec.decode(record.value()) instanceof Decoded.Valid<ControlAck> valid) {
            CapturedFrame from = valid.value().from();
            if (from != null
                && from.camera().equals(camera)
                && after.isUpTo(from.frame().play(), from.frame().seq())
                && !end.isBefore(from.frame().play(), from.frame().seq())) {
              acted.put(valid.value().commandId(), FrameKey.of(from));
            }
          }
        });
    return acted;
  }

  /** Takes a command out of those that acted; one that was written twice acted once. */
  private void addIfActed(Map<String, FrameKey> acted, RawRecord record, String camera) {
    if (ControlCodec.decode(record.key(), record.value())
            instanceof Decoded.Valid<ControlCommand> valid
        && valid.value().camera().equals(camera)) {
      FrameKey from = acted.remove(valid.value().id());
      if (from != null && valid.value() instanceof ControlCommand.Retire) {
        retiredAfter.add(from);
      } else if (from != null) {
        long given = TimeUnit.MILLISECONDS.toMicros(record.timestampMillis());
        commands
            .computeIfAbsent(from, f -> new ArrayList<>())
            .add(new Given(Commands.of(valid.value()), given));
      }
    }
  }

  private static Set<FrameKey> silences(
      TopicLog log, KafkaSettings kafka, String camera, long fromMillis) throws TopicLogException {
    Set<FrameKey> silences = new HashSet<>();
    log.scan(
        kafka.topic(JobOutput.INCIDENTS),
        fromMillis,
        record -> {
          if (IncidentCodec.decodeValue(record.value()) instanceof Decoded.Valid<IncidentEvent> e
              && e.value().camera().equals(camera)
              && e.value().closeReason() == IncidentEvent.CloseReason.SILENT) {
            silences.add(FrameKey.of(e.value().current()));
          }
        });
    return silences;
  }
}
