package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.Mask;
import io.andon.bench.evaluate.metrics.PixelFigures;
import io.andon.detection.CellHeat;
import io.andon.detection.Observation;
import io.andon.embedding.InputShape;
import java.awt.Rectangle;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pixel figures of the detector's heat, and of the plain nearest-neighbour map beside it. */
final class PixelComparison {
  private static final double PRO_LIMIT = 0.3;
  private static final double LONGEST_SIDE = 3_000;

  private final PixelFigures detector = new PixelFigures();
  private final PixelFigures plain = new PixelFigures();
  private @Nullable HeatPicture picture;
  private @Nullable InputShape pictureShape;

  /**
   * Adds a picture. What is cut off counts as the least suspicious of all: nothing looks there.
   *
   * @param o what detection saw, with the size of the picture that it got
   * @param view how that was made
   * @param heat the detector's heat; none counts as 0 all over
   * @param neighbours heat of the nearest-neighbour map
   * @param mask where the whole picture is anomalous; null where nowhere
   */
  void add(
      Observation o,
      StillView view,
      Optional<CellHeat> heat,
      double @Nullable [] neighbours,
      @Nullable Mask mask) {
    double wholeWidth = o.pictureWidth() / view.part().width();
    double wholeHeight = o.pictureHeight() / view.part().height();
    // A small part of a large picture would take more memory than the harness has.
    double smaller = Math.min(1, LONGEST_SIDE / Math.max(wholeWidth, wholeHeight));
    int width = (int) Math.max(1, Math.round(wholeWidth * smaller));
    int height = (int) Math.max(1, Math.round(wholeHeight * smaller));
    Rectangle part = view.part().in(width, height);
    HeatPicture scale = picture;
    if (scale == null
        || !scale.fits(part.width, part.height)
        || !view.shape().equals(pictureShape)) {
      scale = new HeatPicture(o.rows(), o.columns(), view.shape(), part.width, part.height);
      picture = scale;
      pictureShape = view.shape();
    }
    boolean[] anomalous = mask == null ? null : mask.resized(width, height).anomalous();
    double[] cells = heat.map(CellHeat::values).orElseGet(() -> new double[o.rows() * o.columns()]);
    detector.add(placed(scale.of(finite(cells)), part, width, height), width, height, anomalous);
    if (neighbours != null) {
      plain.add(placed(scale.of(neighbours), part, width, height), width, height, anomalous);
    }
  }

  /** The heat of a part in its place in the whole picture. */
  private static float[] placed(float[] heat, Rectangle part, int width, int height) {
    if (part.width == width && part.height == height) {
      return heat;
    }
    float[] whole = new float[width * height];
    Arrays.fill(whole, Float.NEGATIVE_INFINITY);
    for (int y = 0; y < part.height; y++) {
      System.arraycopy(heat, y * part.width, whole, (part.y + y) * width + part.x, part.width);
    }
    return whole;
  }

  private static double[] finite(double[] cells) {
    return Arrays.stream(cells).map(v -> Double.isFinite(v) ? v : 0).toArray();
  }

  void addTo(Figures figures) {
    if (detector.isMeasured()) {
      figures.put("pixel_auroc", detector.auroc());
      figures.put("aupro_0_3", detector.aupro(PRO_LIMIT));
    }
    if (plain.isMeasured()) {
      figures.put("nn_pixel_auroc", plain.auroc());
      figures.put("nn_aupro_0_3", plain.aupro(PRO_LIMIT));
    }
  }
}
