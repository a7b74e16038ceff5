package io.andon.detection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Turns cell scores into a heat map and boxes around connected hot cells. */
final class HeatMapBuilder {
  static final int MAX_BOXES = 8;
  private static final int ALARM_HEAT = 128;

  private final Observation frame;
  private final PictureArea.Axis across;
  private final PictureArea.Axis down;
  private final double[] heat;

  HeatMapBuilder(Observation frame) {
    this.frame = frame;
    across = frame.area().across(frame.columns(), frame.pictureWidth());
    down = frame.area().down(frame.rows(), frame.pictureHeight());
    heat = new double[frame.cells()];
  }

  /**
   * Adds one channel; each cell keeps its highest.
   *
   * @param values {@code rows * columns} raw values, row-major; may be empty
   * @param median raw value of heat 0
   * @param level raw value at the alarm level
   */
  void add(double[] values, int rows, int columns, double median, double level) {
    if (values.length == 0) {
      return;
    }
    for (int cell = 0; cell < heat.length; cell++) {
      int row = cell / frame.columns() * rows / frame.rows();
      int column = cell % frame.columns() * columns / frame.columns();
      double value = (values[row * columns + column] - median) / (level - median);
      heat[cell] = Math.max(heat[cell], value);
    }
  }

  /** As many cells as the grid has, over the picture alone. */
  HeatMap heatMap() {
    byte[] values = new byte[heat.length];
    for (int cell = 0; cell < heat.length; cell++) {
      int row = down.cellAtMiddleOf(cell / frame.columns());
      int column = across.cellAtMiddleOf(cell % frame.columns());
      double value = heat[row * frame.columns() + column];
      values[cell] = (byte) Math.min(255, Math.max(0, Math.round(value * ALARM_HEAT)));
    }
    return new HeatMap(frame.rows(), frame.columns(), values);
  }

  /** The hottest cell, the first of equals. */
  int hottestCell() {
    int hottest = 0;
    for (int cell = 1; cell < heat.length; cell++) {
      if (heat[cell] > heat[hottest]) {
        hottest = cell;
      }
    }
    return hottest;
  }

  /**
   * Boxes around connected cells of at least half the highest heat, hottest first; the whole
   * picture if no cell stands out.
   *
   * @param score the frame's score
   */
  List<HotBox> boxes(double score) {
    double limit = heat[hottestCell()] / 2;
    if (limit < 0.25) {
      return List.of(new HotBox(0, 0, frame.pictureWidth(), frame.pictureHeight(), score));
    }
    List<HotBox> boxes = new ArrayList<>();
    boolean[] seen = new boolean[heat.length];
    for (int cell = 0; cell < heat.length; cell++) {
      if (!seen[cell] && heat[cell] >= limit) {
        boxes.add(boxAround(cell, limit, seen));
      }
    }
    boxes.sort(
        Comparator.comparingDouble(HotBox::score)
            .reversed()
            .thenComparingInt(HotBox::y)
            .thenComparingInt(HotBox::x));
    return boxes.subList(0, Math.min(MAX_BOXES, boxes.size()));
  }

  private HotBox boxAround(int start, double limit, boolean[] seen) {
    int top = frame.rows();
    int left = frame.columns();
    int bottom = 0;
    int right = 0;
    double score = 0;
    Deque<Integer> open = new ArrayDeque<>();
    open.add(start);
    seen[start] = true;
    while (!open.isEmpty()) {
      int cell = open.removeFirst();
      int row = cell / frame.columns();
      int column = cell % frame.columns();
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      score = Math.max(score, heat[cell]);
      visit(row - 1, column, limit, seen, open);
      visit(row + 1, column, limit, seen, open);
      visit(row, column - 1, limit, seen, open);
      visit(row, column + 1, limit, seen, open);
    }
    int x = Math.min(across.pixelAt(left), frame.pictureWidth() - 1);
    int y = Math.min(down.pixelAt(top), frame.pictureHeight() - 1);
    int width = Math.max(1, across.pixelAt(right) - x);
    int height = Math.max(1, down.pixelAt(bottom) - y);
    return new HotBox(x, y, width, height, score);
  }

  private void visit(int row, int column, double limit, boolean[] seen, Deque<Integer> open) {
    if (row < 0 || row >= frame.rows() || column < 0 || column >= frame.columns()) {
      return;
    }
    int cell = row * frame.columns() + column;
    if (!seen[cell] && heat[cell] >= limit) {
      seen[cell] = true;
      open.add(cell);
    }
  }
}
