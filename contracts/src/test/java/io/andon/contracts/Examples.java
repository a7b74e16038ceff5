package io.andon.contracts;

import io.andon.contracts.IncidentEvent.Box;
import io.andon.contracts.IncidentEvent.Channel;
import io.andon.contracts.IncidentEvent.CloseReason;
import io.andon.contracts.IncidentEvent.Cycle;
import io.andon.contracts.IncidentEvent.Heat;
import io.andon.contracts.IncidentEvent.Kind;
import io.andon.contracts.ScoreRecord.LatencyStage;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One example of every record; the golden files hold their bytes. */
final class Examples {
  static final String CAMERA = "press-1";
  private static final long START = 1_764_000_000_123_456L;
  private static final String SPACE = "centernet-mobilenetv3@1/fp32/tensorflow-256";

  private Examples() {}

  static CapturedFrame frame(long seq) {
    return new CapturedFrame(
        new FrameRef(Topics.FRAMES, 3, 1000 + seq, CAMERA, 7, seq), START + seq * 100_000);
  }

  static FrameMetadata metadata() {
    return new FrameMetadata(
        CAMERA,
        START,
        ClockSource.SENDER,
        7,
        42,
        512,
        288,
        Set.of(FrameFlag.DROPPED_BEFORE, FrameFlag.RECONNECTED));
  }

  /** A frame before which two were left out. */
  static FrameMetadata thinned() {
    return new FrameMetadata(
        CAMERA,
        START,
        ClockSource.SENDER,
        7,
        42,
        512,
        288,
        Set.of(FrameFlag.RATE_LOWERED),
        OptionalLong.empty(),
        3);
  }

  /** A frame whose picture is that of two frames before. */
  static FrameMetadata repeated() {
    return new FrameMetadata(
        CAMERA,
        START,
        ClockSource.ARRIVAL,
        7,
        42,
        512,
        288,
        Set.of(FrameFlag.RATE_LOWERED),
        OptionalLong.of(40));
  }

  static IncidentEvent incident(Kind kind, int revision, @Nullable CloseReason reason) {
    return incident(kind, revision, reason, "");
  }

  static IncidentEvent incident(
      Kind kind, int revision, @Nullable CloseReason reason, String explanation) {
    return new IncidentEvent(
        kind,
        "press-1-7-40",
        revision,
        CAMERA,
        frame(40),
        frame(42),
        frame(41 + revision),
        revision == 0 ? null : frame(3),
        ClockSource.SENDER,
        1.75,
        0.001953125,
        1.2345678,
        1,
        false,
        Double.POSITIVE_INFINITY,
        Channel.APPEARANCE,
        List.of(new Box(128, 64, 96, 32, 1.75), new Box(0, 0, 32, 32, 1.01)),
        new Heat(2, 3, new byte[] {0, 1, (byte) 128, (byte) 255, 127, 64}),
        SPACE,
        17,
        reason,
        explanation,
        null);
  }

  /** An incident of a machine that does not keep its time. */
  static IncidentEvent incidentOfCycle() {
    return new IncidentEvent(
        Kind.OPENED,
        "press-1-7-40",
        0,
        CAMERA,
        frame(40),
        frame(42),
        frame(41),
        null,
        ClockSource.SENDER,
        1.75,
        0.001953125,
        1.2345678,
        1,
        false,
        Double.POSITIVE_INFINITY,
        Channel.CYCLE,
        List.of(new Box(0, 0, 512, 288, 1.75)),
        new Heat(2, 3, new byte[] {0, 1, (byte) 128, (byte) 255, 127, 64}),
        SPACE,
        17,
        null,
        "",
        new Cycle(4.0125, 4.5, 0.375));
  }

  static ScoreRecord score() {
    return score(ScoreRecord.State.WARMING_UP);
  }

  static ScoreRecord score(ScoreRecord.State state) {
    return new ScoreRecord(
        frame(42),
        0.7654321,
        0.125,
        state,
        1.0 / 3,
        Map.of(
            LatencyStage.TOTAL, 181_000L,
            LatencyStage.INGEST, 90_000L,
            LatencyStage.EMBED, 60_000L,
            LatencyStage.DETECT, 900L));
  }

