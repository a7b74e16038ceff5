package io.andon.embedding.flink;

import io.andon.embedding.InputShape;
import io.andon.embedding.Picture;
import java.io.Serializable;

/** Turns the encoded picture of a frame into what the model takes. */
@FunctionalInterface
public interface FrameDecoder {
  /**
   * Decodes one picture. Called by several threads at once.
   *
   * @param frame the frame, its picture not empty
   * @param shape the size the picture is brought to
   * @throws FrameRejectedException if this frame cannot be decoded; anything else fails the task
   */
  Picture decode(FrameRecord frame, InputShape shape) throws FrameRejectedException;

  /** Makes the decoder of an operator; it travels with the job to every worker. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /** A decoder, safe for use by several threads. */
    FrameDecoder create();
  }
}
