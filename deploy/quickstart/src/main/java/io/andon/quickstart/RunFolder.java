package io.andon.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What one run of the demo writes, and where. Holds what is written until the next start. */
record RunFolder(Path root) {
  /** Makes the folder and removes what an earlier run left in it, and nothing else. */
  static RunFolder prepare(Path root) throws IOException {
    RunFolder folder = new RunFolder(root);
    for (Path owned :
        List.of(
            folder.logs(),
            folder.broker(),
            folder.checkpoints(),
            folder.archive(),
            folder.configuration())) {
      deleteTree(owned);
      Files.createDirectories(owned);
    }
    Files.deleteIfExists(folder.truth());
    return folder;
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path broker() {
    return root.resolve("broker");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  Path archive() {
    return root.resolve("archive");
  }

  Path configuration() {
    return root.resolve("config");
  }

  Path truth() {
    return root.resolve("truth.jsonl");
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
