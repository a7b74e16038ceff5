package io.andon.bench.speed;

import io.andon.bench.simulator.CameraJpeg;
import io.andon.bench.simulator.LineSimulation;
import io.andon.bench.simulator.PictureSource;
import io.andon.contracts.CameraId;
import io.andon.contracts.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/** Pictures of the simulated line, rendered and encoded beforehand as ingest would. */
public final class Pictures {
  /** Pixels. */
  public static final int WIDTH = 512;

  /** Pixels. */
  public static final int HEIGHT = 288;

  private static final int COUNT = 64;
  private static final int CAMERAS =
      Math.max(2, Math.min(12, Runtime.getRuntime().availableProcessors()));
  private static final long STEP_MICROS = 125_000;

  private final List<String> cameras;
  private final List<List<byte[]>> jpegs;

  private Pictures(List<String> cameras, List<List<byte[]>> jpegs) {
    this.cameras = cameras;
    this.jpegs = jpegs;
  }

  static Pictures render(int seed) throws IOException {
    Pictures pictures = new Pictures(new ArrayList<>(), new ArrayList<>());
    try (LineSimulation line = LineSimulation.create(LineSimulation.DEMO_CAMERAS, seed, null)) {
      for (int i = 0; i < CAMERAS; i++) {
        PictureSource source = line.cameras().get(i % line.cameras().size());
        pictures.cameras.add(cameraOfPartition(i));
        pictures.jpegs.add(encoded(source, i * COUNT));
      }
    }
    return pictures;
  }

  /** The same pictures for another number of cameras, several of which see the same. */
  Pictures sharedBy(int number) {
    return new Pictures(
        IntStream.range(0, number).mapToObj("camera-%04d"::formatted).toList(), jpegs);
  }

  private static List<byte[]> encoded(PictureSource source, int from) throws IOException {
    List<byte[]> encoded = new ArrayList<>();
    for (int i = from; i < from + COUNT; i++) {
      encoded.add(CameraJpeg.of(source, i * STEP_MICROS, WIDTH, HEIGHT));
    }
    return encoded;
  }

  /** An id whose frames go where no other camera's do, so that any parallelism has even work. */
  private static String cameraOfPartition(int partition) {
    int partitions = Topics.find(Topics.FRAMES).orElseThrow().partitions();
    for (int i = 0; true; i++) {
      String id = "camera-" + i;
      if (Utils.toPositive(Utils.murmur2(CameraId.toKey(id))) % partitions == partition) {
        return id;
      }
    }
  }

  List<String> cameras() {
    return cameras;
  }

  byte[] of(int camera, long seq) {
    List<byte[]> choice = jpegs.get(camera % jpegs.size());
    return choice.get((int) (seq % choice.size()));
  }

  /** Any picture, all of them in turn. */
  public byte[] any(int number) {
    return of(number % cameras.size(), number / cameras.size());
  }

  /** Each picture once. */
  List<byte[]> distinct() {
    return jpegs.stream().flatMap(List::stream).toList();
  }

  /** Mean size of a picture, bytes. */
  long meanBytes() {
    return (long) jpegs.stream().flatMap(List::stream).mapToInt(j -> j.length).average().orElse(0);
  }
}
