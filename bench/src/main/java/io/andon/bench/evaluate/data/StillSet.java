package io.andon.bench.evaluate.data;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of single parts.
 *
 * @param name its name in the manifest
 * @param train normal pictures
 * @param test labelled pictures
 */
public record StillSet(String name, List<Still> train, List<Still> test) implements LabelledSet {
  public StillSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * One picture.
   *
   * @param id its path in the manifest
   * @param picture the file, JPEG or PNG
   * @param kind its class in the manifest, empty where none is given
   * @param anomalous the truth
   * @param mask picture that is black where normal; null where there is none
   */
  public record Still(
      String id, Path picture, String kind, boolean anomalous, @Nullable Path mask) {}
}
