package io.andon.chaos;

import io.andon.chaos.fault.Fault;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.ledger.ArchiveBits;
import io.andon.chaos.ledger.Findings;
import io.andon.chaos.ledger.Ledger;
import io.andon.chaos.ledger.RecordedFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One disturbed run: fault after fault on one cluster, then the undisturbed job over the topic that
 * was recorded meanwhile, and the comparison of both.
 */
final class ChaosRound {
  private final Rig rig;
  private final Consumer<String> progress;
  private final List<Recovery> recoveries = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final CalmJob calmJob;
  private String lastSavepoint = "";

  ChaosRound(Rig rig, Consumer<String> progress) {
    this.rig = rig;
    this.calmJob = new CalmJob(rig.stage().cluster());
    this.progress = progress;
  }

  /**
   * How long a fault took to get over.
   *
   * @param fault its name
   * @param millis from the blow, or from the end of the outage, until what is captured then is
   *     scored
   */
  record Recovery(String fault, long millis) {}

  /** The undisturbed job, once it has run. */
  CalmJob calmJob() {
    return calmJob;
  }

  /**
   * Inflicts each fault in the middle of an incident and waits until it is got over. One that is
   * not got over is the last: what came after would tell of it again.
   */
  List<Recovery> inflict(List<Fault> faults) throws InterruptedException {
    for (Fault fault : faults) {
      try {
        inflict(fault);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failures.add(fault.name() + ": " + e.getMessage());
        progress.accept(fault.name() + ": NOT GOT OVER, " + e.getMessage());
        break;
      }
    }
    return recoveries;
  }

  private void inflict(Fault fault) throws Exception {
    Stage stage = rig.stage();
    stage.awaitOpenIncident();
    progress.accept(fault.name() + " ...");
    long since = fault.inflict(stage);
    fault.awaitRecovery(stage, since);
    Recovery recovery = new Recovery(fault.name(), Stage.now() - since);
    recoveries.add(recovery);
    progress.accept("%s: recovered after %.1f s".formatted(fault.name(), recovery.millis / 1e3));
    stage.awaitCaughtUp();
    stage.awaitCheckpoint();
  }

  /** Faults that were not got over, with what was waited for. */
  List<String> failures() {
    return failures;
  }

  /** With which the disturbed run ended. */
  String lastSavepoint() {
    return lastSavepoint;
  }

  /** Ends the disturbed run and compares. */
  Findings compare() throws Exception {
    Stage stage = rig.stage();
    stage.feed().finish();
    stage.awaitCaughtUp();
    lastSavepoint = stage.cluster().stopWithSavepoint(stage.job());
    Ledger disturbed = stage.ledger();
    disturbed.close();
    List<RecordedFrame> recorded = RecordedFrame.all(stage.cluster().bootstrapServers());
    int setAside =
        (int) recorded.stream().filter(frame -> !disturbed.deadLetter(frame).isEmpty()).count();
    progress.accept(recorded.size() + " frames, now the undisturbed job over them ...");
    Ledger calm = calmJob.run(recorded.size(), setAside);
    return Findings.of(
        recorded,
        disturbed,
        calm,
        ArchiveBits.of(JobFiles.archive(stage.cluster())),
        ArchiveBits.of(JobFiles.calmArchive(stage.cluster())));
  }
}
