package io.andon.embedding.model.importer;

import io.andon.embedding.InputShape;
import io.andon.embedding.model.DescriptorCodec;
import io.andon.embedding.model.ElementType;
import io.andon.embedding.model.ModelDescriptor;
import io.andon.embedding.model.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.proto.DataType;

/**
 * A model of a few operations, as a user may bring one: a cell's features are its mean colour
 * divided by itself, which is 1, or not a number where the cell has none of the colour.
 */
public final class TinyModel {
  private TinyModel() {}

  /**
   * Writes the model.
   *
   * @param quantised whether patches leave the graph as int8, with an output that says if they were
   *     finite
   * @param edit changes the descriptor's text, to make it disagree
   */
  public static Path write(Path directory, boolean quantised, UnaryOperator<String> edit)
      throws IOException {
    GraphBuilder graph = new GraphBuilder();
    FeatureHead head = new FeatureHead(graph);
    String pixels = head.input(1, 0);
    String cells =
        graph.add(
            "AvgPool",
            "cells",
            List.of(pixels),
            Map.of(
                "T", GraphBuilder.FLOAT,
                "ksize", GraphBuilder.integers(1, 16, 16, 1),
                "strides", GraphBuilder.integers(1, 16, 16, 1),
                "padding", GraphBuilder.text("VALID")));
    String ones = graph.floats("RealDiv", "ones", cells, cells);
    String pooled = head.pooled(pixels);
    Map<String, SavedModelFile.Output> outputs =
        quantised
            ? Map.of(
                "patches",
                new SavedModelFile.Output(head.quantised(ones), DataType.DT_INT8),
                "pooled",
                new SavedModelFile.Output(pooled, DataType.DT_FLOAT),
                "finite",
                new SavedModelFile.Output(head.finite(ones, pooled), DataType.DT_BOOL))
            : Map.of(
                "patches", new SavedModelFile.Output(ones, DataType.DT_FLOAT),
                "pooled", new SavedModelFile.Output(pooled, DataType.DT_FLOAT));
    Files.createDirectories(directory);
    Path savedModel = directory.resolve("saved_model.pb");
    new SavedModelFile(graph.build()).signature("tiny", outputs).write(savedModel);
    Files.writeString(directory.resolve("LICENSE"), "none\n");
    String descriptor = DescriptorCodec.write(descriptor(ModelStore.sha256(savedModel), quantised));
    Files.writeString(directory.resolve("descriptor.json"), edit.apply(descriptor));
    return directory;
  }

  private static ModelDescriptor descriptor(String sha256, boolean quantised) {
    return new ModelDescriptor(
        "tiny",
        "1",
        sha256,
        "tiny",
        new ModelDescriptor.Input(
            "images",
            ElementType.UINT8,
            ModelDescriptor.ColourOrder.RGB,
            0,
            255,
            List.of(new InputShape(64, 32))),
        new ModelDescriptor.Patches(
            "patches", quantised ? ElementType.INT8 : ElementType.FLOAT32, 16, 3, 1),
        new ModelDescriptor.Pooled("pooled", 3),
        quantised ? "finite" : null,
        null,
        new ModelDescriptor.Licence("none", "LICENSE", "made by a test"));
  }
}
