package io.andon.bench.evaluate;

import io.andon.bench.footage.Reel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The plain nearest-neighbour maps of a reel's test frames. They depend on the reel and the seed
 * alone, so they are kept beside it.
 */
final class NeighbourMaps {
  /** No maps. */
  static final NeighbourMaps NONE = new NeighbourMaps();

  private static final int VERSION = 1;
  private final Map<Integer, double[]> maps = new HashMap<>();

  private NeighbourMaps() {}

  /**
   * Learns the entries whose names are normal ones and maps the others.
   *
   * @param isTrain tells a normal entry by its name
   */
  static NeighbourMaps of(String set, Reel reel, Predicate<String> isTrain, EvaluateOptions options)
      throws IOException {
    Path file = reel.besides("-" + options.seed() + "-" + VERSION + ".neighbours");
    NeighbourMaps maps = new NeighbourMaps();
    if (Files.isRegularFile(file)) {
      maps.read(file);
      return maps;
    }
    options.progress().step(set, "plain nearest-neighbour map, to compare with");
    NearestNeighbourMap memory = new NearestNeighbourMap(options.seed());
    for (int i = 0; i < reel.size(); i++) {
      if (isTrain.test(reel.name(i))) {
        memory.learn(reel.observation(i));
      }
    }
    for (int i = 0; i < reel.size(); i++) {
      if (!isTrain.test(reel.name(i))) {
        maps.maps.put(i, memory.of(reel.observation(i)));
      }
    }
    maps.write(file);
    return maps;
  }

  private void read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        int entry = in.readInt();
        double[] map = new double[in.readInt()];
        for (int cell = 0; cell < map.length; cell++) {
          map[cell] = in.readFloat();
        }
        maps.put(entry, map);
      }
    }
  }

  private void write(Path file) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.writeInt(maps.size());
      for (Map.Entry<Integer, double[]> map : maps.entrySet()) {
        out.writeInt(map.getKey());
        out.writeInt(map.getValue().length);
        for (double value : map.getValue()) {
          out.writeFloat((float) value);
        }
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The map of an entry, if there is one. */
  double @Nullable [] of(int entry) {
    return maps.get(entry);
  }
}