  static ScoreRecord scoreOfRepeated() {
    return new ScoreRecord(
        frame(42),
        0.25,
        0.5,
        ScoreRecord.State.NORMAL,
        1,
        Map.of(LatencyStage.TOTAL, 91_000L),
        OptionalLong.of(40));
  }

  static EmbeddingRecord embedding() {
    return EmbeddingRecord.quantised(frame(42), SPACE, new float[] {0.1f, -2.54f, 0, 1.27f});
  }

  static DeadLetterRecord deadLetter() {
    byte[] picture = "not a picture at all".repeat(10).getBytes(StandardCharsets.UTF_8);
    return DeadLetterRecord.of(
        Topics.FRAMES,
        3,
        1042,
        DeadLetterReason.UNDECODABLE_PICTURE,
        "picture begins with no JPEG marker",
        CAMERA.getBytes(StandardCharsets.UTF_8),
        picture);
  }

  static DeadLetterRecord deadLetterWithoutValue() {
    return new DeadLetterRecord(
        Topics.FRAMES,
        3,
        1043,
        DeadLetterReason.DUPLICATE_SEQUENCE,
        "camera press-1 has seen this frame",
        CAMERA.getBytes(StandardCharsets.UTF_8),
        null);
  }

  /** Every example, encoded, by the name of its golden file. */
  static Map<String, EncodedRecord> all() {
    Map<String, EncodedRecord> all = new LinkedHashMap<>();
    all.put(
        "frame",
        new EncodedRecord(
            Topics.FRAMES, CameraId.toKey(CAMERA), new byte[0], FrameHeaders.encode(metadata())));
    all.put(
        "frame-intervals",
        new EncodedRecord(
            Topics.FRAMES, CameraId.toKey(CAMERA), new byte[0], FrameHeaders.encode(thinned())));
    all.put(
        "frame-same-as",
        new EncodedRecord(
            Topics.FRAMES, CameraId.toKey(CAMERA), new byte[0], FrameHeaders.encode(repeated())));
    all.put("incident-opened", IncidentCodec.encode(incident(Kind.OPENED, 0, null)));
    all.put("incident-updated", IncidentCodec.encode(incident(Kind.UPDATED, 1, null)));
    all.put(
        "incident-closed",
        IncidentCodec.encode(incident(Kind.CLOSED, 2, CloseReason.NORMAL_AGAIN)));
    all.put(
        "incident-explained",
        IncidentCodec.encode(
            incident(
                Kind.CLOSED,
                3,
                CloseReason.SCENE_CHANGED,
                "appearance at x 128 to 224, y 64 to 96 was up to 1.8 times its alarm level")));
    all.put("incident-cycle", IncidentCodec.encode(incidentOfCycle()));
    all.put("score", ScoreCodec.encode(score()));
    all.put("score-scene-changed", ScoreCodec.encode(score(ScoreRecord.State.SCENE_CHANGED)));
    all.put("score-model-changed", ScoreCodec.encode(score(ScoreRecord.State.MODEL_CHANGED)));
    all.put("score-same-as", ScoreCodec.encode(scoreOfRepeated()));
    all.put("embedding", EmbeddingCodec.encode(embedding()));
    all.put(
        "health-job",
        HealthCodec.encode(
            new HealthEvent(
                CAMERA,
                HealthEvent.Fault.COVERED,
                true,
                HealthEvent.Source.JOB,
                frame(5).capturedMicros(),
                frame(5),
                "")));
    all.put(
        "health-ingest",
        HealthCodec.encode(
            new HealthEvent(
                CAMERA,
                HealthEvent.Fault.UNREACHABLE,
                false,
                HealthEvent.Source.INGEST,
                START,
                null,
                "connected again after 12 s")));
    all.put("control-normal", ControlCodec.encode(new ControlCommand.Normal("c-1", CAMERA, START)));
    all.put("control-real", ControlCodec.encode(new ControlCommand.Real("c-2", CAMERA, START)));
    all.put("control-freeze", ControlCodec.encode(new ControlCommand.Freeze("c-3", CAMERA, START)));
    all.put(
        "control-unfreeze", ControlCodec.encode(new ControlCommand.Unfreeze("c-4", CAMERA, START)));
    all.put("control-retire", ControlCodec.encode(new ControlCommand.Retire("c-11", CAMERA, 0)));
    all.put("control-reset", ControlCodec.encode(new ControlCommand.Reset("c-5", CAMERA, 0)));
    all.put(
        "control-sensitivity",
        ControlCodec.encode(new ControlCommand.Sensitivity("c-6", CAMERA, START, 0.5)));
    List<ControlCommand.Box> region =
        List.of(new ControlCommand.Box(128, 64, 96, 32), new ControlCommand.Box(0, 0, 32, 32));
    all.put(
        "control-normal-region",
        ControlCodec.encode(new ControlCommand.Normal("c-7", CAMERA, START, region)));
    all.put(
        "control-real-region",
        ControlCodec.encode(new ControlCommand.Real("c-8", CAMERA, START, region)));
    all.put("control-undo", ControlCodec.encode(new ControlCommand.Undo("c-10", CAMERA, 0, 30)));
    all.put(
        "control-ack-applied",
        ControlAckCodec.encode(
            new ControlAck("c-1", CAMERA, ControlAck.Outcome.APPLIED, frame(50), true, "")));
    all.put(
        "control-ack-rejected",
        ControlAckCodec.encode(
            new ControlAck(
                "c-9", CAMERA, ControlAck.Outcome.REJECTED, null, false, "unknown camera")));
    all.put("dead-letter", DeadLetterCodec.encode(deadLetter()));
    all.put("dead-letter-without-value", DeadLetterCodec.encode(deadLetterWithoutValue()));
    return all;
  }

