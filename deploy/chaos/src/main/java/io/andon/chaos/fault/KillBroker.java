package io.andon.chaos.fault;

import io.andon.chaos.cluster.Cluster.Part;
import java.time.Duration;

/** kill -9 of the broker, which stays away for a while. */
public final class KillBroker extends Fault.LeavesJob {
  private final Duration away;

  /**
   * @param away how long there is no broker
   */
  public KillBroker(Duration away) {
    this.away = away;
  }

  @Override
  public String name() {
    return away.isZero() ? "kill-broker" : "broker-away-" + away.toSeconds() + "s";
  }

  @Override
  public long inflict(Stage stage) throws Exception {
    stage.cluster().signal(Part.BROKER, "KILL");
    Thread.sleep(away.toMillis());
    stage.cluster().startBroker();
    return Stage.now();
  }
}
