package io.andon.bench.evaluate.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The masks of one clip: a ZIP file of {@code KKK.png}, KKK being the frame's number from 0. */
public final class MaskArchive implements AutoCloseable {
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?(\\d{1,9})\\.png", Pattern.CASE_INSENSITIVE);

  private final ZipFile zip;
  private final Map<Integer, ZipEntry> entries = new HashMap<>();

  /** Opens an archive. */
  public MaskArchive(Path file) throws IOException {
    zip = new ZipFile(file.toFile());
    zip.stream()
        .forEach(
            entry -> {
              Matcher name = NAME.matcher(entry.getName());
              if (name.matches()) {
                entries.put(Integer.parseInt(name.group(1)), entry);
              }
            });
  }

  /** Whether a frame has a mask, readable or not. */
  public boolean has(int frame) {
    return entries.containsKey(frame);
  }

  /** The mask of a frame, if it has one. */
  public Optional<Mask> mask(int frame) throws IOException {
    ZipEntry entry = entries.get(frame);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return Optional.of(Mask.read(in.readAllBytes(), entry.getName()));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
