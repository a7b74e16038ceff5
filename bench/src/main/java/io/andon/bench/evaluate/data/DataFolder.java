package io.andon.bench.evaluate.data;

import io.andon.bench.evaluate.data.VideoSet.Clip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of labelled data: sets of videos as {@code SET/train/*.mp4}, {@code SET/test/*.mp4} and
 * {@code SET/labels/*.txt} (and {@code SET/masks/*.zip}), sets of pictures in {@code
 * images/manifest.csv}. What is missing is told and left out.
 */
public final class DataFolder {
  private static final String IMAGES = "images";
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private final Path root;
  private final Consumer<String> notes;

  /**
   * @param root the folder
   * @param notes takes a line for everything that is left out
   */
  public DataFolder(Path root, Consumer<String> notes) {
    this.root = root;
    this.notes = notes;
  }

  /**
   * Finds the sets, videos first, each kind in the order of names or of the manifest.
   *
   * @param wanted names of sets to find; empty for all
   * @return one set or more
   * @throws DataProblem if the folder is missing, none of its sets is wanted and can be used, or a
   *     file of labels can't be read
   */
  public List<LabelledSet> sets(Set<String> wanted) throws IOException, DataProblem {
    if (!Files.isDirectory(root)) {
      throw new DataProblem("there is no folder " + root.toAbsolutePath().normalize());
    }
    Set<String> names = new LinkedHashSet<>();
    List<LabelledSet> found = new ArrayList<>();
    findVideos(wanted, names, found);
    findStills(wanted, names, found);
    tellUnknown(wanted, names);
    if (found.isEmpty()) {
      throw new DataProblem("there is nothing to measure in " + root + "; " + thereAre(names));
    }
    return found;
  }

  private void findVideos(Set<String> wanted, Set<String> names, List<LabelledSet> found)
      throws IOException, DataProblem {
    for (Path folder : listed(root)) {
      String name = nameOf(folder);
      if (!Files.isDirectory(folder) || name.equals(IMAGES)) {
        continue;
      }
      if (hasVideos(folder)) {
        names.add(name);
      }
      if (isWanted(wanted, name)) {
        VideoSet set = videos(folder, name);
        if (set != null) {
          found.add(set);
        }
      }
    }
  }

  private void findStills(Set<String> wanted, Set<String> names, List<LabelledSet> found)
      throws DataProblem {
    for (StillSet set : stills()) {
      names.add(set.name());
      if (!isWanted(wanted, set.name())) {
        continue;
      }
      if (set.isEnough()) {
        found.add(set);
        if (set.learntToo() > 0) {
          notes.accept(
              String.format(
                  "%s: %d test pictures are train pictures too, figures are better than they should"
                      + " be",
                  set.name(), set.learntToo()));
        }
      } else {
        notes.accept(set.shortage());
      }
    }
  }

  private void tellUnknown(Set<String> wanted, Set<String> names) {
    for (String name : wanted) {
      if (!names.contains(name)) {
        notes.accept(name + ": there is no such set in " + root + ", skipped; " + thereAre(names));
      }
    }
  }

  private static String thereAre(Set<String> names) {
    return names.isEmpty() ? "there are no sets" : "sets there are: " + String.join(", ", names);
  }

  private static boolean hasVideos(Path folder) throws IOException {
    return !clips(folder.resolve("train")).isEmpty() && !clips(folder.resolve("test")).isEmpty();
  }

  private static boolean isWanted(Set<String> wanted, String name) {
    return wanted.isEmpty() || wanted.contains(name);
  }

  private List<StillSet> stills() throws DataProblem {
    Path manifest = root.resolve(IMAGES).resolve("manifest.csv");
    if (!Files.isRegularFile(manifest)) {
      notes.accept("there is no " + manifest + ": no sets of pictures");
      return List.of();
    }
    return ManifestFile.read(manifest, notes);
  }

  private @Nullable VideoSet videos(Path folder, String name) throws IOException, DataProblem {
    List<Path> trainFiles = clips(folder.resolve("train"));
    List<Path> testFiles = clips(folder.resolve("test"));
    if (trainFiles.isEmpty() || testFiles.isEmpty()) {
      notes.accept(name + ": no train/*.mp4 and test/*.mp4, no set of videos, skipped");
      return null;
    }
    tellOthers(name, folder.resolve("train"));
    tellOthers(name, folder.resolve("test"));
    List<Clip> train = new ArrayList<>();
    for (Path video : trainFiles) {
      train.add(new Clip("train/" + stem(video), video, new boolean[0], null));
    }
    List<Clip> test = new ArrayList<>();
    int masked = 0;
    for (Path video : testFiles) {
      Path labels = folder.resolve("labels").resolve(stem(video) + ".txt");
      Path masks = folder.resolve("masks").resolve(stem(video) + ".zip");
      if (!Files.isRegularFile(labels)) {
        notes.accept(name + ": there is no " + labels + ", test/" + stem(video) + " skipped");
        continue;
      }
      boolean hasMasks = Files.isRegularFile(masks);
      masked += hasMasks ? 1 : 0;
      test.add(new Clip("test/" + stem(video), video, labels(labels), hasMasks ? masks : null));
    }
    if (masked < test.size()) {
      notes.accept(name + ": " + (test.size() - masked) + " test clips have no masks");
    }
    return test.isEmpty() ? null : new VideoSet(name, train, test);
  }

  private static boolean[] labels(Path file) throws DataProblem {
    List<Boolean> labels = new ArrayList<>();
    List<String> lines = TextFile.lines(file);
    for (int i = 0; i < lines.size(); i++) {
      for (String value : SPACE.split(lines.get(i).strip(), -1)) {
        if (value.equals("0") || value.equals("1")) {
          labels.add(value.equals("1"));
        } else if (!value.isEmpty()) {
          throw new DataProblem(
              String.format("%s line %d: label is '%s', allowed: 0 or 1", file, i + 1, value));
        }
      }
    }
    boolean[] array = new boolean[labels.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = labels.get(i);
    }
    return array;
  }

  private void tellOthers(String set, Path folder) throws IOException {
    List<Path> others = listed(folder).stream().filter(file -> !isClip(file)).toList();
    if (!others.isEmpty()) {
      notes.accept(
          String.format(
              "%s: %d files are not *.mp4, left out; the first is %s",
              set, others.size(), others.get(0)));
    }
  }

  private static List<Path> clips(Path folder) throws IOException {
    return listed(folder).stream().filter(DataFolder::isClip).toList();
  }

  private static boolean isClip(Path file) {
    return nameOf(file).toLowerCase(Locale.ROOT).endsWith(".mp4");
  }

  /** What a folder holds, in the order of names, without what its system keeps hidden there. */
  private static List<Path> listed(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !nameOf(file).startsWith(".")).sorted().toList();
    }
  }

  private static String stem(Path file) {
    String name = nameOf(file);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
