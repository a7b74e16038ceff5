package io.andon.bench.evaluate;

import io.andon.detection.DetectorScores;
import io.andon.detection.DetectorScores.ChannelScore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** The channels of a detector by name, whatever channels it has. */
final class ChannelColumns {
  private static final List<RecordComponent> CHANNELS = channels();

  private ChannelColumns() {}

  private static List<RecordComponent> channels() {
    List<RecordComponent> channels = new ArrayList<>();
    for (RecordComponent component : DetectorScores.class.getRecordComponents()) {
      if (component.getType() == ChannelScore.class) {
        channels.add(component);
      }
    }
    return channels;
  }

  /** Names, in the order of {@link DetectorScores}. */
  static List<String> names() {
    return CHANNELS.stream().map(RecordComponent::getName).toList();
  }

  /** What a channel said. */
  static ChannelScore of(DetectorScores scores, int channel) {
    try {
      return (ChannelScore) CHANNELS.get(channel).getAccessor().invoke(scores);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("DetectorScores is a public record", e);
    }
  }
}
