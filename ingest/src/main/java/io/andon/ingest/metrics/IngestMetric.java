package io.andon.ingest.metrics;

import java.util.List;

/**
 * Every metric of this process. The label {@code camera} is bounded by the configuration (at most
 * 256), every other label by an enum.
 */
public enum IngestMetric {
  FRAMES_CAPTURED(
      "andon.ingest.frames.captured",
      Type.COUNTER,
      "frames",
      "Frames pulled from the camera",
      "camera"),
  FRAMES_SENT(
      "andon.ingest.frames.sent", Type.COUNTER, "frames", "Frames acknowledged by Kafka", "camera"),
  FRAMES_GATED(
      "andon.ingest.frames.gated",
      Type.COUNTER,
      "frames",
      "Frames of those sent that went without their picture, since it shows nothing new",
      "camera"),
  FRAMES_DROPPED(
      "andon.ingest.frames.dropped",
      Type.COUNTER,
      "frames",
      "Frames that did not reach Kafka",
      "camera",
      "reason"),
  FRAME_SIZE(
      "andon.ingest.frame.size", Type.SUMMARY, "bytes", "Size of the encoded frames", "camera"),
  CAPTURE_TO_SENT(
      "andon.ingest.capture.to.sent",
      Type.TIMER,
      "seconds",
      "From capture to Kafka's acknowledgement; by the camera's clock where that is used",
      "camera"),
  RECONNECTS(
      "andon.ingest.reconnects",
      Type.COUNTER,
      "connections",
      "Connections made anew, by why the one before ended",
      "camera",
      "reason"),
  QUEUE_DEPTH(
      "andon.ingest.queue.depth", Type.GAUGE, "frames", "Frames that wait to be sent", "camera"),
  CAMERA_UP(
      "andon.ingest.camera.up",
      Type.GAUGE,
      "0 or 1",
      "1 while frames come: the last one is at most stallMillis, latencyMillis and 2 s old",
      "camera"),
  SENDER_CLOCK(
      "andon.ingest.camera.sender.clock",
      Type.GAUGE,
      "0 or 1",
      "1 while capture times come from the camera's clock, 0 while they are arrival times or no frames come",
      "camera"),
  JOB_LAG(
      "andon.ingest.job.lag.seconds",
      Type.GAUGE,
      "seconds",
      "From sending a frame until its score came back, the largest of all cameras"),
  SCORES_READABLE(
      "andon.ingest.scores.readable",
      Type.GAUGE,
      "0 or 1",
      "1 while the job's scores can be read; while 0 the lag is not known and the share stays"),
  SENT_SHARE(
      "andon.ingest.sent.share",
      Type.GAUGE,
      "0 to 1",
      "Share of the captured frames that is sent; below 1 the job lags."
          + " Always 1 without overload.enabled"),
  HEALTH_EVENTS_DROPPED(
      "andon.ingest.health.events.dropped",
      Type.COUNTER,
      "events",
      "Camera faults that did not reach Kafka");

  private final String meterName;
  private final Type type;
  private final String unit;
  private final String meaning;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> labels;

  IngestMetric(String meterName, Type type, String unit, String meaning, String... labels) {
    this.meterName = meterName;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.labels = List.of(labels);
  }

  /** Name in Micrometer. */
  public String meterName() {
    return meterName;
  }

  /** Name at the Prometheus endpoint. */
  public String prometheusName() {
    String base = meterName.replace('.', '_');
    return switch (type) {
      case COUNTER -> base + "_total";
      case TIMER -> base + "_seconds";
      case SUMMARY -> base + "_" + unit;
      case GAUGE -> base;
    };
  }

  /** Kind of meter. */
  public Type type() {
    return type;
  }

  /** Unit of its value. */
  public String unit() {
    return unit;
  }

  /** What it means. */
  public String meaning() {
    return meaning;
  }

  /** Names of its labels, in order. */
  public List<String> labels() {
    return labels;
  }

  /** The catalogue as a Markdown table, for docs/metrics.md. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| Metric | Type | Unit | Labels | Meaning |\n");
    table.append("|---|---|---|---|---|\n");
    for (IngestMetric metric : values()) {
      String labels = String.join(", ", metric.labels);
      table.append("| `").append(metric.prometheusName()).append("` | ");
      table.append(metric.type.name().toLowerCase(java.util.Locale.ROOT)).append(" | ");
      table.append(metric.unit).append(" | ").append(labels).append(" | ");
      table.append(metric.meaning).append(" |\n");
    }
    return table.toString();
  }

  /** Kinds of meters. */
  public enum Type {
    COUNTER,
    GAUGE,
    SUMMARY,
    TIMER
  }
}
