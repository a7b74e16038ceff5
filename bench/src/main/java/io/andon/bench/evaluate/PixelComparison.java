package io.andon.bench.evaluate;

import io.andon.bench.evaluate.metrics.PixelFigures;
import io.andon.detection.CellHeat;
import io.andon.detection.Observation;
import io.andon.embedding.InputShape;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pixel figures of the detector's heat, and of the plain nearest-neighbour map beside it. */
final class PixelComparison {
  private static final double PRO_LIMIT = 0.3;

  private final PixelFigures detector = new PixelFigures();
  private final PixelFigures plain = new PixelFigures();
  private @Nullable HeatPicture picture;
  private @Nullable InputShape pictureShape;

  /**
   * Adds a picture.
   *
   * @param o what detection saw, with the picture's own size
   * @param shape the model's input for it
   * @param heat the detector's heat; none counts as 0 all over
   * @param neighbours heat of the nearest-neighbour map
   * @param mask where it is anomalous at the picture's size; null where nowhere
   */
  void add(
      Observation o,
      InputShape shape,
      Optional<CellHeat> heat,
      double @Nullable [] neighbours,
      boolean @Nullable [] mask) {
    int width = o.pictureWidth();
    int height = o.pictureHeight();
    HeatPicture scale = picture;
    if (scale == null || !scale.fits(width, height) || !shape.equals(pictureShape)) {
      scale = new HeatPicture(o.rows(), o.columns(), shape, width, height);
      picture = scale;
      pictureShape = shape;
    }
    double[] cells = heat.map(CellHeat::values).orElseGet(() -> new double[o.rows() * o.columns()]);
    detector.add(scale.of(finite(cells)), width, height, mask);
    if (neighbours != null) {
      plain.add(scale.of(neighbours), width, height, mask);
    }
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
