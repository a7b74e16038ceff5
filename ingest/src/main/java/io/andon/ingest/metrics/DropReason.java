package io.andon.ingest.metrics;

/** Why a captured frame did not reach Kafka. Each is a label value of the drop counter. */
public enum DropReason {
  /** It came so late that the connection was ended for it. */
  LATE("late"),
  /** It came before the first key frame of a connection, so it is mostly made up. */
  NO_KEY_FRAME("no-key-frame"),
  /** The job lags, so that only a share of the frames is sent. */
  RATE_LOWERED("rate-lowered"),
  /** The camera's queue was full: the producer is slower than the camera. */
  QUEUE_FULL("queue-full"),
  /** The producer's buffer was full: the broker is slower than the cameras, or away. */
  BUFFER_FULL("buffer-full"),
  /** Larger than a record may be. */
  TOO_LARGE("too-large"),
  /** The broker did not take it in time, or refused it. */
  DELIVERY_FAILED("delivery-failed"),
  /** Still waiting when the process had to end. */
  SHUTDOWN("shutdown");

  private final String wireName;

  DropReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name in metrics. */
  public String wireName() {
    return wireName;
  }
}
