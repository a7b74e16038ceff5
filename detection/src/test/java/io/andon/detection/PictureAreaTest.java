package io.andon.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.detection.SyntheticLine.Anomaly;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Boxes, regions and heat are of the picture, whatever bars the model sees beside it. */
class PictureAreaTest {
  private static final int ROWS = 16;
  private static final int COLUMNS = 12;

  /** A picture twice as wide as high in a square input: bars over and under it. */
  private static final PictureArea WIDE = new PictureArea(160, 160, 0, 40, 160, 80);

  private static Observation frame(PictureArea area) {
    return new SyntheticLine(3, ROWS, COLUMNS, 8).next().in(area);
  }

  @Test
  void aRegionAtTheUpperEdgeIsBelowTheBar() {
    boolean[] inside =
        Region.cells(List.of(new Region(0, 0, 1280, 90)), ROWS, COLUMNS, frame(WIDE));

    for (int row = 0; row < ROWS; row++) {
      boolean[] cells = new boolean[COLUMNS];
      System.arraycopy(inside, row * COLUMNS, cells, 0, COLUMNS);
      if (row == 4) {
        assertThat(cells).as("the picture's first row of cells").doesNotContain(false);
      } else {
        assertThat(cells).as("row %d", row).doesNotContain(true);
      }
    }
  }

  @Test
  void aRegionThatGoesOnBelowThePictureTouchesNoBar() {
    boolean[] inside =
        Region.cells(List.of(new Region(0, 700, 1280, 5_000)), ROWS, COLUMNS, frame(WIDE));

    assertThat(inside[11 * COLUMNS]).isTrue();
    assertThat(inside[12 * COLUMNS]).as("a bar").isFalse();
  }

  @Test
  void boxesAndHeatAreOfThePicture() {
    double[] values = new double[ROWS * COLUMNS];
    values[4 * COLUMNS] = 2;
    values[11 * COLUMNS + COLUMNS - 1] = 3;
    HeatMapBuilder heat = new HeatMapBuilder(frame(WIDE));
    heat.add(values, ROWS, COLUMNS, 0, 1);

    assertThat(heat.boxes(3))
        .containsExactly(
            new HotBox(1280 * 11 / 12, 630, 1280 - 1280 * 11 / 12, 90, 3),
            new HotBox(0, 0, 106, 90, 2));
    byte[] map = heat.heatMap().values();
    assertThat(map[0]).isEqualTo((byte) 255);
    assertThat(map[COLUMNS]).as("two rows of the map show one of the grid").isEqualTo(map[0]);
    assertThat(map[2 * COLUMNS]).isZero();
    assertThat(map[map.length - 1]).isEqualTo((byte) 255);
  }

  @Test
  void whatIsHotInABarAloneIsShownAtTheNearestEdge() {
    double[] values = new double[ROWS * COLUMNS];
    values[0] = 2;
    values[(ROWS - 1) * COLUMNS] = 2;
    HeatMapBuilder heat = new HeatMapBuilder(frame(WIDE));
    heat.add(values, ROWS, COLUMNS, 0, 1);

    assertThat(heat.boxes(2))
        .containsExactly(new HotBox(0, 0, 106, 1, 2), new HotBox(0, 719, 106, 1, 2));
  }

  @Test
  void aWholePictureHasTheGridsOwnMap() {
    double[] values = new double[ROWS * COLUMNS];
    for (int cell = 0; cell < values.length; cell++) {
      values[cell] = cell / 256.0;
    }
    HeatMapBuilder heat = new HeatMapBuilder(frame(PictureArea.WHOLE));
    heat.add(values, ROWS, COLUMNS, 0, 1);

    byte[] map = heat.heatMap().values();
    for (int cell = 0; cell < values.length; cell++) {
      assertThat(map[cell] & 0xFF).isEqualTo((int) Math.round(values[cell] * 128));
    }
  }

  @Test
  void theLastPictureKeepsItsAreaOverARestart() throws SnapshotException {
    SyntheticLine line = new SyntheticLine(3, 6, 12, 8);
    CameraDetector detector = CameraDetector.create("line-1", SnapshotTest.QUICK);
    detector.observe(line.next(Anomaly.NONE).in(WIDE));
    byte[] snapshot = detector.snapshot();

    assertThat(CameraDetector.restore("line-1", SnapshotTest.QUICK, snapshot).snapshot())
        .isEqualTo(snapshot);
    detector.observe(line.next(Anomaly.NONE));
    assertThat(detector.snapshot()).isNotEqualTo(snapshot);
  }

  @Test
  void anAreaOutsideTheGridIsRefused() {
    assertThatThrownBy(() -> new PictureArea(10, 10, 3, 0, 8, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("area.width is 8, allowed: 1..7");
  }
}
