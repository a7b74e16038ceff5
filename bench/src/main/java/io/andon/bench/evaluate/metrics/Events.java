package io.andon.bench.evaluate.metrics;

import java.util.ArrayList;
import java.util.List;

/** Runs of anomalous frames, as events that are found or missed. */
public final class Events {
  private Events() {}

  /**
   * A run of frames.
   *
   * @param first its first frame
   * @param last its last frame
   */
  public record Event(int first, int last) {}

  /**
   * The events of one clip.
   *
   * @param anomalous the truth a frame
   * @param offset added to the frames' numbers
   * @param mergeFrames runs with fewer normal frames between them are one event
   */
  public static List<Event> of(boolean[] anomalous, int offset, double mergeFrames) {
    List<Event> events = new ArrayList<>();
    int from = 0;
    while (from < anomalous.length) {
      if (!anomalous[from]) {
        from++;
        continue;
      }
      int to = from;
      while (to + 1 < anomalous.length && anomalous[to + 1]) {
        to++;
      }
      Event run = new Event(offset + from, offset + to);
      Event before = events.isEmpty() ? null : events.get(events.size() - 1);
      if (before != null && run.first() - before.last() - 1 < mergeFrames) {
        events.set(events.size() - 1, new Event(before.first(), run.last()));
      } else {
        events.add(run);
      }
      from = to + 1;
    }
    return events;
  }
}
