package io.andon.job.replay;

import io.andon.contracts.IncidentEvent;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Compares two events field by field, as they are on the wire. */
final class EventDifference {
  private EventDifference() {}

  /** A line for each field that differs; empty if none does. */
  static List<String> between(IncidentEvent event, IncidentEvent replayed) {
    List<String> differences = new ArrayList<>();
    for (RecordComponent field : IncidentEvent.class.getRecordComponents()) {
      Object had = value(field, event);
      Object has = value(field, replayed);
      if (!Objects.equals(had, has)) {
        differences.add(
            "%s: the event says %s, the replay %s".formatted(field.getName(), had, has));
      }
    }
    return differences;
  }

  /** A field's value; arrays by what they hold. */
  private static Object value(RecordComponent field, IncidentEvent event) {
    try {
      Object value = field.getAccessor().invoke(event);
      return value instanceof IncidentEvent.Heat heat
          ? heat.rows() + "x" + heat.columns() + " " + Arrays.toString(heat.values())
          : String.valueOf(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record's own accessor fails", e);
    }
  }
}
