package io.andon.contracts;

/** What only ingest can know about a frame and a decision may depend on. */
public enum FrameFlag implements WireNamed {
  /** First frame after a reconnection. */
  RECONNECTED("reconnected"),
  /** The decoder reported damage since the frame before. */
  DECODE_ERROR("decode-error"),
  /** The camera's clock was out of bounds, so arrival time was used. */
  CLOCK_DISTRUSTED("clock-distrusted"),
  /** Frames were dropped between the frame before and this one. */
  DROPPED_BEFORE("dropped-before"),
  /** Frames are left out evenly because the job lags. */
  RATE_LOWERED("rate-lowered");

  private final String wireName;

  FrameFlag(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
