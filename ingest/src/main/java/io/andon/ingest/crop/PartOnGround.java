package io.andon.ingest.crop;

import io.andon.ingest.settings.CropConfig;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what lies on a plain ground: a part under an inspection camera, say. Pictures are looked at
 * as 64x64 cells. The part is between the outermost rows and columns in which pictures show even a
 * faint edge, so that beyond them they are plain. A surface that fills the picture has edges
 * everywhere or nowhere, and is left whole; so is a ground that is plain on one side only, or
 * unlike on the two, and a part that is not clearly there in nearly all pictures.
 *
 * <p>A smooth product that reaches to the picture's border, with something in its middle, looks the
 * same: whether the ground is to be watched is for a person to say.
 */
public final class PartOnGround {
  private static final int CELLS = 64;
  private static final int FEWEST_PICTURES = 5;

  /** Grey levels over two cells: what noise, JPEG and uneven light on a plain ground stay below. */
  private static final double FAINT = 6;

  /** Grey levels over two cells that a part's outline has somewhere. */
  private static final double CLEAR = 20;

  /** Share of the pictures that show the part, over so much of its width and height. */
  private static final double NEARLY_ALL = 0.9;

  private static final double MOST_OF_IT = 0.6;

  /** Most grey levels between the grounds on two sides. */
  private static final double ALIKE = 40;

  private static final int MARGIN = 2;

  /** Share of the picture above which a part is not worth cutting out. */
  private static final double WORTH = 0.85;

  private final int[] faintRows = new int[CELLS];
  private final int[] faintColumns = new int[CELLS];
  private final List<int[]> clearExtents = new ArrayList<>();
  private final double[][] borders = new double[4][3];
  private final double rare;
  private int pictures;

  /**
   * Begins without pictures.
   *
   * @param rare share of the pictures below which what is seen outside counts for nothing, as a
   *     grain of dust; 0 where everything counts
   */
  public PartOnGround(double rare) {
    this.rare = rare;
  }

  /** Adds a picture of the camera; those of fewer than 64 pixels a side say nothing. */
  public void add(BufferedImage picture) {
    if (picture.getWidth() < CELLS || picture.getHeight() < CELLS) {
      return;
    }
    double[][][] cells = cells(picture);
    boolean[] clearRows = new boolean[CELLS];
    boolean[] clearColumns = new boolean[CELLS];
    boolean[] rows = new boolean[CELLS];
    boolean[] columns = new boolean[CELLS];
    for (int y = 0; y < CELLS; y++) {
      for (int x = 0; x < CELLS; x++) {
        double edge = edge(cells, x, y);
        rows[y] |= edge > FAINT;
        columns[x] |= edge > FAINT;
        clearRows[y] |= edge > CLEAR;
        clearColumns[x] |= edge > CLEAR;
      }
    }
    for (int i = 0; i < CELLS; i++) {
      faintRows[i] += rows[i] ? 1 : 0;
      faintColumns[i] += columns[i] ? 1 : 0;
      for (int colour = 0; colour < 3; colour++) {
        borders[0][colour] += cells[i][0][colour];
        borders[1][colour] += cells[i][CELLS - 1][colour];
        borders[2][colour] += cells[0][i][colour];
        borders[3][colour] += cells[CELLS - 1][i][colour];
      }
    }
    clearExtents.add(new int[] {Span.of(clearColumns).length(), Span.of(clearRows).length()});
    pictures++;
  }

  /** The part with a margin; none where the pictures are to be taken whole. */
  public Optional<CropConfig> part() {
    if (pictures < FEWEST_PICTURES) {
      return Optional.empty();
    }
    Span across = Span.of(seen(faintColumns));
    Span down = Span.of(seen(faintRows));
    if (!isClear(across, down)) {
      return Optional.empty();
    }
    Span width = cut(across, borders[0], borders[1]);
    Span height = cut(down, borders[2], borders[3]);
    double share = (double) width.length() * height.length() / (CELLS * CELLS);
    return share > WORTH
        ? Optional.empty()
        : Optional.of(
            new CropConfig(
                percent(width.from()),
                percent(height.from()),
                percent(width.length()),
                percent(height.length())));
  }

