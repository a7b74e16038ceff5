package io.andon.detection;

import java.util.Arrays;

/**
 * How far the camera itself has moved between two pictures, since cameras on machines vibrate: the
 * shift that most of the picture shares. It is the median of what small blocks have moved, coarse
 * to fine, so that things that move by themselves do not draw it. Blocks then vote: of those that
 * can tell the shift from none, three quarters must have moved with it, so must those at the
 * picture's edges, which a belt rarely reaches on all sides, and many must be able to tell. A shift
 * that does not carry is none.
 *
 * <p>Not thread-safe; holds nothing between calls but what the last one said.
 */
final class CameraShift {
  /** Most steps that are taken on a size of picture. */
  private static final int STEPS = 2;

  /** A step that is shorter along both axes is followed by no other, pixels of its size. */
  private static final float SHORT_STEP = 0.05f;

  /** Fewer blocks have no majority. */
  private static final int FEWEST_BLOCKS = 12;

  /** Fewer blocks that show their movement say nothing of the camera's. */
  private static final int FEWEST_SHOWING = 4;

  /** Blocks that must be able to tell: so many in a hundred of all, and of those at the edges. */
  private static final int TELLING_PERCENT = 30;

  /** Blocks that must have moved with the camera, in a hundred of those that can tell. */
  private static final int AGREEING_PERCENT = 75;

  /** A camera that moves less stands still, pixels. */
  private static final double SHORTEST = 0.1;

  /** A camera that moves further is not followed, pixels along an axis. */
  private static final float FARTHEST = 8;

  /** Of half a picture's width and height, and of a quarter, if it is large enough. */
  private final BlockShifts[] sizes;

  private float[] beyondX = new float[0];
  private float[] beyondY = new float[0];
  private float stepX;
  private float stepY;
  private float x;
  private float y;

  /**
   * @param width pixels of the full size
   * @param height its pixels
   * @param levels sizes of the pyramid, each half the one before
   */
  CameraShift(int width, int height, int levels) {
    BlockShifts[] halves = new BlockShifts[Math.max(0, levels - 1)];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = new BlockShifts(width >> (i + 1), height >> (i + 1));
    }
    boolean enough = halves.length > 0 && halves[0].count() >= FEWEST_BLOCKS;
    sizes = enough ? halves : new BlockShifts[0];
    if (enough) {
      beyondX = new float[sizes[0].count()];
      beyondY = new float[sizes[0].count()];
    }
  }

  /** Shift along x that {@link #find} found last, pixels of the full size. */
  float x() {
    return x;
  }

  /** Shift along y that {@link #find} found last. */
  float y() {
    return y;
  }

  /**
   * Looks for a movement of the camera; where there is none, the shift is 0.
   *
   * @param earlier pyramid of the earlier picture, rows of brightness 0..255, the full size first
   * @param later that of the later one
   */
  void find(float[][][] earlier, float[][][] later) {
    x = 0;
    y = 0;
    boolean told = false;
    for (int i = sizes.length - 1; i >= 0; i--) {
      told = approach(sizes[i], earlier[i + 1], later[i + 1], 2 << i);
    }
    if (!told || x * x + y * y < SHORTEST * SHORTEST || !isShared()) {
      x = 0;
      y = 0;
    }
  }

  /** Brings the shift closer to what one size of picture shows; false where that is too little. */
  private boolean approach(BlockShifts size, float[][] earlier, float[][] later, int scale) {
    boolean close = false;
    for (int step = 0; step < STEPS && !close; step++) {
      size.compare(earlier, later, x / scale, y / scale);
      if (!measure(size)) {
        return false;
      }
      float nextX = x + scale * stepX;
      float nextY = y + scale * stepY;
      if (Math.abs(nextX) > FARTHEST || Math.abs(nextY) > FARTHEST) {
        return false;
      }
      x = nextX;
      y = nextY;
      close = Math.abs(stepX) < SHORT_STEP && Math.abs(stepY) < SHORT_STEP;
    }
    return true;
  }

  /** Tells the step that most blocks ask for; false where too few show one. */
  private boolean measure(BlockShifts size) {
    int showing = 0;
    for (int block = 0; block < size.count(); block++) {
      if (size.shows(block)) {
        beyondX[showing] = size.beyondX(block);
        beyondY[showing] = size.beyondY(block);
        showing++;
      }
    }
    if (showing < FEWEST_SHOWING) {
      return false;
    }
    stepX = median(beyondX, showing);
    stepY = median(beyondY, showing);
    return true;
  }

  /** Median of the first values, which are put into another order. */
  private static float median(float[] values, int count) {
    Arrays.sort(values, 0, count);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
  }

  /** Whether most of the picture, and most of its edge, has moved as it was last compared. */
  private boolean isShared() {
    BlockShifts size = sizes[0];
    Count all = new Count();
    Count edge = new Count();
    for (int block = 0; block < size.count(); block++) {
      BlockShifts.Vote vote = size.vote(block);
      all.add(vote);
      if (size.isAtEdge(block)) {
        edge.add(vote);
      }
    }
    return all.carries() && edge.carries();
  }

  private static final class Count {
    private int blocks;
    private int telling;
    private int agreeing;

    void add(BlockShifts.Vote vote) {
      blocks++;
      telling += vote == BlockShifts.Vote.NONE ? 0 : 1;
      agreeing += vote == BlockShifts.Vote.FOR ? 1 : 0;
    }

    boolean carries() {
      return 100 * telling >= TELLING_PERCENT * blocks
          && 100 * agreeing >= AGREEING_PERCENT * telling;
    }
  }
}
