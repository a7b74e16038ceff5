package io.andon.bench.footage;

import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Observations on disk, so that detection can be run again in seconds without the model; read in
 * any order. A file of this machine's cache, not a contract. It appears under its name only when it
 * is whole.
 */
public final class Reel implements AutoCloseable {
  private static final long MAGIC = 0x416e646f6e526c32L;
  private static final int TRAILER_BYTES = 2 * Long.BYTES;

  private record Entry(String name, long seq, long offset, int bytes) {}

  private final Path path;
  private final FileChannel file;
  private final List<Entry> entries;

  private Reel(Path path, FileChannel file, List<Entry> entries) {
    this.path = path;
    this.file = file;
    this.entries = entries;
  }

  /**
   * Opens a whole reel.
   *
   * @throws IOException if it can't be read or is none
   */
  public static Reel open(Path path) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new Reel(path, file, index(file, path));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static List<Entry> index(FileChannel file, Path path) throws IOException {
    long size = file.size();
    if (size < TRAILER_BYTES) {
      throw new IOException(path + " is no reel; delete it");
    }
    ByteBuffer trailer = ByteBuffer.wrap(read(file, size - TRAILER_BYTES, TRAILER_BYTES));
    long from = trailer.getLong();
    if (trailer.getLong() != MAGIC || from < 0 || from > size - TRAILER_BYTES) {
      throw new IOException(path + " is no reel; delete it");
    }
    int bytes = Math.toIntExact(size - TRAILER_BYTES - from);
    List<Entry> entries = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(read(file, from, bytes)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        entries.add(new Entry(in.readUTF(), in.readLong(), in.readLong(), in.readInt()));
      }
    }
    return entries;
  }

  private static byte[] read(FileChannel file, long from, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("a reel ends early; delete it");
      }
    }
    return buffer.array();
  }

  /** A file beside it, for what is derived from it. */
  public Path besides(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }

  /** Number of observations. */
  public int size() {
    return entries.size();
  }

  /** What an observation is of: its camera, clip or picture. */
  public String name(int index) {
    return entries.get(index).name();
  }

  /** All that there are observations of. */
  public Set<String> names() {
    return entries.stream().map(Entry::name).collect(Collectors.toUnmodifiableSet());
  }

  /** The number of an observation within what it is of. */
  public long seq(int index) {
    return entries.get(index).seq();
  }

  /** Reads an observation with the stamp it was recorded with. */
  public Observation observation(int index) throws IOException {
    Entry entry = entries.get(index);
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(read(file, entry.offset(), entry.bytes())))) {
      FrameStamp stamp =
          new FrameStamp(in.readLong(), in.readLong(), in.readLong(), in.readInt(), in.readLong());
      String space = in.readUTF();
      int width = in.readInt();
      int height = in.readInt();
      int rows = in.readInt();
      int columns = in.readInt();
      int channels = in.readInt();
      byte[] patches = in.readNBytes(rows * columns * channels);
      byte[] pooled = in.readNBytes(in.readInt());
      int lumaWidth = in.readInt();
      int lumaHeight = in.readInt();
      byte[] luma = in.readNBytes(lumaWidth * lumaHeight);
      return new Observation(
          stamp,
          space,
          width,
          height,
          rows,
          columns,
          channels,
          patches,
          pooled,
          lumaWidth,
          lumaHeight,
          luma,
          in.readBoolean());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Writes observations one by one; without {@link #complete} nothing stays. */
  public static final class Recorder implements AutoCloseable {
    private final Path path;
    private final Path part;
    private final DataOutputStream out;
    private final List<Entry> entries = new ArrayList<>();
    private long offset;

    /**
     * @param path file that the reel is to be
     */
    public Recorder(Path path) throws IOException {
      this.path = path;
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      part = path.resolveSibling(path.getFileName() + "." + ProcessHandle.current().pid());
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16));
    }

    /** Adds an observation. */
    public void write(String name, Observation o) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (DataOutputStream entry = new DataOutputStream(bytes)) {
        entry.writeLong(o.stamp().capturedMicros());
        entry.writeLong(o.stamp().play());
        entry.writeLong(o.stamp().seq());
        entry.writeInt(o.stamp().partition());
        entry.writeLong(o.stamp().offset());
        entry.writeUTF(o.space());
        entry.writeInt(o.pictureWidth());
        entry.writeInt(o.pictureHeight());
        entry.writeInt(o.rows());
        entry.writeInt(o.columns());
        entry.writeInt(o.channels());
        entry.write(o.patches());
        entry.writeInt(o.pooled().length);
        entry.write(o.pooled());
        entry.writeInt(o.lumaWidth());
        entry.writeInt(o.lumaHeight());
        entry.write(o.luma());
        entry.writeBoolean(o.discontinuous());
      }
      entries.add(new Entry(name, o.stamp().seq(), offset, bytes.size()));
      bytes.writeTo(out);
      offset += bytes.size();
    }

    /** Writes the index and gives the reel its name. */
    public void complete() throws IOException {
      out.writeInt(entries.size());
      for (Entry entry : entries) {
        out.writeUTF(entry.name());
        out.writeLong(entry.seq());
        out.writeLong(entry.offset());
        out.writeInt(entry.bytes());
      }
      out.writeLong(offset);
      out.writeLong(MAGIC);
      out.close();
      Files.move(part, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(part);
    }
  }
}
