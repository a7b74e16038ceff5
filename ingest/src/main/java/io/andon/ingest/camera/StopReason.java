package io.andon.ingest.camera;

/** Why a connection to a camera ended. Each is a label value of the reconnect counter. */
public enum StopReason {
  /** No connection, or none of its packets within the time limit. */
  UNREACHABLE("unreachable"),
  /** The camera refused the credentials, or they could not be read. */
  UNAUTHORIZED("unauthorized"),
  /** The camera has no such stream. */
  NOT_FOUND("not-found"),
  /** The stream can't be decoded, or broke. */
  STREAM_ERROR("stream-error"),
  /** The camera ended a stream that gave pictures, or the connection broke under it. */
  END_OF_STREAM("end-of-stream"),
  /** Frames stopped coming without a word. */
  STALL("stall"),
  /** Frames come, but ever later: this machine or the line can't keep up. */
  LAG("lag"),
  /** GStreamer could not build or start the pipeline, or it failed as nobody foresaw. */
  PIPELINE("pipeline");

  private final String wireName;

  StopReason(String wireName) {
    this.wireName = wireName;
  }

  /** The name in metrics, logs and events. */
  public String wireName() {
    return wireName;
  }
}
