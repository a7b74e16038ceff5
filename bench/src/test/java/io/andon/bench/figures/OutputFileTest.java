package io.andon.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

class OutputFileTest {
  private final OutputFile option = new OutputFile();

  @TempDir private Path folder;

  @Test
  void makesTheFolderAndLeavesNoEmptyFile() {
    Path file = folder.resolve("some/where/figures.json");

    assertThat(option.convert(file.toString())).isEqualTo(file);
    assertThat(file.getParent()).isEmptyDirectory();
  }

  @Test
  void leavesAFileThatIsThere() throws Exception {
    Path file = Files.writeString(folder.resolve("figures.json"), "of the last run");

    option.convert(file.toString());

    assertThat(file).hasContent("of the last run");
  }

  @Test
  void refusesAFolderAndWhatNobodyCanWrite() throws Exception {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> option.convert(folder.toString()))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("is a folder; allowed is a file");
    assertThatThrownBy(() -> option.convert(inTheWay.resolve("figures.json").toString()))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("can't be written");
  }
}
