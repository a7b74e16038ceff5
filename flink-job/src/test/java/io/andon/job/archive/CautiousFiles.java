package io.andon.job.archive;

import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Local files, of which none is renamed onto another: as Flink's plugin for S3 has it. */
public final class CautiousFiles implements FileSystemFactory {
  static final String SCHEME = "cautious";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new LocalFileSystem() {
      @Override
      public boolean rename(Path from, Path to) throws IOException {
        if (exists(to)) {
          throw new IOException("Failed to rename " + from + " to " + to + "; destination exists");
        }
        return super.rename(from, to);
      }
    };
  }
}
