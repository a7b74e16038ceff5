package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.bench.picture.PictureFile;
import io.andon.bench.picture.Pixels;
import io.andon.embedding.InputShape;
import io.andon.ingest.crop.PartOnGround;
import io.andon.ingest.settings.CropConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what of a set's pictures comes to the model: the part that lies on a plain ground, as
 * ingest's {@code picture} finds it in normal pictures, or all of them.
 */
final class StillViews {
  /** Enough to see wherever parts lie. */
  private static final int MOST_LOOKED_AT = 100;

  /** Share of them that may show dust on the ground. */
  private static final double RARE = 0.02;

  /** Brings pictures of one size to a shape of the model. */
  interface Shapes {
    /** The shape for pictures of a size, pixels. */
    InputShape of(int width, int height);
  }

  private final Shapes shapes;
  private final boolean cuts;
  private final int width;
  private final int height;

  private StillViews(Shapes shapes, boolean cuts, int width, int height) {
    this.shapes = shapes;
    this.cuts = cuts;
    this.width = width;
    this.height = height;
  }

  /**
   * The views of a set, whose pictures count as having the median aspect ratio of the train ones.
   *
   * @param cuts whether parts are cut out
   * @return none where no train picture can be read
   */
  static Optional<StillViews> of(StillSet set, Shapes shapes, boolean cuts) {
    List<int[]> sizes = new ArrayList<>();
    for (Still still : set.train()) {
      try {
        sizes.add(StillPicture.size(still.picture()));
      } catch (IOException e) {
        // The reel will lack this picture, and tells which ones it lacks and why.
      }
    }
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    sizes.sort((a, b) -> Double.compare((double) a[0] / a[1], (double) b[0] / b[1]));
    int[] median = sizes.get(sizes.size() / 2);
    return Optional.of(new StillViews(shapes, cuts, median[0], median[1]));
  }

  /** The view that some normal pictures call for; no others are looked at. */
  StillView learntFrom(List<Still> normal) {
    StillView whole = StillView.whole(shapes.of(width, height));
    return cuts ? part(normal).map(this::fitted).orElse(whole) : whole;
  }

  private static Optional<CropConfig> part(List<Still> normal) {
    PartOnGround part = new PartOnGround(RARE);
    int looks = Math.min(MOST_LOOKED_AT, normal.size());
    for (int i = 0; i < looks; i++) {
      Still still = normal.get((int) ((long) i * normal.size() / looks));
      try (PictureFile picture = PictureFile.open(still.picture())) {
        part.add(Pixels.plain(picture.image()));
      } catch (IOException e) {
        // Told by the reel.
      }
    }
    return part.part();
  }

  /**
   * The part in the aspect ratio of a shape, as far as the picture reaches: nothing is squashed.
   */
  private StillView fitted(CropConfig part) {
    double partWidth = part.width() * width / 100;
    double partHeight = part.height() * height / 100;
    InputShape shape = shapes.of((int) Math.ceil(partWidth), (int) Math.ceil(partHeight));
    double ratio = (double) shape.width() / shape.height();
    double wide = Math.min(width, Math.max(partWidth, partHeight * ratio));
    double high = Math.min(height, Math.max(partHeight, partWidth / ratio));
    double x = around(part.x() * width / 100, partWidth, wide, width);
    double y = around(part.y() * height / 100, partHeight, high, height);
    return new StillView(shape, new View(x / width, y / height, wide / width, high / height));
  }

  /** Where a longer stretch begins that has a stretch in its middle, or as near to it as can be. */
  private static double around(double from, double length, double longer, double all) {
    return Math.max(0, Math.min(all - longer, from - (longer - length) / 2));
  }
}
