package io.andon.bench.evaluate.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of single parts.
 *
 * @param name its name in the manifest
 * @param train normal pictures
 * @param test labelled pictures
 */
public record StillSet(String name, List<Still> train, List<Still> test) implements LabelledSet {
  /**
   * Fewest train pictures that a detector ends its warm-up with: the first two fill its memory, and
   * five more are what a threshold can be calibrated on.
   */
  public static final int FEWEST_TRAIN = 7;

  public StillSet {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /** Whether a detector can learn it and be measured on it. */
  public boolean isEnough() {
    return train.size() >= FEWEST_TRAIN && !test.isEmpty();
  }

  /** How much of it there is, and how much it takes, for people. */
  public String shortage() {
    return String.format(
        "%s: %d train and %d test pictures, at least %d and 1 are needed, skipped",
        name, train.size(), test.size(), FEWEST_TRAIN);
  }

  /** How many test pictures are learnt as well: figures of them say little. */
  public long learntToo() {
    Set<Path> learnt = train.stream().map(Still::picture).collect(Collectors.toSet());
    return test.stream().filter(still -> learnt.contains(still.picture())).count();
  }

  /** The same without the pictures that can't be used. */
  public StillSet only(Predicate<Still> usable) {
    return new StillSet(
        name, train.stream().filter(usable).toList(), test.stream().filter(usable).toList());
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
