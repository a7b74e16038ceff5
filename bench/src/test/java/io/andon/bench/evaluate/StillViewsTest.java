package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.bench.evaluate.data.StillSet;
import io.andon.bench.evaluate.data.StillSet.Still;
import io.andon.embedding.InputShape;
import io.andon.embedding.ShapeChoice;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillViewsTest {
  private static final List<InputShape> SHAPES =
      List.of(new InputShape(256, 256), new InputShape(512, 256), new InputShape(256, 512));

  private static final int WIDTH = 400;
  private static final int HEIGHT = 200;

  @TempDir private Path folder;

  @Test
  void aPartComesToTheShapeOfItsAspectRatioAndIsNotSquashed() throws IOException {
    StillSet set = set(new Rectangle(160, 60, 70, 60));

    StillView view = views(set, true).learntFrom(set.train());

    assertThat(view.shape()).isEqualTo(new InputShape(256, 256));
    Rectangle part = view.part().in(WIDTH, HEIGHT);
    assertThat(part.contains(160, 60, 70, 60)).isTrue();
    assertThat(part.width).isBetween(part.height - 1, part.height + 1).isLessThan(130);
  }

  @Test
  void aPartAtTheEndOfThePictureIsCutAsFarAsThatReaches() throws IOException {
    StillSet set = set(new Rectangle(25, 0, 40, HEIGHT));

    StillView view = views(set, true).learntFrom(set.train());

    assertThat(view.shape()).isEqualTo(new InputShape(256, 512));
    Rectangle part = view.part().in(WIDTH, HEIGHT);
    assertThat(part.x).isNotNegative();
    assertThat(part.contains(25, 0, 40, HEIGHT)).isTrue();
    assertThat(part.width).isBetween(99, 101);
  }

  @Test
  void onlyThePicturesThatAreLearntAreLookedAt() throws IOException {
    StillSet small = set(new Rectangle(160, 60, 70, 60));
    StillSet wide = set(new Rectangle(60, 60, 270, 60));
    List<Still> both = new ArrayList<>(small.train());
    both.addAll(wide.train());
    StillViews views = views(new StillSet("parts", both, List.of()), true);

    assertThat(views.learntFrom(small.train())).isNotEqualTo(views.learntFrom(both));
  }

  @Test
  void picturesAreTakenWholeWhereNothingIsToBeCutOrThereIsNoPart() throws IOException {
    StillSet part = set(new Rectangle(160, 60, 70, 60));
    StillSet none = set(new Rectangle(0, 0, WIDTH, HEIGHT));

    StillView whole = StillView.whole(new InputShape(512, 256));
    assertThat(views(part, false).learntFrom(part.train())).isEqualTo(whole);
    assertThat(views(none, true).learntFrom(none.train())).isEqualTo(whole);
  }

  private static StillViews views(StillSet set, boolean cuts) {
    return StillViews.of(set, (w, h) -> ShapeChoice.closest(w, h, SHAPES), cuts).orElseThrow();
  }

  private StillSet set(Rectangle part) throws IOException {
    List<Still> train = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
      Graphics2D g = image.createGraphics();
      g.setColor(Color.WHITE);
      g.fill(part);
      g.dispose();
      Path file = folder.resolve(part.x + "-" + part.width + "-" + i + ".png");
      assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
      train.add(new Still(file.toString(), file, "", false, null));
    }
    return new StillSet("parts", train, List.of());
  }
}
