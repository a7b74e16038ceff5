package io.andon.chaos;

import io.andon.chaos.cluster.Cluster;
import io.andon.chaos.fault.SmallDisk;
import io.andon.chaos.fault.Stage;
import io.andon.chaos.ledger.Ledger;
import io.andon.chaos.load.FrameFeed;
import io.andon.chaos.load.Reel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster with the real job and model, fed with numbered frames and read as it goes. */
public final class Rig implements AutoCloseable {
  private static final int DISK_MEBIBYTES = 96;

  private final Cluster cluster;
  private final Optional<SmallDisk> disk;
  private @Nullable Stage stage;

  private Rig(Cluster cluster, Optional<SmallDisk> disk) {
    this.cluster = cluster;
    this.disk = disk;
  }

  /**
   * Starts all of it and waits until the cameras are warm.
   *
   * @param root the checkout, built
   * @param folder for data and logs, empty
   * @param exactlyOnce whether incidents are written in transactions
   */
  public static Rig start(Path root, Path folder, Reel reel, boolean exactlyOnce)
      throws IOException, InterruptedException {
    Cluster cluster =
        Cluster.in(
            root, folder, Map.of("ANDON_BROKER_SETTINGS", "log.retention.check.interval.ms=1000"));
    Files.writeString(cluster.config(), JobFiles.disturbed(cluster, exactlyOnce));
    Rig rig = new Rig(cluster, SmallDisk.over(folder.resolve("checkpoints"), DISK_MEBIBYTES));
    try {
      cluster.start();
      Ledger ledger = new Ledger(cluster.bootstrapServers(), Map.of());
      FrameFeed feed = new FrameFeed(cluster.bootstrapServers(), reel);
      Stage stage = new Stage(cluster, feed, ledger);
      rig.stage = stage;
      feed.start();
      stage.awaitCaughtUp();
      stage.awaitCheckpoint();
      return rig;
    } catch (IOException | InterruptedException | RuntimeException e) {
      rig.close();
      throw e;
    } catch (Exception e) {
      rig.close();
      throw new IOException(e);
    }
  }

  /** Where faults take place. */
  public Stage stage() {
    if (stage == null) {
      throw new IllegalStateException("the rig has not started");
    }
    return stage;
  }

  /** Where checkpoints go, if it can really be full. */
  public Optional<SmallDisk> disk() {
    return disk;
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.feed().close();
      stage.ledger().close();
    }
    cluster.close();
    disk.ifPresent(SmallDisk::close);
  }
}
