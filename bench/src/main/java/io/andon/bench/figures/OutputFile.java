package io.andon.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes an option that names a file for figures: makes its folder and tries whether the file can be
 * written, before a run of minutes or hours. A file that is there is left as it is.
 */
public final class OutputFile implements ITypeConverter<Path> {
  @Override
  public Path convert(String value) {
    Path file = Path.of(value).toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new TypeConversionException("'" + value + "' is a folder; allowed is a file");
    }
    try {
      Path folder = file.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.exists(file)) {
        if (!Files.isWritable(file)) {
          throw new TypeConversionException("'" + value + "' can't be written");
        }
      } else {
        Files.delete(Files.createFile(file));
      }
    } catch (IOException e) {
      throw new TypeConversionException("'" + value + "' can't be written: " + e);
    }
    return file;
  }
}
