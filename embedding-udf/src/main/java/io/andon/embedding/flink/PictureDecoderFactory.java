package io.andon.embedding.flink;

import io.andon.embedding.picture.PictureDecoder;
import java.io.Serializable;

/**
 * Makes the decoder of a subtask, for example {@code JpegPictureDecoder::new}. It travels with the
 * job to every worker.
 */
@FunctionalInterface
public interface PictureDecoderFactory extends Serializable {
  /** A decoder, safe for use by several threads. */
  PictureDecoder create();
}
