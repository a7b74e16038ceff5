package io.andon.chaos.ledger;

import io.andon.contracts.FrameRef;

/**
 * Names a frame wherever it is.
 *
 * @param camera camera id
 * @param play number of the connection
 * @param seq number within the play
 */
public record FrameKey(String camera, long play, long seq) {
  static FrameKey of(FrameRef frame) {
    return new FrameKey(frame.camera(), frame.play(), frame.seq());
  }

  @Override
  public String toString() {
    return camera + " " + play + "/" + seq;
  }
}
