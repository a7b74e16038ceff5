package io.andon.chaos;

import io.andon.chaos.fault.Fault;
import io.andon.chaos.fault.FullDisk;
import io.andon.chaos.fault.KillBroker;
import io.andon.chaos.fault.KillIngest;
import io.andon.chaos.fault.KillJobManager;
import io.andon.chaos.fault.KillTaskManager;
import io.andon.chaos.fault.PauseTaskManager;
import io.andon.chaos.fault.Rescale;
import io.andon.chaos.fault.RestartFromSavepoint;
import io.andon.chaos.fault.UpgradeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Every fault that a round inflicts. */
final class FaultCatalogue {
  private FaultCatalogue() {}

  /** What can be asked for. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(Set.of(FullDisk.NAME, ExpiredOffsets.NAME));
    everywhere().forEach(fault -> names.add(fault.name()));
    return names;
  }

  static List<Fault> all(Rig rig, ChaosReport report) {
    List<Fault> faults = new ArrayList<>(everywhere());
    rig.disk()
        .ifPresentOrElse(
            disk -> faults.add(new FullDisk(disk)),
            () -> report.notRun(FullDisk.NAME, "this user may not mount a small file system"));
    return faults;
  }

  /** Those that any machine can have. */
  private static List<Fault> everywhere() {
    return List.of(
        new KillTaskManager(),
        new KillJobManager(),
        new KillIngest(),
        new KillBroker(Duration.ZERO),
        new KillBroker(Duration.ofSeconds(60)),
        new PauseTaskManager(Duration.ofSeconds(30)),
        new RestartFromSavepoint(),
        new UpgradeState(),
        new Rescale());
  }
}
