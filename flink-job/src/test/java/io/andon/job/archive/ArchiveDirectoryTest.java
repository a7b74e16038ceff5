package io.andon.job.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.job.archive.TestSnapshots.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveDirectoryTest {
  private static final long DAY = 86_400_000;

  @TempDir private Path folder;

  private final AtomicLong nowMillis = new AtomicLong(System.currentTimeMillis());
  private final InstantSource clock = () -> java.time.Instant.ofEpochMilli(nowMillis.get());

  @Test
  void aSnapshotLiesUnderItsCameraAndFrameAndNothingElseDoes() throws Exception {
    ArchiveDirectory directory = directory();
    ArchivedSnapshot snapshot = TestSnapshots.after("press-1", 40);

    write(directory, snapshot);
    write(directory, snapshot); // a replay

    assertThat(files()).containsExactly("press-1/1700000040000000-3-40.andt");
    assertThat(directory.names("press-1")).containsExactly(snapshot.name());
    assertThat(directory.names("never-seen")).isEmpty();
    assertThat(directory.read("press-1", snapshot.name()))
        .usingRecursiveComparison()
        .isEqualTo(snapshot);
  }

  @Test
  void aReplayWritesASnapshotAgainWhereNothingIsRenamedOntoAnother() throws Exception {
    ArchiveDirectory directory = new ArchiveDirectory(CautiousFiles.SCHEME + "://" + folder);
    ArchivedSnapshot snapshot = TestSnapshots.after("press-1", 40);

    write(directory, snapshot);
    write(directory, snapshot);

    assertThat(files()).containsExactly("press-1/1700000040000000-3-40.andt");
    assertThat(directory.read("press-1", snapshot.name())).isNotNull();
  }

  @Test
  void namesTheFileThatIsDamaged() throws Exception {
    ArchiveDirectory directory = directory();
    ArchivedSnapshot snapshot = TestSnapshots.after("press-1", 40);
    write(directory, snapshot);
    Path file = folder.resolve("press-1").resolve(snapshot.name().fileName());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2]++;
    Files.write(file, bytes);

    assertThatThrownBy(() -> directory.read("press-1", snapshot.name()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("1700000040000000-3-40.andt")
        .hasMessageContaining("damaged");
  }

  @Test
  void refusesASnapshotThatLiesUnderAnotherName() throws Exception {
    ArchiveDirectory directory = directory();
    ArchivedSnapshot other = TestSnapshots.after("press-2", 40);
    directory.write("press-1", other.name(), SnapshotCodec.encode(other));

    assertThatThrownBy(() -> directory.read("press-1", other.name()))
        .hasMessageContaining("press-2");
  }

  @Test
  void keepsTheNewestOfACameraAndLeavesForeignFilesAlone() throws Exception {
    ArchiveDirectory directory = directory();
    for (long seq : List.of(9, 100, 11, 10)) {
      write(directory, TestSnapshots.after("press-1", seq));
    }
    write(directory, TestSnapshots.after("press-2", 1));
    Files.writeString(folder.resolve("press-1/notes.txt"), "mine");

    assertThat(retention(DAY, 2).apply("press-1").deleted()).isEqualTo(2);

    assertThat(files())
        .containsExactly(
            "press-1/1700000011000000-3-11.andt",
            "press-1/1700000100000000-3-100.andt",
            "press-1/notes.txt",
            "press-2/1700000001000000-3-1.andt");
  }

  @Test
  void deletesWhatIsTooOldOfCamerasThatFellSilentToo() throws Exception {
    ArchiveDirectory directory = directory();
    write(directory, TestSnapshots.after("silent", 1));
    write(directory, TestSnapshots.after("press-1", 1));
    write(directory, TestSnapshots.after("press-1", 2));
    age("silent/1700000001000000-3-1.andt", DAY + 1_000);
    age("press-1/1700000001000000-3-1.andt", DAY + 1_000);
    age("press-1/1700000002000000-3-2.andt", DAY - 60_000);

    assertThat(retention(DAY, 100).apply("press-1").deleted()).isEqualTo(2);

    assertThat(files()).containsExactly("press-1/1700000002000000-3-2.andt");
  }

  @Test
  void looksAtAllCamerasOnlyNowAndThen() throws Exception {
    ArchiveDirectory directory = directory();
    write(directory, TestSnapshots.after("silent", 1));
    write(directory, TestSnapshots.after("press-1", 1));
    ArchiveRetention retention = retention(DAY, 100);
    retention.apply("press-1");
    age("silent/1700000001000000-3-1.andt", DAY + 1_000);

    assertThat(retention.apply("press-1").deleted()).isZero();
    nowMillis.addAndGet(31 * 60_000);
    assertThat(retention.apply("press-1").deleted()).isEqualTo(1);
  }

  @Test
  void deletesWhatIsTooOldThoughNothingCanBeWritten() throws Exception {
    write(directory(), TestSnapshots.after("press-1", 1));
    age("press-1/1700000001000000-3-1.andt", DAY + 1_000);
    Files.writeString(folder.resolve("press-2"), "no folder can be made here");
    Counts counts = new Counts();
    ArchiveKeeper keeper = new ArchiveKeeper(directory(), retention(DAY, 100), counts);

    assertThatThrownBy(() -> keeper.keep(TestSnapshots.after("press-2", 1)))
        .isInstanceOf(IOException.class);

    assertThat(files()).as("there is room again").containsExactly("press-2");
    assertThat(counts.deleted).hasValue(1);
  }

  @Test
  void deletesTheRestOfACameraAndOtherCamerasWhereAFileCannotBeDeleted() throws Exception {
    for (String camera : List.of("press-1", "press-2")) {
      for (long seq : List.of(1, 2, 3)) {
        write(directory(), TestSnapshots.after(camera, seq));
      }
    }
    ArchiveDirectory directory = directory();
    ArchiveSettings settings = new ArchiveSettings(folder.toString(), 60_000, DAY, 1);
    ArchiveRetention retention =
        new ArchiveRetention(
            directory,
            settings,
            clock,
            entry -> {
              if (entry.fileName().endsWith("-1.andt")) {
                throw new IOException("can't delete " + entry.fileName());
              }
              directory.delete(entry);
            });
    Counts counts = new Counts();
    ArchiveKeeper keeper = new ArchiveKeeper(directory, retention, counts);

    keeper.keep(TestSnapshots.after("press-1", 4));

    assertThat(files())
        .containsExactly(
            "press-1/1700000001000000-3-1.andt",
            "press-1/1700000004000000-3-4.andt",
            "press-2/1700000001000000-3-1.andt",
            "press-2/1700000003000000-3-3.andt");
    assertThat(counts.deleted).hasValue(3);
    assertThat(counts.deleteFailures).hasValue(1);
  }

  @Test
  void clearsAwayWhatACrashLeftHalfWrittenButNotWhatIsBeingWritten() throws Exception {
    Files.createDirectories(folder.resolve("press-1"));
    Files.writeString(folder.resolve("press-1/.old.unfinished"), "half");
    Files.writeString(folder.resolve("press-1/.new.unfinished"), "half");
    age("press-1/.old.unfinished", 3_600_000);

    retention(DAY, 100).apply("press-1");

    assertThat(files()).containsExactly("press-1/.new.unfinished");
  }

  private ArchiveDirectory directory() {
    return new ArchiveDirectory(folder.toUri().toString());
  }

  private ArchiveRetention retention(long millis, int maxPerCamera) {
    return new ArchiveRetention(
        directory(), new ArchiveSettings(folder.toString(), 60_000, millis, maxPerCamera), clock);
  }

  private static void write(ArchiveDirectory directory, ArchivedSnapshot snapshot)
      throws IOException {
    directory.write(snapshot.camera(), snapshot.name(), SnapshotCodec.encode(snapshot));
  }

  private void age(String file, long millis) throws IOException {
    Files.setLastModifiedTime(folder.resolve(file), FileTime.fromMillis(nowMillis.get() - millis));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
