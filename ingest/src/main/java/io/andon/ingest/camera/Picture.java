package io.andon.ingest.camera;

import io.andon.ingest.gate.I420Picture;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A picture as it came from a camera, scaled and encoded.
 *
 * @param jpeg JPEG, 4:2:0
 * @param width pixels
 * @param height pixels
 * @param arrivalMicros wall-clock time it arrived here, microseconds since the epoch
 * @param senderMicros capture time by the camera's clock, microseconds since the epoch; empty where
 *     the camera gives none
 * @param integrity how far it can be trusted
 * @param pixels the decoded picture, good until the next one is taken; null where no gate asks for
 *     it
 */
public record Picture(
    byte[] jpeg,
    int width,
    int height,
    long arrivalMicros,
    OptionalLong senderMicros,
    Integrity integrity,
    @Nullable I420Picture pixels) {

  /** A picture that no gate will look at. */
  public Picture(
      byte[] jpeg,
      int width,
      int height,
      long arrivalMicros,
      OptionalLong senderMicros,
      Integrity integrity) {
    this(jpeg, width, height, arrivalMicros, senderMicros, integrity, null);
  }
}
