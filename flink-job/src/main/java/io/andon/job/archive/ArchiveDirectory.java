package io.andon.job.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * The archive's files, {@code <directory>/<camera>/<capturedMicros>-<play>-<seq>.andt}, on any of
 * Flink's file systems. A camera's id is a safe name of a directory.
 */
public final class ArchiveDirectory {
  /** What {@link #isUsable} wants, for messages. */
  public static final String USABLE =
      "a path that begins with / or a URI with its scheme, such as file:///var/lib/andon/archive";

  private static final String UNFINISHED = ".unfinished";

  private final Path root;

  /**
   * @param uri the directory; without a scheme it is a local path
   */
  public ArchiveDirectory(String uri) {
    this.root = new Path(uri);
  }

  /**
   * Whether a directory can be meant, the same one by every process: a relative path is another one
   * in each working directory.
   */
  public static boolean isUsable(String uri) {
    try {
      Path path = new Path(uri);
      return path.toUri().getScheme() != null || path.isAbsolute();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * A file of a camera.
   *
   * @param camera camera id
   * @param fileName name within the camera's directory
   * @param writtenMillis when it was written, milliseconds since the epoch
   * @param bytes its length
   */
  record Entry(String camera, String fileName, long writtenMillis, long bytes) {
    Optional<SnapshotName> name() {
      return SnapshotName.parse(fileName);
    }

    boolean isUnfinished() {
      return fileName.endsWith(UNFINISHED);
    }
  }

  /** Whether it is on this machine's own file system. */
  public boolean isLocal() {
    String scheme = root.toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }

  /** Whether there is such a directory. */
  public boolean exists() throws IOException {
    FileSystem files = fileSystem();
    return files.exists(root) && files.getFileStatus(root).isDir();
  }

  /** Cameras that have a directory. */
  List<String> cameras() throws IOException {
    List<String> cameras = new ArrayList<>();
    for (FileStatus status : list(root)) {
      if (status.isDir()) {
        cameras.add(status.getPath().getName());
      }
    }
    return cameras;
  }

  /** The files of a camera; empty if it has none. */
  List<Entry> entries(String camera) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (FileStatus status : list(new Path(root, camera))) {
      if (!status.isDir()) {
        String fileName = status.getPath().getName();
        entries.add(new Entry(camera, fileName, status.getModificationTime(), status.getLen()));
      }
    }
    return entries;
  }

  /** Names of a camera's snapshots, oldest first; empty if it has none. */
  public List<SnapshotName> names(String camera) throws IOException {
    return entries(camera).stream()
        .flatMap(entry -> entry.name().stream())
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private FileStatus[] list(Path directory) throws IOException {
    FileSystem files = fileSystem();
    if (!files.exists(directory)) {
      return new FileStatus[0];
    }
    FileStatus[] found = files.listStatus(directory);
    if (found == null && files.exists(directory)) {
      throw new IOException("can't list " + directory);
    }
    return found == null ? new FileStatus[0] : found;
  }

  /**
   * Reads a snapshot.
   *
   * @throws ArchiveException if the file is damaged or of another camera; the message names it
   * @throws IOException if it can't be read
   */
  public ArchivedSnapshot read(String camera, SnapshotName name)
      throws IOException, ArchiveException {
    Path file = path(camera, name);
    ArchivedSnapshot snapshot;
    try (FSDataInputStream in = fileSystem().open(file)) {
      snapshot = SnapshotCodec.decode(in.readAllBytes());
    } catch (ArchiveException e) {
      throw new ArchiveException(file + ": " + e.getMessage());
    }
    if (!snapshot.camera().equals(camera) || !snapshot.name().equals(name)) {
      throw new ArchiveException(
          file + " holds " + snapshot.camera() + "'s " + snapshot.name().fileName());
    }
    return snapshot;
  }

  /** Where a snapshot is, for people. */
  public String location(String camera, SnapshotName name) {
    return path(camera, name).toString();
  }

  /** Writes a file under a temporary name and renames it, so that nobody reads half of one. */
  void write(String camera, SnapshotName name, byte[] content) throws IOException {
    FileSystem files = fileSystem();
    Path unfinished = new Path(new Path(root, camera), "." + UUID.randomUUID() + UNFINISHED);
    Path finished = path(camera, name);
    try {
      try (FSDataOutputStream out = files.create(unfinished, WriteMode.OVERWRITE)) {
        out.write(content);
      }
      // A replay writes what is there already; some file systems rename onto nothing only.
      if (!renamed(files, unfinished, finished)
          && !(files.delete(finished, false) && files.rename(unfinished, finished))) {
        throw new IOException("can't rename to " + finished);
      }
    } catch (IOException e) {
      try {
        files.delete(unfinished, false);
      } catch (IOException leftForTheSweep) {
        e.addSuppressed(leftForTheSweep);
      }
      throw e;
    }
  }

  /** Object storage throws for what is there already, where others say no. */
  private static boolean renamed(FileSystem files, Path from, Path to) throws IOException {
    try {
      return files.rename(from, to);
    } catch (IOException e) {
      if (!files.exists(to)) {
        throw e;
      }
      return false;
    }
  }

  /** Deletes a file; one that is gone already is no error. */
  void delete(Entry entry) throws IOException {
    Path file = new Path(new Path(root, entry.camera()), entry.fileName());
    FileSystem files = fileSystem();
    if (!files.delete(file, false) && files.exists(file)) {
      throw new IOException("can't delete " + file);
    }
  }

  private Path path(String camera, SnapshotName name) {
    return new Path(new Path(root, camera), name.fileName());
  }

  private FileSystem fileSystem() throws IOException {
    return root.getFileSystem();
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
