package io.andon.detection;

import java.util.List;

/** Places of the channels in arrays and snapshots: fixed for good, apart from the enum's order. */
final class Channels {
  static final int APPEARANCE = 0;
  static final int MOTION = 1;
  static final int ACTIVITY = 2;
  static final int SCENE = 3;

  static final List<IncidentChange.Channel> IN_ORDER =
      List.of(
          IncidentChange.Channel.APPEARANCE,
          IncidentChange.Channel.MOTION,
          IncidentChange.Channel.ACTIVITY,
          IncidentChange.Channel.SCENE);

  static final int COUNT = IN_ORDER.size();

  private Channels() {}
}
