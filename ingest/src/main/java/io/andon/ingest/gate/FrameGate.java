package io.andon.ingest.gate;

import io.andon.ingest.settings.GateConfig;
import io.andon.ingest.settings.GateProfile;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one camera whether a picture shows anything that the picture sent last does not show.
 * Each is set against the picture that was last let through, so a slow drift adds up until it is
 * seen. A picture that is found unchanged may be left out for a bounded time only. Brightness and
 * both planes of colour are looked at, each in blocks of its own ({@link PlaneWatch}): one block is
 * enough.
 *
 * <p>Used by one thread. It costs one pass over the picture and keeps one picture. Nothing is
 * allocated but at the first picture of another size.
 */
public final class FrameGate {
  /** Side of a block of brightness, pixels; half of it in the planes of colour. */
  static final int BLOCK = 8;

  /** Pictures of a size that are let through while it is learnt what noise does to them. */
  static final int LEARNING = 24;

  /**
   * Noise is learnt from so many pictures behind the one they are set against: further on a drift
   * that adds up would pass for noise.
   */
  static final int LEARNING_ROW = 10;

  /** Most pictures that are left out in a row, whatever the capture times say. */
  static final int MOST_IN_A_ROW = 300;

  private static final PlaneWatch[] NONE = {};

  private final GateConfig config;
  private final Tolerance tolerance;
  private PlaneWatch[] planes = NONE;
  private int width;
  private int height;
  private int seen;
  private boolean open = true;
  private long play;
  private long sentMicros;
  private int inARow;
  private long picture;

  /**
   * @param config how readily pictures are left out, and for how long
   */
  public FrameGate(GateConfig config) {
    this.config = config;
    tolerance = Tolerance.of(config.profile());
  }

  /** A gate, or null where every picture is to be sent. */
  public static @Nullable FrameGate of(GateConfig config) {
    return config.profile() == GateProfile.OFF ? null : new FrameGate(config);
  }

  /**
   * Looks at the camera's next picture. Unless this says that it is unchanged, it is let through,
   * and what follows is set against it.
   *
   * @param next the picture
   * @param capturedMicros its capture time, microseconds since the epoch
   * @param ofPlay number of the connection that it came by
   * @param wanted whether it is to be sent in any case
   * @return whether it shows nothing that the picture let through last does not show
   */
  public boolean isUnchanged(I420Picture next, long capturedMicros, long ofPlay, boolean wanted) {
    requireSize(next);
    boolean bound = open || wanted || ofPlay != play || isStale(capturedMicros);
    int changed = seen == 0 || ofPlay != play ? 0 : changedBlocks(next);
    seen++;
    if (bound || seen <= LEARNING || changed >= tolerance.blocks()) {
      letThrough(next, capturedMicros, ofPlay);
      return false;
    }
    inARow++;
    return true;
  }

  /** A picture was sent that the gate has not seen: the next one is let through. */
  public void unseen() {
    open = true;
    picture++;
  }

  /** Counts the pictures that were let through: those with one number look alike. */
  public long picture() {
    return picture;
  }

  private boolean isStale(long capturedMicros) {
    long aged = capturedMicros - sentMicros;
    return aged < 0 || aged >= config.maxStaleMillis() * 1_000L || inARow >= MOST_IN_A_ROW;
  }

  private void requireSize(I420Picture next) {
    if (next.width() != width || next.height() != height || planes.length == 0) {
      width = next.width();
      height = next.height();
      int halfWidth = I420Picture.half(width);
      int halfHeight = I420Picture.half(height);
      planes =
          new PlaneWatch[] {
            new PlaneWatch(tolerance, width, height, BLOCK),
            new PlaneWatch(tolerance, halfWidth, halfHeight, BLOCK / 2),
            new PlaneWatch(tolerance, halfWidth, halfHeight, BLOCK / 2)
          };
      seen = 0;
      open = true;
    }
  }

  private int changedBlocks(I420Picture next) {
    int changed = 0;
    for (int plane = 0; plane < planes.length; plane++) {
      changed += planes[plane].changedBlocks(next.bytes(), offset(plane), inARow < LEARNING_ROW);
    }
    return changed;
  }

  private void letThrough(I420Picture next, long capturedMicros, long ofPlay) {
    for (int plane = 0; plane < planes.length; plane++) {
      planes[plane].refer(next.bytes(), offset(plane));
    }
    open = false;
    play = ofPlay;
    sentMicros = capturedMicros;
    inARow = 0;
    picture++;
  }

  private int offset(int plane) {
    int colour = I420Picture.half(width) * I420Picture.half(height);
    return plane == 0 ? 0 : width * height + (plane - 1) * colour;
  }
}
