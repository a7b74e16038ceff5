package io.andon.chaos.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Gathers what processes left or said, by kind of place, and looks for words in it, as they are and
 * in the encodings that programs give them.
 */
final class SecretSearch {
  private final Map<String, List<Found>> places = new TreeMap<>();

  private record Found(String where, String bytes) {}

  /** Adds something that was said. */
  void add(String place, String where, byte[] bytes) {
    // A character a byte, so that a search of text is a search of bytes.
    places
        .computeIfAbsent(place, key -> new ArrayList<>())
        .add(new Found(where, new String(bytes, ISO_8859_1)));
  }

  /** Adds every file below a folder but some, and but jars, which are as they were built. */
  void addFiles(String place, Path folder, Set<Path> butThese) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!butThese.contains(file) && !file.toString().endsWith(".jar")) {
          addFile(place, file);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void addFile(String place, Path file) throws IOException {
    try {
      add(place, file.toString(), Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      // Deleted meanwhile, as old checkpoints are.
    }
  }

  /** The kinds of places that were searched. */
  Set<String> places() {
    return places.keySet();
  }

  /** The kinds of places that a word is in. */
  Set<String> placesOf(String word) {
    Set<String> found = new TreeSet<>();
    places.forEach(
        (place, all) -> {
          if (all.stream().anyMatch(each -> holds(each, word))) {
            found.add(place);
          }
        });
    return found;
  }

  /** Everything that a word is in. */
  List<String> whereIs(String word) {
    return places.values().stream()
        .flatMap(List::stream)
        .filter(each -> holds(each, word))
        .map(Found::where)
        .toList();
  }

  private static boolean holds(Found found, String word) {
    return encodings(word).stream().anyMatch(found.bytes()::contains);
  }

  private static List<String> encodings(String word) {
    List<String> all = new ArrayList<>();
    all.add(new String(word.getBytes(UTF_8), ISO_8859_1));
    all.add(new String(word.getBytes(UTF_16BE), ISO_8859_1));
    all.add(new String(word.getBytes(UTF_16LE), ISO_8859_1));
    for (int shift = 0; shift < 3; shift++) {
      byte[] shifted = (" ".repeat(shift) + word).getBytes(UTF_8);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The first and the last group depend on what stands beside the word.
      all.add(base64.substring(4, base64.length() - 4));
    }
    return all;
  }
}
