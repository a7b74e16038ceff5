package io.andon.bench.evaluate.data;

import io.andon.bench.evaluate.data.StillSet.Still;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code manifest.csv}: a header that names the columns {@code set,split,class,label,image}
 * and {@code mask} in any order, then a row a picture, paths relative to the manifest.
 */
final class ManifestFile {
  private static final int MOST_PROBLEMS = 20;
  private static final String PATH =
      "a path; with letters beyond ASCII under a UTF-8 locale only, as LC_ALL=C.UTF-8";
  private static final List<String> NEEDED = List.of("set", "split", "label", "image");

  private final Path file;
  private final Path folder;
  private final Map<String, Integer> columns = new HashMap<>();
  private int width;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, List<Still>> train = new LinkedHashMap<>();
  private final Map<String, List<Still>> test = new LinkedHashMap<>();
  private final Map<String, List<Path>> missing = new LinkedHashMap<>();

  private ManifestFile(Path file) {
    this.file = file;
    folder = file.resolveSibling("");
  }

  /**
   * Reads the sets in the order of the manifest.
   *
   * @param notes takes a line for each set whose pictures are missing
   * @throws DataProblem naming line, field, value and what is allowed of every bad row
   */
  static List<StillSet> read(Path file, Consumer<String> notes) throws DataProblem {
    ManifestFile manifest = new ManifestFile(file);
    List<String> lines = TextFile.lines(file);
    manifest.header(lines.isEmpty() ? "" : lines.get(0));
    for (int i = 1; i < lines.size(); i++) {
      manifest.row(i + 1, lines.get(i));
    }
    manifest.failOnProblems();
    manifest.missing.forEach(
        (what, files) ->
            notes.accept(
                String.format(
                    "%s: %d files are missing, skipped; the first is %s",
                    what, files.size(), files.get(0))));
    List<StillSet> sets = new ArrayList<>();
    for (String name : manifest.test.keySet()) {
      List<Still> normal = manifest.train.getOrDefault(name, List.of());
      sets.add(new StillSet(name, normal, manifest.test.getOrDefault(name, List.of())));
    }
    return sets;
  }

  private void header(String line) throws DataProblem {
    List<String> names = withoutEmptyEnd(fields(line).stream().map(String::strip).toList(), 0);
    width = names.size();
    for (int i = 0; i < names.size(); i++) {
      columns.putIfAbsent(names.get(i), i);
    }
    for (String name : NEEDED) {
      if (!columns.containsKey(name)) {
        throw new DataProblem(
            String.format(
                "%s line 1: there is no column %s, but %s; needed are %s, commas between them",
                file, name, names, NEEDED));
      }
    }
  }

  private void row(int number, String line) {
    List<String> fields = withoutEmptyEnd(fields(line), width);
    if (fields.stream().allMatch(String::isBlank)) {
      return;
    }
    if (fields.size() > width || fields.size() < width - 1) {
      problem(number, "fields", Integer.toString(fields.size()), width + ", or one less");
      return;
    }
    String set = field(fields, "set");
    String split = field(fields, "split");
    String label = field(fields, "label");
    String image = field(fields, "image");
    int before = problems.size();
    check(number, "set", set, !set.isEmpty(), "a name");
    check(number, "split", split, split.equals("train") || split.equals("test"), "train or test");
    check(number, "label", label, label.equals("0") || label.equals("1"), "0 or 1");
    boolean odd = split.equals("train") && label.equals("1");
    check(number, "label", label, !odd, "0 in train, which is normal");
    check(number, "image", image, !image.isEmpty(), "a path");
    check(number, "image", image, path(image).isPresent(), PATH);
    String mask = field(fields, "mask");
    check(number, "mask", mask, path(mask).isPresent(), PATH);
    if (problems.size() > before) {
      return;
    }
    test.computeIfAbsent(set, s -> new ArrayList<>());
    Path picture = folder.resolve(image);
    if (!Files.isRegularFile(picture)) {
      isMissing(set + " pictures", picture);
      return;
    }
    Still still =
        new Still(image, picture, field(fields, "class"), label.equals("1"), mask(set, mask));
    (split.equals("train") ? train : test).computeIfAbsent(set, s -> new ArrayList<>()).add(still);
  }

  /** Not everything is one: under some locales, no name with letters beyond ASCII. */
  private Optional<Path> path(String name) {
    try {
      return Optional.of(folder.resolve(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private @Nullable Path mask(String set, String mask) {
    if (mask.isEmpty()) {
      return null;
    }
    Path path = folder.resolve(mask);
    if (!Files.isRegularFile(path)) {
      isMissing(set + " masks", path);
      return null;
    }
    return path;
  }

  private void isMissing(String what, Path file) {
    missing.computeIfAbsent(what, w -> new ArrayList<>()).add(file);
  }

  private String field(List<String> fields, String column) {
    Integer at = columns.get(column);
    return at == null || at >= fields.size() ? "" : fields.get(at).strip();
  }

  private void check(int line, String field, String value, boolean good, String allowed) {
    if (!good) {
      problem(line, field, value, allowed);
    }
  }

  private void problem(int line, String field, String value, String allowed) {
    problems.add(
        String.format("%s line %d: %s is '%s', allowed: %s", file, line, field, value, allowed));
  }

  private void failOnProblems() throws DataProblem {
    if (problems.size() > MOST_PROBLEMS) {
      List<String> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
      first.add("... and " + (problems.size() - MOST_PROBLEMS) + " more");
      throw new DataProblem(first);
    }
    if (!problems.isEmpty()) {
      throw new DataProblem(problems);
    }
  }

  /** Fields without the empty ones that follow the last column, as spreadsheets write them. */
  private static List<String> withoutEmptyEnd(List<String> fields, int least) {
    int size = fields.size();
    while (size > least && fields.get(size - 1).isBlank()) {
      size--;
    }
    return fields.subList(0, size);
  }

  /** Fields of a CSV line; a field in double quotes may hold commas, and quotes doubled. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
