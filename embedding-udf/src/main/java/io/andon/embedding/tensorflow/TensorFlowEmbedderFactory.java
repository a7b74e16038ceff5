package io.andon.embedding.tensorflow;

import io.andon.embedding.EmbedderFactory;
import io.andon.embedding.EmbedderLease;
import io.andon.embedding.SharedEmbedders;
import io.andon.embedding.model.ModelStore;
import java.nio.file.Path;

/**
 * Leases {@link TensorFlowEmbedder}s, one a process for equal factories. It travels with a job, so
 * it names the model instead of holding it; each host opens it from its own disk.
 *
 * @param modelDirectory directory of the model on every host
 * @param sha256 the hash that the model's descriptor must name, so that no host embeds with another
 *     graph than the one the job was submitted with; weights outside of it ({@code variables/}) are
 *     told apart by the model's version alone
 * @param precision arithmetic
 * @param device where it runs
 * @param maxBatch pictures a call takes at most
 * @param intraOpThreads threads of one operation, 0 for one a core
 * @param decoder name of the decoder that makes the pictures
 */
public record TensorFlowEmbedderFactory(
    String modelDirectory,
    String sha256,
    Precision precision,
    DeviceChoice device,
    int maxBatch,
    int intraOpThreads,
    String decoder)
    implements EmbedderFactory {

  /** A factory of embedders with these settings. */
  public static TensorFlowEmbedderFactory of(TensorFlowSettings settings) {
    return new TensorFlowEmbedderFactory(
        settings.model().directory().toAbsolutePath().toString(),
        settings.model().descriptor().sha256(),
        settings.precision(),
        settings.device(),
        settings.maxBatch(),
        settings.intraOpThreads(),
        settings.decoder());
  }

  @Override
  public EmbedderLease acquire() {
    return SharedEmbedders.PROCESS.lease(this, () -> TensorFlowEmbedder.open(settings()));
  }

  private TensorFlowSettings settings() {
    TensorFlowSettings settings =
        new TensorFlowSettings(
            ModelStore.openDirectory(Path.of(modelDirectory)),
            precision,
            device,
            maxBatch,
            intraOpThreads,
            decoder);
    String found = settings.model().descriptor().sha256();
    if (!found.equals(sha256)) {
      throw new IllegalStateException(
          "the model in "
              + modelDirectory
              + " has sha256 "
              + found
              + " on this host; the job was submitted with "
              + sha256);
    }
    return settings;
  }
}
