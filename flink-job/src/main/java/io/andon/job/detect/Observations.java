package io.andon.job.detect;

import io.andon.contracts.FrameFlag;
import io.andon.contracts.FrameMetadata;
import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import io.andon.detection.PictureArea;
import io.andon.embedding.FrameEmbedding;
import io.andon.embedding.InputShape;
import io.andon.embedding.flink.EmbeddedFrame;
import io.andon.embedding.picture.Letterbox;

/** Puts an embedded frame into detection's words. */
public final class Observations {
  /** A quarter of a unit vector's length uses the whole range: wide vectors have small values. */
  private static final double STEPS_OF_UNIT = 508;

  /** Fine enough that where bars end is rounded to a hundredth of a cell. */
  private static final int CELL_PIXELS = 100;

  private Observations() {}

  /** Which frame it is. */
  public static FrameStamp stamp(EmbeddedFrame frame) {
    FrameMetadata metadata = frame.metadata();
    return new FrameStamp(
        metadata.capturedMicros(),
        metadata.play(),
        metadata.seq(),
        frame.ref().partition(),
        frame.ref().offset());
  }

  /**
   * What detection sees of a frame.
   *
   * @param follows whether the frame before it was seen
   * @throws IllegalArgumentException if the embedding is outside what detection takes
   */
  public static Observation of(EmbeddedFrame frame, boolean follows) {
    FrameEmbedding embedding = frame.ownEmbedding();
    FrameMetadata metadata = frame.metadata();
    return new Observation(
        stamp(frame),
        frame.spaceId(),
        metadata.width(),
        metadata.height(),
        embedding.rows(),
        embedding.columns(),
        embedding.channels(),
        embedding.patches(),
        direction(embedding.pooled()),
        embedding.luma().width(),
        embedding.luma().height(),
        embedding.luma().values(),
        !follows || discontinuous(metadata),
        metadata.intervals(),
        area(metadata.width(), metadata.height(), embedding));
  }

  /**
   * Where the picture lies in the grid. Cells stand for pixels: the input's ratio is the grid's.
   */
  private static PictureArea area(int width, int height, FrameEmbedding embedding) {
    InputShape input =
        new InputShape(embedding.columns() * CELL_PIXELS, embedding.rows() * CELL_PIXELS);
    Letterbox box = Letterbox.of(width, height, input);
    return new PictureArea(
        input.width(), input.height(), box.left(), box.top(), box.width(), box.height());
  }

  /** The direction of a vector as int8: distances between directions are what is compared. */
  static byte[] direction(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    if (!Double.isFinite(squares)) {
      throw new IllegalArgumentException("pooled has values that are not finite");
    }
    double scale = squares == 0 ? 0 : STEPS_OF_UNIT / StrictMath.sqrt(squares);
    byte[] direction = new byte[vector.length];
    for (int i = 0; i < vector.length; i++) {
      direction[i] = (byte) Math.max(-127, Math.min(127, StrictMath.rint(vector[i] * scale)));
    }
    return direction;
  }

  /** Whether nothing before the frame is to be compared with it. */
  static boolean discontinuous(FrameMetadata metadata) {
    return metadata.flags().contains(FrameFlag.RECONNECTED)
        || metadata.flags().contains(FrameFlag.DECODE_ERROR)
        || metadata.flags().contains(FrameFlag.DROPPED_BEFORE);
  }
}
