package io.andon.detection;

import java.util.List;

/** Places of the channels in arrays and snapshots: fixed for good, apart from the enum's order. */
final class Channels {
  static final int APPEARANCE = 0;
  static final int MOTION = 1;
  static final int ACTIVITY = 2;
  static final int SCENE = 3;
  static final int CYCLE = 4;

  static final List<IncidentChange.Channel> IN_ORDER =
      List.of(
          IncidentChange.Channel.APPEARANCE,
          IncidentChange.Channel.MOTION,
          IncidentChange.Channel.ACTIVITY,
          IncidentChange.Channel.SCENE,
          IncidentChange.Channel.CYCLE);

  static final int COUNT = IN_ORDER.size();

  /** Channels of snapshots of version 1; what came later starts empty. */
  private static final int FIRST_COUNT = 4;

  private Channels() {}

  /** How many channels the snapshot has values of. */
  static int countIn(SnapshotReader in) {
    return in.version() == SnapshotFormat.FIRST_VERSION ? FIRST_COUNT : COUNT;
  }
}
