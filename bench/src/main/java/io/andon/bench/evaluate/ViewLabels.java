package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.Mask;
import io.andon.bench.evaluate.data.MaskArchive;
import io.andon.bench.evaluate.data.VideoSet;
import io.andon.bench.evaluate.data.VideoSet.Clip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The truth of a part of the picture, by masks: an anomaly that it does not show, or of which it
 * shows a sliver, is none.
 */
final class ViewLabels {
  /** Why a set has no figures of a view. */
  static final String NO_MASKS = "no test clip has the masks that another view wants";

  /** Pixels of a mask that a view has to show. */
  private static final int LEAST_PIXELS = 40;

  private final View view;
  private final Consumer<String> notes;

  /**
   * @param notes takes a line for each clip that is left out
   */
  ViewLabels(View view, Consumer<String> notes) {
    this.view = view;
    this.notes = notes;
  }

  /** The set with labels of the view; test clips that lack a mask are told and left out. */
  VideoSet of(VideoSet set) {
    List<Clip> test = new ArrayList<>();
    for (Clip clip : set.test()) {
      try {
        test.add(new Clip(clip.id(), clip.video(), labels(clip), clip.masks()));
      } catch (IOException e) {
        notes.accept(
            String.format(
                "%s: %s has no labels of another view, left out: %s",
                set.name(), clip.id(), e.getMessage()));
      }
    }
    return new VideoSet(set.name(), set.train(), test);
  }

  private boolean[] labels(Clip clip) throws IOException {
    boolean[] labels = clip.labels().clone();
    Path file = clip.masks();
    if (file == null) {
      throw new IOException("there are no masks of it");
    }
    try (MaskArchive archive = new MaskArchive(file)) {
      for (int frame = 0; frame < labels.length; frame++) {
        labels[frame] = labels[frame] && isAnomalous(archive, frame);
      }
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    return labels;
  }

  private boolean isAnomalous(MaskArchive archive, int frame) throws IOException {
    Optional<Mask> mask = archive.mask(frame);
    if (mask.isEmpty()) {
      throw new IOException("there is none of frame " + frame + ", which is anomalous");
    }
    Mask whole = mask.get();
    return whole.anomalousIn(view.in(whole.width(), whole.height())) >= LEAST_PIXELS;
  }
}
