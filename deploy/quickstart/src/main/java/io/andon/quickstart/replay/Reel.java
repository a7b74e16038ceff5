package io.andon.quickstart.replay;

import io.andon.detection.FrameStamp;
import io.andon.detection.Observation;
import io.andon.quickstart.replay.Footage.CameraObservation;
import io.andon.quickstart.scoreboard.Injection;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Observations and their truth on disk, so that detection can be run again without the model. A
 * file of this machine's cache, not a contract: delete it when the simulation or the model changes.
 */
final class Reel {
  private Reel() {}

  /** Writes observations one by one. */
  static final class Recorder implements AutoCloseable {
    private final DataOutputStream out;

    Recorder(Path file) throws IOException {
      out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    void write(CameraObservation frame) throws IOException {
      Observation o = frame.observation();
      out.writeUTF(frame.camera());
      out.writeLong(o.stamp().capturedMicros());
      out.writeLong(o.stamp().seq());
      out.writeUTF(o.space());
      out.writeInt(o.pictureWidth());
      out.writeInt(o.pictureHeight());
      out.writeInt(o.rows());
      out.writeInt(o.columns());
      out.writeInt(o.channels());
      out.write(o.patches());
      out.writeInt(o.pooled().length);
      out.write(o.pooled());
      out.writeInt(o.lumaWidth());
      out.writeInt(o.lumaHeight());
      out.write(o.luma());
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  static void play(Path file, Consumer<CameraObservation> sink) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        String camera;
        try {
          camera = in.readUTF();
        } catch (EOFException end) {
          return;
        }
        sink.accept(new CameraObservation(camera, read(in)));
      }
    }
  }

  private static Observation read(DataInputStream in) throws IOException {
    long micros = in.readLong();
    long seq = in.readLong();
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
    FrameStamp stamp = new FrameStamp(micros, 1, seq, 0, seq);
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
        false);
  }

  static void writeTruth(Path file, List<Injection> truth) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Injection i : truth) {
      lines.add(
          String.join(
              "\t",
              i.id(),
              i.camera(),
              i.kind(),
              Long.toString(i.startMicros()),
              Long.toString(i.endMicros())));
    }
    Files.write(file, lines);
  }

  static List<Injection> readTruth(Path file) throws IOException {
    List<Injection> truth = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> field = List.of(line.split("\t", -1));
      truth.add(
          new Injection(
              field.get(0),
              field.get(1),
              field.get(2),
              Long.parseLong(field.get(3)),
              Long.parseLong(field.get(4))));
    }
    return truth;
  }
}
