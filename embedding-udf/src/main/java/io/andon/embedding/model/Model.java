package io.andon.embedding.model;

import java.nio.file.Path;

/**
 * A model on disk whose descriptor was read and whose bytes are the ones the descriptor names.
 *
 * @param directory holds {@code saved_model.pb}, {@code descriptor.json} and the licence
 * @param descriptor the descriptor
 */
public record Model(Path directory, ModelDescriptor descriptor) {
  /** The network's file. */
  public Path savedModel() {
    return directory.resolve(ModelStore.SAVED_MODEL);
  }
}
