package io.andon.bench.evaluate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  @TempDir private Path root = Path.of("");
  private final List<String> notes = new ArrayList<>();

  @Test
  void findsVideosWithTheirLabelsAndMasks() throws Exception {
    touch("yard/train/02.mp4", "yard/train/01.mp4", "yard/test/01.mp4", "yard/masks/01.zip");
    write("yard/labels/01.txt", "0\n1\n\n1\n");
    VideoSet set = (VideoSet) sets().get(0);
    assertThat(set.name()).isEqualTo("yard");
    assertThat(set.train()).extracting(VideoSet.Clip::id).containsExactly("train/01", "train/02");
    VideoSet.Clip clip = set.test().get(0);
    assertThat(clip.labels()).containsExactly(false, true, true);
    assertThat(clip.masks()).isNotNull();
    assertThat(clip.isTest()).isTrue();
  }

  @Test
  void whatIsMissingIsToldAndLeftOut() throws Exception {
    touch("yard/train/01.mp4", "yard/test/01.mp4", "yard/test/02.mp4", "clips/a.mp4");
    write("yard/labels/02.txt", "0 1");
    assertThat(sets("yard", "attic")).hasSize(1);
    assertThat(notes)
        .anyMatch(n -> n.startsWith("yard: there is no") && n.endsWith("test/01 skipped"))
        .anyMatch(n -> n.equals("yard: 1 test clips have no masks"))
        .anyMatch(n -> n.startsWith("attic: there is no such set"))
        .anyMatch(n -> n.startsWith("there is no") && n.contains("manifest.csv"));
    notes.clear();
    sets();
    assertThat(notes).anyMatch(n -> n.startsWith("clips: no train/*.mp4"));
  }

  @Test
  void clipsAreTakenWhateverTheCaseOfTheirEndingAndOtherFilesAreTold() throws Exception {
    touch("yard/train/01.MP4", "yard/train/._01.MP4", "yard/train/02.avi", "yard/test/01.mp4");
    touch(".trash/train/01.mp4", ".trash/test/01.mp4");
    write("yard/labels/01.txt", "0 1");
    VideoSet set = (VideoSet) sets().get(0);
    assertThat(set.train()).extracting(VideoSet.Clip::id).containsExactly("train/01");
    assertThat(notes)
        .contains(
            "yard: 1 files are not *.mp4, left out; the first is "
                + root.resolve("yard/train/02.avi"))
        .noneMatch(note -> note.contains("trash"));
  }

  @Test
  void anUnknownSetIsToldWithTheOnesThereAre() throws Exception {
    touch("yard/train/01.mp4", "yard/test/01.mp4", "clips/a.mp4");
    write("yard/labels/01.txt", "0 1");
    tiles(StillSet.FEWEST_TRAIN);
    sets("yard", "yrad");
    assertThat(notes)
        .contains(
            "yrad: there is no such set in " + root + ", skipped; sets there are: yard, tiles");
    assertThatThrownBy(() -> sets("yrad"))
        .isInstanceOf(DataProblem.class)
        .hasMessage("there is nothing to measure in " + root + "; sets there are: yard, tiles");
  }

  @Test
  void aSetWithTooFewTrainPicturesToEndAWarmUpIsToldAndLeftOut() throws Exception {
    tiles(StillSet.FEWEST_TRAIN - 1);
    assertThatThrownBy(this::sets).isInstanceOf(DataProblem.class);
    assertThat(notes)
        .contains("tiles: 6 train and 1 test pictures, at least 7 and 1 are needed, skipped");
    tiles(StillSet.FEWEST_TRAIN);
    assertThat(sets()).hasSize(1);
  }

  @Test
  void testPicturesThatAreLearntTooAreTold() throws Exception {
    touch("images/b.png");
    tiles(StillSet.FEWEST_TRAIN, "tiles,test,good,0,b.png,");
    sets();
    assertThat(notes)
        .contains(
            "tiles: 1 test pictures are train pictures too, figures are better than they should be");
  }

  @Test
  void aWrongLabelIsNamedByFileLineAndValue() throws Exception {
    touch("yard/train/01.mp4", "yard/test/01.mp4");
    write("yard/labels/01.txt", "0\n2\n");
    assertThatThrownBy(this::sets)
        .isInstanceOf(DataProblem.class)
        .hasMessageEndingWith("01.txt line 2: label is '2', allowed: 0 or 1");
  }

  @Test
  void aMissingFolderIsAProblem() {
    DataFolder folder = new DataFolder(root.resolve("nowhere"), notes::add);
    assertThatThrownBy(() -> folder.sets(Set.of()))
        .isInstanceOf(DataProblem.class)
        .hasMessageContaining("there is no folder")
        .hasMessageContaining("nowhere");
  }

  @Test
  void readsTheManifestWhateverTheOrderOfItsColumns() throws Exception {
    touch("images/a.png", "images/c, d.png", "images/m.png");
    write(
        "images/manifest.csv",
        """
        image,label,split,set,class,mask
        %s"c, d.png",1,test,tiles,crack,m.png
        """
            .formatted("a.png,0,train,tiles,good,\n".repeat(StillSet.FEWEST_TRAIN)));
    StillSet set = (StillSet) sets().get(0);
    assertThat(set.name()).isEqualTo("tiles");
    assertThat(set.train()).hasSize(StillSet.FEWEST_TRAIN).noneMatch(StillSet.Still::anomalous);
    assertThat(set.test())
        .containsExactly(
            new StillSet.Still(
                "c, d.png",
                root.resolve("images/c, d.png"),
                "crack",
                true,
                root.resolve("images/m.png")));
  }

  @Test
  void aByteOrderMarkAndBlanksAfterCommasAreNoPartOfWhatIsRead() throws Exception {
    touch("yard/train/01.mp4", "yard/test/01.mp4", "images/a.png");
    write("yard/labels/01.txt", BYTE_ORDER_MARK + "0\r\n1\r\n");
    write(
        "images/manifest.csv",
        BYTE_ORDER_MARK
            + "set, split, class, label, image, mask\r\n"
            + "tiles, train, good, 0, a.png,\r\n".repeat(StillSet.FEWEST_TRAIN)
            + "tiles, test, crack, 1, a.png,\r\n");
    List<LabelledSet> sets = sets();
    assertThat(((VideoSet) sets.get(0)).test().get(0).labels()).containsExactly(false, true);
    StillSet tiles = (StillSet) sets.get(1);
    assertThat(tiles.name()).isEqualTo("tiles");
    assertThat(tiles.test()).extracting(StillSet.Still::kind).containsExactly("crack");
  }

  @Test
  void emptyColumnsAndRowsOfASpreadsheetAreNothing() throws Exception {
    touch("images/a.png");
    write(
        "images/manifest.csv",
        "set,split,label,image,class,mask,,,\n"
            + "tiles,train,0,a.png,,,,,\n".repeat(StillSet.FEWEST_TRAIN)
            + "tiles,test,1,a.png,,\n"
            + ",,,,,,,,\n");
    StillSet set = (StillSet) sets().get(0);
    assertThat(set.train()).hasSize(StillSet.FEWEST_TRAIN);
    assertThat(set.test()).hasSize(1);
  }

  @Test
  void aManifestWithoutAColumnIsToldWhatItHas() throws Exception {
    write("images/manifest.csv", "set;split;class;label;image\n");
    assertThatThrownBy(this::sets)
        .isInstanceOf(DataProblem.class)
        .hasMessageEndingWith(
            "line 1: there is no column set, but [set;split;class;label;image]; needed are"
                + " [set, split, label, image], commas between them");
  }

  @Test
  void textThatIsNotUtf8IsNamedByFileAndLine() throws Exception {
    touch("yard/train/01.mp4", "yard/test/01.mp4");
    writeLatin1("yard/labels/01.txt", "0\n1\n\u00e4\n");
    assertThatThrownBy(this::sets)
        .isInstanceOf(DataProblem.class)
        .hasMessageContaining("01.txt line 3: byte 0xe4 is not UTF-8");
    write("yard/labels/01.txt", "0\n1\n");
    writeLatin1("images/manifest.csv", "set,split,class,label,image\ntiles,test,\u00d6l,1,a.png\n");
    assertThatThrownBy(this::sets)
        .isInstanceOf(DataProblem.class)
        .hasMessageContaining("manifest.csv line 2: byte 0xd6 is not UTF-8");
  }

  @Test
  void everyBadRowIsNamedByLineFieldAndValue() throws Exception {
    write(
        "images/manifest.csv",
        """
        set,split,class,label,image,mask
        tiles,training,good,0,a.png,
        tiles,test,good,yes,a.png,
        tiles,train,crack,1,a.png,
        tiles,test
        """);
    assertThatThrownBy(this::sets)
        .isInstanceOf(DataProblem.class)
        .hasMessageContaining("line 2: split is 'training', allowed: train or test")
        .hasMessageContaining("line 3: label is 'yes', allowed: 0 or 1")
        .hasMessageContaining("line 4: label is '1', allowed: 0 in train")
        .hasMessageContaining("line 5: fields is '2'");
  }

  @Test
  void aNameThatNoFileCanHaveIsNamedByItsLine() {
    assertThatThrownBy(
            () -> {
              tiles(StillSet.FEWEST_TRAIN, "tiles,test,crack,1,a\0.png,", "tiles,test,,1,a.png,\0");
              sets();
            })
        .isInstanceOf(DataProblem.class)
        .hasMessageContaining("line 10: image is 'a\0.png', allowed: a path")
        .hasMessageContaining("line 11: mask is '\0', allowed: a path");
  }

  @Test
  void missingPicturesAndMasksAreCountedAndTheFirstIsNamed() throws Exception {
    tiles(
        StillSet.FEWEST_TRAIN,
        "tiles,train,good,0,gone.png,",
        "tiles,train,good,0,lost.png,",
        "tiles,test,crack,1,a.png,gone.png");
    StillSet set = (StillSet) sets().get(0);
    assertThat(set.train()).hasSize(StillSet.FEWEST_TRAIN);
    assertThat(set.test().get(1).mask()).isNull();
    assertThat(notes)
        .contains(
            "tiles pictures: 2 files are missing, skipped; the first is "
                + root.resolve("images/gone.png"),
            "tiles masks: 1 files are missing, skipped; the first is "
                + root.resolve("images/gone.png"));
  }

  @Test
  void masksAreReadByFrameAndBroughtToAnotherSize() throws Exception {
    Path zip = root.resolve("01.zip");
    BufferedImage picture = new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_BINARY);
    picture.setRGB(3, 1, 0xffffff);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("007.png"));
      ImageIO.write(picture, "png", out);
      out.putNextEntry(new ZipEntry("masks/008.PNG"));
      ImageIO.write(picture, "png", out);
    }
    try (MaskArchive archive = new MaskArchive(zip)) {
      assertThat(archive.has(6)).isFalse();
      assertThat(archive.has(7)).isTrue();
      assertThat(archive.mask(6)).isEmpty();
      assertThat(archive.mask(8)).isPresent();
      Mask mask = archive.mask(7).orElseThrow();
      assertThat(mask.anomalous())
          .containsExactly(false, false, false, false, false, false, false, true);
      assertThat(mask.resized(2, 2).anomalous()).containsExactly(false, false, false, true);
    }
  }

  /** A set of so many train pictures, one test picture and more rows. */
  private void tiles(int train, String... more) throws IOException {
    touch("images/a.png");
    write(
        "images/manifest.csv",
        "set,split,class,label,image,mask\n"
            + "tiles,train,good,0,a.png,\n".repeat(train)
            + "tiles,test,crack,1,a.png,\n"
            + String.join("\n", more));
  }

  private List<LabelledSet> sets(String... wanted) throws IOException, DataProblem {
    return new DataFolder(root, notes::add).sets(Set.of(wanted));
  }

  private void touch(String... files) throws IOException {
    for (String file : files) {
      write(file, "x");
    }
  }

  private void write(String file, String text) throws IOException {
    write(file, text, StandardCharsets.UTF_8);
  }

  private void writeLatin1(String file, String text) throws IOException {
    write(file, text, StandardCharsets.ISO_8859_1);
  }

  private void write(String file, String text, Charset encoding) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text, encoding);
  }
}
