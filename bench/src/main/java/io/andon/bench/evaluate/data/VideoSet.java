package io.andon.bench.evaluate.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clips of one camera.
 *
 * @param name name of its folder
 * @param train normal clips, in order
 * @param test labelled clips, in order, after the train clips
 */
public record VideoSet(String name, List<Clip> train, List<Clip> test) implements LabelledSet {
  public VideoSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * One clip.
   *
   * @param id {@code train/01}
   * @param video the file
   * @param labels a value a frame, true where anomalous; empty for a clip that is normal all over
   * @param masks archive of {@code KKK.png}, one a masked frame; null where there is none
   */
  public record Clip(String id, Path video, boolean[] labels, @Nullable Path masks) {
    /** Whether it is measured. */
    public boolean isTest() {
      return id.startsWith("test/");
    }
  }
}
