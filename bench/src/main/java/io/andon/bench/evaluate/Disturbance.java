package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.DataProblem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a camera in a factory may have that those of clean sets don't have. */
enum Disturbance {
  /** The pictures as they are. */
  NONE,
  /** The camera vibrates: each frame is shifted a little. */
  SHAKE,
  /** A dark hall: noise. */
  NOISE,
  /** Test clips are brighter or darker than what was learnt. */
  DIM,
  /** Half the width and height. */
  HALF,
  /** The left part only. */
  LEFT,
  /** The right part only. */
  RIGHT,
  /** The middle only, enlarged by two. */
  MIDDLE;

  private static final String ALL = "all";

  /**
   * What is asked for, each once and in the order above.
   *
   * @param words as given to {@code --disturb}; {@code all} stands for each
   * @throws DataProblem if a word is none of those allowed
   */
  static List<Disturbance> of(List<String> words) throws DataProblem {
    EnumSet<Disturbance> choice = EnumSet.complementOf(EnumSet.of(NONE));
    Set<String> allowed = choice.stream().map(Disturbance::word).collect(Collectors.toSet());
    for (String word : words) {
      if (!word.equals(ALL) && !allowed.contains(word)) {
        throw new DataProblem(
            "--disturb is "
                + word
                + ", allowed: "
                + choice.stream().map(Disturbance::word).collect(Collectors.joining(", "))
                + ", "
                + ALL);
      }
    }
    return Arrays.stream(values())
        .filter(choice::contains)
        .filter(one -> words.contains(ALL) || words.contains(one.word()))
        .toList();
  }

  /** Its name on the command line and in figures. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A set's name with it, for people. */
  String titled(String set) {
    return this == NONE ? set : set + " " + word();
  }

  /** What is seen of the picture. */
  View view() {
    return switch (this) {
      case LEFT -> new View(0, 0, 5 / 9.0, 1);
      case RIGHT -> new View(4 / 9.0, 0, 5 / 9.0, 1);
      case MIDDLE -> new View(0.25, 0.25, 0.5, 0.5);
      default -> View.WHOLE;
    };
  }

  /** Whether it shows a part of the picture only, so that it has labels of its own. */
  boolean showsPart() {
    return !view().equals(View.WHOLE);
  }
}
