package io.andon.embedding.model.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.embedding.model.DescriptorCodec;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor;
import io.andon.embedding.model.ModelStore;
import io.andon.embedding.model.Whitening;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;

/** Imports one network: reads the published files, writes a model directory. */
final class NetworkImport {
  /** The signature that embedders run. */
  static final String EMBED = "embed";

  /** The signature that gives the raw features, for tests and for estimating a whitening. */
  static final String FEATURES = "features";

  /** What one step is worth where unit-length features are quantised outside the graph. */
  private static final float UNWHITENED_SCALE = 1 / 128f;

  private final Recipe recipe;
  private final Path packageDirectory;

  /**
   * @param packageDirectory the unpacked npm package
   */
  NetworkImport(Recipe recipe, Path packageDirectory) {
    this.recipe = recipe;
    this.packageDirectory = packageDirectory;
  }

  /** Writes {@code saved_model.pb}, {@code descriptor.json} and {@code LICENSE}. */
  void into(Path directory) throws IOException {
    GraphBuilder graph = new GraphBuilder();
    FeatureHead head = new FeatureHead(graph);
    backbone(graph, head.input(recipe.scale(), recipe.offset()));
    Whitening whitening = whitening();

    String features = head.features(recipe.stride8(), recipe.stride16());
    String pooled = head.pooled(recipe.stride32());
    Map<String, SavedModelFile.Output> raw =
        Map.of(
            "stride8", new SavedModelFile.Output(recipe.stride8(), DataType.DT_FLOAT),
            "stride16", new SavedModelFile.Output(recipe.stride16(), DataType.DT_FLOAT),
            "features", new SavedModelFile.Output(features, DataType.DT_FLOAT),
            "pooled", new SavedModelFile.Output(pooled, DataType.DT_FLOAT));
    Map<String, SavedModelFile.Output> embed =
        whitening == null
            ? Map.of(
                "patches", new SavedModelFile.Output(features, DataType.DT_FLOAT),
                "pooled", new SavedModelFile.Output(pooled, DataType.DT_FLOAT))
            : whitened(head, features, pooled, whitening);

    Files.createDirectories(directory);
    Path savedModel = directory.resolve("saved_model.pb");
    new SavedModelFile(graph.build())
        .signature(EMBED, embed)
        .signature(FEATURES, raw)
        .write(savedModel);
    Files.copy(
        packageDirectory.resolve("LICENSE"),
        directory.resolve("LICENSE"),
        StandardCopyOption.REPLACE_EXISTING);
    ModelDescriptor descriptor = descriptor(ModelStore.sha256(savedModel), whitening);
    Files.writeString(
        directory.resolve("descriptor.json"),
        DescriptorCodec.write(descriptor),
        StandardCharsets.UTF_8);
  }

  private void backbone(GraphBuilder graph, String input) throws IOException {
    JsonNode model =
        new ObjectMapper().readTree(packageDirectory.resolve(recipe.files() + ".json").toFile());
    byte[] binary = Files.readAllBytes(packageDirectory.resolve(recipe.files() + ".bin"));
    new GraphConversion(graph, TfjsWeights.read(model, binary), Map.of(recipe.input(), input))
        .copy(
            new TfjsGraph(model), List.of(recipe.stride8(), recipe.stride16(), recipe.stride32()));
  }

  private static Map<String, SavedModelFile.Output> whitened(
      FeatureHead head, String features, String pooled, Whitening whitening) {
    String projected = head.projected(features, whitening);
    return Map.of(
        "patches", new SavedModelFile.Output(head.quantised(projected), DataType.DT_INT8),
        "pooled", new SavedModelFile.Output(pooled, DataType.DT_FLOAT),
        "finite", new SavedModelFile.Output(head.finite(projected, pooled), DataType.DT_BOOL));
  }

  private @Nullable Whitening whitening() throws IOException {
    String resource = recipe.whitening();
    if (resource == null) {
      return null;
    }
    try (InputStream in = NetworkImport.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("no resource " + resource + "; WhiteningCommand makes it");
      }
      return Whitening.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private ModelDescriptor descriptor(String sha256, @Nullable Whitening whitening) {
    boolean quantised = whitening != null;
    return new ModelDescriptor(
        recipe.id(),
        recipe.version(),
        sha256,
        EMBED,
        new ModelDescriptor.Input(
            "images", ElementType.UINT8, ModelDescriptor.ColourOrder.RGB, 0, 255, Recipe.shapes()),
        new ModelDescriptor.Patches(
            "patches",
            quantised ? ElementType.INT8 : ElementType.FLOAT32,
            16,
            whitening == null ? recipe.channels() : whitening.outputs(),
            whitening == null ? UNWHITENED_SCALE : whitening.step()),
        new ModelDescriptor.Pooled("pooled", recipe.dimensions()),
        quantised ? "finite" : null,
        whitening == null ? null : whitening.id(),
        new ModelDescriptor.Licence(
            recipe.licence(), "LICENSE", "npm " + Recipe.PACKAGE + " 3.3.6 " + recipe.files()));
  }
}