  /** One example, encoded. */
  static EncodedRecord encoded(String name) {
    return Objects.requireNonNull(all().get(name), name);
  }

  /** Reads a record of any topic by that topic's codec. */
  static Decoded<?> decode(
      String topic, byte @Nullable [] key, byte @Nullable [] value, List<WireHeader> headers) {
    return switch (topic) {
      case Topics.FRAMES -> FrameHeaders.decode(key, headers);
      case Topics.INCIDENTS -> IncidentCodec.decode(value, headers);
      case Topics.SCORES -> ScoreCodec.decode(value);
      case Topics.HEALTH -> HealthCodec.decode(value);
      case Topics.EMBEDDINGS -> EmbeddingCodec.decode(value);
      case Topics.CONTROL -> ControlCodec.decode(key, value);
      case Topics.CONTROL_ACKS -> ControlAckCodec.decode(value);
      case Topics.DEAD_LETTER -> DeadLetterCodec.decode(value);
      default -> throw new IllegalArgumentException(topic);
    };
  }

  /** Writes what {@link #decode} read. */
  static EncodedRecord encode(Object record) {
    if (record instanceof IncidentEvent incident) {
      return IncidentCodec.encode(incident);
    } else if (record instanceof ScoreRecord score) {
      return ScoreCodec.encode(score);
    } else if (record instanceof HealthEvent health) {
      return HealthCodec.encode(health);
    } else if (record instanceof EmbeddingRecord embedding) {
      return EmbeddingCodec.encode(embedding);
    } else if (record instanceof ControlCommand command) {
      return ControlCodec.encode(command);
    } else if (record instanceof ControlAck ack) {
      return ControlAckCodec.encode(ack);
    } else if (record instanceof DeadLetterRecord letter) {
      return DeadLetterCodec.encode(letter);
    }
    FrameMetadata frame = (FrameMetadata) record;
    return new EncodedRecord(
        Topics.FRAMES, CameraId.toKey(frame.camera()), new byte[0], FrameHeaders.encode(frame));
  }
}
