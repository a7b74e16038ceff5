package io.andon.contracts;

/** Which clock a frame's capture time was read from. */
public enum ClockSource implements WireNamed {
  /** The sender's own clock, by RTCP sender reports. */
  SENDER("sender"),
  /**
   * The wall clock of ingest when the frame arrived: the sender gave none, or it was distrusted.
   */
  ARRIVAL("arrival");

  private final String wireName;

  ClockSource(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
