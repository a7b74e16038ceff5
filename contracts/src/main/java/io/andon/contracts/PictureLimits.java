package io.andon.contracts;

/**
 * The largest picture of {@code andon.frames} that the job decodes; a larger one is set aside as
 * {@link DeadLetterReason#OVERSIZED_PICTURE}, so a writer need not send it.
 */
public final class PictureLimits {
  /** Encoded size, bytes. */
  public static final int MAX_BYTES = 8 << 20;

  /** Width and height, pixels. */
  public static final int MAX_SIDE = 4096;

  /** Width times height, pixels. */
  public static final int MAX_PIXELS = 9_437_184;

  private PictureLimits() {}
}
