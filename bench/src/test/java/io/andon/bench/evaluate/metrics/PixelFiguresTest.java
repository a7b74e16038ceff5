package io.andon.bench.evaluate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PixelFiguresTest {
  @Test
  void aurocIsThatOfThePixels() {
    PixelFigures figures = new PixelFigures();
    figures.add(new float[] {4, 2, 3, 1}, 4, 1, new boolean[] {true, true, false, false});
    assertThat(figures.auroc()).isEqualTo(0.75);
  }

  @Test
  void valuesBelowZeroKeepTheirOrder() {
    PixelFigures figures = new PixelFigures();
    figures.add(new float[] {-1, -3, 0.5f, -2}, 4, 1, new boolean[] {true, false, true, false});
    assertThat(figures.auroc()).isEqualTo(1);
  }

  @Test
  void aLargeRegionWeighsAsMuchAsASmallOne() {
    // Regions of 1 and 3 pixels; the small one is found first, then normal pixels, then the rest.
    PixelFigures figures = new PixelFigures();
    boolean[] mask = {true, false, true, true, true, false};
    figures.add(new float[] {9, 8, 1, 1, 1, 8}, 6, 1, mask);
    // Overlap 1/2 at rate 0, still 1/2 at rate 1, so its mean over rates 0..0.3 is 1/2.
    assertThat(figures.aupro(0.3)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void theCurveIsCutAtTheLimit() {
    // Ten normal pixels; the region is found with the first normal one, at rate 0.1.
    PixelFigures figures = new PixelFigures();
    float[] heat = new float[11];
    heat[0] = 5;
    heat[1] = 5;
    boolean[] mask = new boolean[11];
    mask[0] = true;
    figures.add(heat, 11, 1, mask);
    // 0 to 1 over rates 0..0.1, then 1 up to 0.3: (0.05 + 0.2) / 0.3.
    assertThat(figures.aupro(0.3)).isCloseTo(0.25 / 0.3, within(1e-12));
  }

  @Test
  void aPictureWithoutAMaskIsNormalAllOver() {
    PixelFigures figures = new PixelFigures();
    figures.add(new float[] {1}, 1, 1, new boolean[] {true});
    assertThat(figures.isMeasured()).isFalse();
    assertThat(figures.auroc()).isNaN();
    figures.add(new float[] {0, 2}, 2, 1, null);
    assertThat(figures.auroc()).isEqualTo(0.5);
  }

  @Test
  void regionsThatTouchByACornerAreOne() {
    boolean[] corner = {true, false, false, true};
    assertThat(Regions.of(corner, 2, 2).count()).isEqualTo(1);
    boolean[] apart = {true, false, true, false};
    Regions regions = Regions.of(apart, 4, 1);
    assertThat(regions.count()).isEqualTo(2);
    assertThat(regions.sizeAt(0)).isEqualTo(1);
    assertThat(regions.sizeAt(1)).isZero();
  }
}
