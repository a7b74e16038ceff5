package io.andon.bench.evaluate;

import io.andon.bench.evaluate.data.StillSet.Still;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which pictures show one and the same part. Some sets hold several photographs of each part, taken
 * one after the other under other light, which only their running numbers tell: {@code
 * exp1_num_7036.jpg} and {@code exp5_num_7054.jpg}. Pictures of one class are of one part if a
 * chain of steps no longer than a gap leads from the number of one to that of the other. A picture
 * whose name ends without a number is of a part of its own.
 */
final class Parts {
  private static final Pattern LAST_NUMBER = Pattern.compile("(\\d{1,18})\\D*$");

  private final Map<String, Integer> partOf = new HashMap<>();
  private int parts;

  private Parts() {}

  /**
   * Finds the parts.
   *
   * @param gap how far two numbers may lie apart, 0 or more
   */
  static Parts of(Collection<Still> pictures, int gap) {
    Parts found = new Parts();
    Map<String, List<Numbered>> byKind = new TreeMap<>();
    for (Still still : pictures) {
      Matcher number = LAST_NUMBER.matcher(still.picture().getFileName().toString());
      if (number.find()) {
        byKind
            .computeIfAbsent(still.kind(), kind -> new ArrayList<>())
            .add(new Numbered(Long.parseLong(number.group(1)), still.id()));
      } else {
        found.partOf.put(still.id(), found.parts++);
      }
    }
    byKind.values().forEach(numbered -> found.chain(numbered, gap));
    return found;
  }

  private record Numbered(long number, String id) {}

  private void chain(List<Numbered> pictures, int gap) {
    pictures.sort(Comparator.comparingLong(Numbered::number));
    long last = pictures.get(0).number();
    parts++;
    for (Numbered picture : pictures) {
      if (picture.number() - last > gap) {
        parts++;
      }
      partOf.put(picture.id(), parts - 1);
      last = picture.number();
    }
  }

  /** The pictures that show the same part as any of these, and these themselves. */
  Set<String> sharing(Set<String> ids) {
    Set<Integer> shown = new HashSet<>();
    ids.forEach(id -> shown.add(partOf.get(id)));
    Set<String> sharing = new HashSet<>();
    partOf.forEach(
        (id, part) -> {
          if (shown.contains(part)) {
            sharing.add(id);
          }
        });
    return sharing;
  }
}
