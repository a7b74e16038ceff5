package io.andon.quickstart.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which share of the frames ingest sends, over time. Written as parts one after the other, each a
 * share or two shares that it goes down and up between, and for how many seconds, which the last
 * one does not say: {@code 0.15:25/0.4-0.9} is 0.15 for 25 s and from then on between 0.9 and 0.4.
 */
final class ShareCourse {
  private static final String NUMBER = "([0-9]+(?:\\.[0-9]+)?)";
  private static final Pattern PART =
      Pattern.compile(NUMBER + "(?:-" + NUMBER + ")?(?::([0-9]{1,6}))?");

  /** Ingest's share rises by so much a second. */
  private static final double STEP = 0.05;

  private record Part(double low, double high, long seconds) {
    double at(long second) {
      long steps = Math.round((high - low) / STEP);
      if (steps == 0) {
        return high;
      }
      long phase = second % (2 * steps);
      return Math.max(low, high - STEP * Math.min(phase, 2 * steps - phase));
    }
  }

  private final String text;
  private final List<Part> parts;

  private ShareCourse(String text, List<Part> parts) {
    this.text = text;
    this.parts = parts;
  }

  /**
   * Reads a course.
   *
   * @throws IllegalArgumentException if it is none, or a share is not above 0 and at most 1
   */
  static ShareCourse parse(String text) {
    List<Part> parts = new ArrayList<>();
    String[] written = text.split("/", -1);
    for (String part : written) {
      Matcher matcher = PART.matcher(part);
      boolean last = parts.size() == written.length - 1;
      if (!matcher.matches() || (matcher.group(3) == null) != last) {
        throw wrong(text);
      }
      double low = Double.parseDouble(matcher.group(1));
      double high = matcher.group(2) == null ? low : Double.parseDouble(matcher.group(2));
      long seconds = matcher.group(3) == null ? Long.MAX_VALUE : Long.parseLong(matcher.group(3));
      if (!(low > 0 && low <= high && high <= 1)) {
        throw wrong(text);
      }
      parts.add(new Part(low, high, seconds));
    }
    return new ShareCourse(text, List.copyOf(parts));
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "share is '%s', allowed are numbers above 0 and at most 1, with seconds for all parts but the last: 0.7, 0.4-0.9, 0.15:25/0.4-0.9"
            .formatted(text));
  }

  /** The share in a second; the last part goes on for ever. */
  double at(long second) {
    long from = 0;
    for (Part part : parts.subList(0, parts.size() - 1)) {
      if (second - from < part.seconds) {
        return part.at(second - from);
      }
      from += part.seconds;
    }
    return parts.get(parts.size() - 1).at(second - from);
  }

  @Override
  public String toString() {
    return text;
  }
}
