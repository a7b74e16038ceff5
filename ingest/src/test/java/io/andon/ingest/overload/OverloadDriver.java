package io.andon.ingest.overload;

import io.andon.contracts.FrameRef;

/** Does what {@link ScoreWatch} does to a policy, for tests of those who send frames. */
public final class OverloadDriver {
  private OverloadDriver() {}

  /** A frame was scored. */
  public static void scored(OverloadPolicy policy, FrameRef frame) {
    policy.scored(frame);
  }

  /** Looks at the lag, and returns it in milliseconds. */
  public static long lagMillis(OverloadPolicy policy) {
    policy.step();
    return policy.lagMillis();
  }
}
