package io.andon.embedding.model;

import io.andon.embedding.InputShape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that Andon must know of a SavedModel to use it; {@code docs/models.md} is the reference of
 * the file.
 *
 * @param id name of the model, {@code [a-z0-9][a-z0-9._-]{0,63}}
 * @param version version of the model's bits; a change of anything that changes an embedding is a
 *     new version
 * @param sha256 SHA-256 of {@code saved_model.pb}, lower-case hex
 * @param signature key of the signature to run
 * @param input what goes in
 * @param patches the grid of features
 * @param pooled the vector of the whole picture
 * @param finite name of the boolean output, one a picture, that is false where the embedding was
 *     not finite before it was quantised; must be there where patches are int8
 * @param whitening id of the projection inside the graph, if there is one
 * @param licence under what the network may be used
 */
public record ModelDescriptor(
    String id,
    String version,
    String sha256,
    String signature,
    Input input,
    Patches patches,
    Pooled pooled,
    @Nullable String finite,
    @Nullable String whitening,
    Licence licence) {
  /** Version of the descriptor's own format. */
  public static final int FORMAT = 1;

  /** Order of a pixel's values. */
  public enum ColourOrder {
    RGB,
    BGR
  }

  /**
   * The input: one tensor, NHWC.
   *
   * @param name key in the signature
   * @param dtype {@code UINT8} or {@code FLOAT32}
   * @param colourOrder order of a pixel's values
   * @param min what a black pixel becomes; 0 for {@code UINT8}
   * @param max what a white pixel becomes; 255 for {@code UINT8}
   * @param shapes the sizes that the model takes, a closed list
   */
  public record Input(
      String name,
      ElementType dtype,
      ColourOrder colourOrder,
      float min,
      float max,
      List<InputShape> shapes) {
    public Input {
      shapes = List.copyOf(shapes);
    }
  }

  /**
   * The patch output, {@code [n, height/stride, width/stride, channels]}.
   *
   * @param name key in the signature
   * @param dtype {@code INT8} (quantised in the graph) or {@code FLOAT32} (quantised here)
   * @param stride pixels a cell
   * @param channels values a cell
   * @param scale what one step of the int8 value is worth; values beyond 127 steps are clipped
   */
  public record Patches(String name, ElementType dtype, int stride, int channels, float scale) {}

  /**
   * The pooled output, {@code [n, dimensions]}, {@code FLOAT32}.
   *
   * @param name key in the signature
   * @param dimensions values a picture
   */
  public record Pooled(String name, int dimensions) {}

  /**
   * Where the network comes from and under what licence.
   *
   * @param name SPDX identifier, or the name of the licence
   * @param file the licence's text beside the descriptor
   * @param source package, version and file, or an address
   */
  public record Licence(String name, String file, String source) {}

  /** The model's name in an {@link io.andon.embedding.EmbeddingSpace}. */
  public String idAndVersion() {
    return id + "@" + version;
  }
}
