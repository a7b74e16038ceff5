package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image's files in a folder, as the Dockerfile lays them out.
 *
 * @param root stands for the image's root
 */
record Layout(Path root) {
  /** The checkout. */
  static final Path CHECKOUT = Path.of("..", "..").toAbsolutePath().normalize();

  private static final Path IMAGES = CHECKOUT.resolve("deploy/images");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Layout install(String image, Path root) throws Exception {
    try (Started install =
        Started.of(
            root.resolveSibling(image + "-install.log"),
            Map.of("ANDON_SBOM", "optional"),
            List.of(IMAGES.resolve("install").toString(), image, root.toString()))) {
      assertThat(install.status()).as(install.output()).isZero();
    }
    return new Layout(root);
  }

  Path opt(String path) {
    return root.resolve("opt").resolve(path);
  }

  /** A program of the image; the rest are its arguments. */
  List<String> program(String name, String... arguments) {
    return Stream.concat(Stream.of(opt("andon/bin/" + name).toString()), Stream.of(arguments))
        .toList();
  }

  /** Paths of files relative to the root, bills of materials aside. */
  Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .filter(file -> !file.startsWith("opt/andon/sbom/"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /** The files that the checkout says there are, libraries aside. */
  static List<String> expected(String image) throws IOException {
    return Files.readAllLines(IMAGES.resolve("files-" + image + ".txt"));
  }

  /** Names of jars that a bill of materials lists; the build may have left the bills out. */
  Set<String> jars(String bill) throws IOException {
    assumeTrue(Files.exists(opt("andon/sbom/" + bill)), "no bills; make sbom makes them");
    Set<String> jars = new TreeSet<>();
    for (JsonNode component : JSON.readTree(opt("andon/sbom/" + bill).toFile()).get("components")) {
      String name = component.get("name").asText() + "-" + component.get("version").asText();
      String purl = component.path("purl").asText();
      String classifier = purl.replaceFirst("^.*[?&]classifier=", "");
      jars.add(name + (classifier.equals(purl) ? "" : "-" + classifier.split("&", 2)[0]) + ".jar");
    }
    return jars;
  }

  /** When each file was last written: what a read-only root would have refused shows here. */
  Map<String, Object> state() throws IOException {
    Map<String, Object> state = new TreeMap<>();
    for (String file : files()) {
      state.put(file, Files.getLastModifiedTime(root.resolve(file)));
    }
    return state;
  }

  /** Whether another user than the owner, as the image's is, could read everything. */
  boolean isReadableForEverybody() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("opt"))) {
      return files.allMatch(Layout::isReadable);
    }
  }

  /** As {@code ls} shows them. */
  static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      return "none: " + e;
    }
  }

  private static boolean isReadable(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException e) {
      return false;
    }
  }
}