  private boolean[] seen(int[] counts) {
    boolean[] seen = new boolean[CELLS];
    for (int i = 0; i < CELLS; i++) {
      seen[i] = counts[i] > 0 && counts[i] >= rare * pictures;
    }
    return seen;
  }

  private boolean isClear(Span across, Span down) {
    long clear =
        clearExtents.stream()
            .filter(e -> e[0] > 0 && e[1] > 0)
            .filter(e -> e[0] >= MOST_OF_IT * across.length())
            .filter(e -> e[1] >= MOST_OF_IT * down.length())
            .count();
    return clear >= NEARLY_ALL * pictures;
  }

  /** What is kept of an axis: all of it unless there is ground on both sides, alike. */
  private Span cut(Span part, double[] before, double[] behind) {
    for (int colour = 0; colour < 3; colour++) {
      if (Math.abs(before[colour] - behind[colour]) > ALIKE * CELLS * pictures) {
        return Span.ALL;
      }
    }
    // Whole pairs of cells, so that pictures drawn anew seldom give another part.
    int from = (part.from() - MARGIN) / 2 * 2;
    int to = (part.to() + MARGIN + 1) / 2 * 2;
    return part.from() <= MARGIN || part.to() >= CELLS - MARGIN ? Span.ALL : new Span(from, to);
  }

  private static double percent(int cells) {
    return cells * 100.0 / CELLS;
  }

  /** Largest difference of a colour between the cells beside or above and below a cell. */
  private static double edge(double[][][] cells, int x, int y) {
    double most = 0;
    for (int colour = 0; colour < 3; colour++) {
      if (x > 0 && x < CELLS - 1) {
        most = Math.max(most, Math.abs(cells[y][x + 1][colour] - cells[y][x - 1][colour]));
      }
      if (y > 0 && y < CELLS - 1) {
        most = Math.max(most, Math.abs(cells[y + 1][x][colour] - cells[y - 1][x][colour]));
      }
    }
    return most;
  }

  /** Mean colour of each cell, 0 to 255. */
  private static double[][][] cells(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    double[][][] cells = new double[CELLS][CELLS][3];
    int[] pixels = new int[width];
    for (int row = 0; row < CELLS; row++) {
      int top = row * height / CELLS;
      int bottom = (row + 1) * height / CELLS;
      for (int y = top; y < bottom; y++) {
        picture.getRGB(0, y, width, 1, pixels, 0, width);
        for (int column = 0; column < CELLS; column++) {
          addPixels(
              pixels, column * width / CELLS, (column + 1) * width / CELLS, cells[row][column]);
        }
      }
      for (int column = 0; column < CELLS; column++) {
        int count = (bottom - top) * ((column + 1) * width / CELLS - column * width / CELLS);
        for (int colour = 0; colour < 3; colour++) {
          cells[row][column][colour] /= count;
        }
      }
    }
    return cells;
  }

  private static void addPixels(int[] pixels, int from, int to, double[] sums) {
    for (int x = from; x < to; x++) {
      sums[0] += pixels[x] >> 16 & 255;
      sums[1] += pixels[x] >> 8 & 255;
      sums[2] += pixels[x] & 255;
    }
  }

  /** Cells from one on to before another. */
  private record Span(int from, int to) {
    static final Span ALL = new Span(0, CELLS);

    /** From the first to the last that is set; empty where none is. */
    static Span of(boolean[] set) {
      int from = 0;
      while (from < set.length && !set[from]) {
        from++;
      }
      int to = set.length;
      while (to > from && !set[to - 1]) {
        to--;
      }
      return new Span(from, to);
    }

    int length() {
      return to - from;
    }
  }
}
