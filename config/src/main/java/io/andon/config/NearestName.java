package io.andon.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody who mistyped probably meant. */
final class NearestName {
  private NearestName() {}

  /** The nearest of the known names, if it is no more than a third of the letters away. */
  static Optional<String> of(String typed, List<String> known) {
    int limit = Math.max(1, typed.length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** Levenshtein distance without regard to case, hyphens and underscores. */
  private static int distance(String left, String right) {
    String a = plain(left);
    String b = plain(right);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private static String plain(String name) {
    String shortened = name.length() <= 100 ? name : name.substring(0, 100);
    return shortened.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
