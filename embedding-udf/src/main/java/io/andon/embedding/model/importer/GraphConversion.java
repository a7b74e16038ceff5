package io.andon.embedding.model.importer;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/**
 * Copies the part of a TensorFlow.js graph that some outputs need into a TensorFlow graph. Fused
 * operations, which TensorFlow only makes for itself, are split into operation, bias and
 * activation; constants get their values.
 */
final class GraphConversion {
  private static final List<String> CONVOLUTION_ATTRIBUTES =
      List.of("strides", "padding", "data_format", "dilations", "explicit_paddings");
  private static final List<String> MATMUL_ATTRIBUTES = List.of("transpose_a", "transpose_b");

  private final GraphBuilder graph;
  private final Map<String, Weight> weights;
  private final Map<String, String> replaced;

  /**
   * @param replaced nodes of the source (such as its input) and the nodes of {@code graph} that
   *     stand in their place
   */
  GraphConversion(GraphBuilder graph, Map<String, Weight> weights, Map<String, String> replaced) {
    this.graph = graph;
    this.weights = weights;
    this.replaced = replaced;
  }

  void copy(TfjsGraph source, Collection<String> outputs) {
    for (NodeDef node : source.neededFor(outputs, replaced.keySet())) {
      List<String> inputs = node.getInputList().stream().map(this::replace).toList();
      switch (node.getOp()) {
        case "Const" -> graph.constant(node.getName(), weightOf(node.getName()));
        case "_FusedConv2D" -> split(node, inputs, "Conv2D", CONVOLUTION_ATTRIBUTES);
        case "FusedDepthwiseConv2dNative" ->
            split(node, inputs, "DepthwiseConv2dNative", CONVOLUTION_ATTRIBUTES);
        case "_FusedMatMul" -> split(node, inputs, "MatMul", MATMUL_ATTRIBUTES);
        default -> graph.add(plain(node, inputs));
      }
    }
  }

  private String replace(String tensor) {
    return replaced.getOrDefault(TfjsGraph.nodeOf(tensor), tensor);
  }

  private Weight weightOf(String name) {
    Weight weight = weights.get(name);
    if (weight == null) {
      throw new IllegalArgumentException("the manifest has no weight " + name);
    }
    return weight;
  }

  /**
   * A node as it is, but for 64-bit integer types: TensorFlow.js stores those constants as int32.
   */
  private static NodeDef plain(NodeDef node, List<String> inputs) {
    NodeDef.Builder copy = node.toBuilder().clearInput().addAllInput(inputs).clearDevice();
    node.getAttrMap()
        .forEach(
            (key, value) -> {
              if (value.getType() == DataType.DT_INT64) {
                copy.putAttr(key, GraphBuilder.type(DataType.DT_INT32));
              }
            });
    return copy.build();
  }

  private void split(NodeDef node, List<String> inputs, String op, List<String> attributes) {
    List<ByteString> steps = node.getAttrOrThrow("fused_ops").getList().getSList();
    String name = node.getName();
    NodeDef.Builder first =
        NodeDef.newBuilder()
            .setOp(op)
            .setName(steps.isEmpty() ? name : name + "/unfused")
            .addInput(inputs.get(0))
            .addInput(inputs.get(1))
            .putAttr("T", GraphBuilder.FLOAT);
    for (String attribute : attributes) {
      if (node.containsAttr(attribute)) {
        first.putAttr(attribute, node.getAttrOrThrow(attribute));
      }
    }
    String current = graph.add(first.build());
    int nextInput = 2;
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i).toStringUtf8();
      String stepName = i == steps.size() - 1 ? name : name + "/step" + i;
      current =
          step.equals("BiasAdd")
              ? bias(stepName, current, inputs.get(nextInput++))
              : activation(step, stepName, current, node);
    }
  }

  private String bias(String name, String input, String bias) {
    Map<String, AttrValue> attributes =
        Map.of("T", GraphBuilder.FLOAT, "data_format", GraphBuilder.text("NHWC"));
    return graph.add("BiasAdd", name, List.of(input, bias), attributes);
  }

  private String activation(String step, String name, String input, NodeDef node) {
    return switch (step) {
      case "Relu", "Relu6", "Elu", "Sigmoid" -> graph.floats(step, name, input);
      case "LeakyRelu" ->
          graph.add(
              step,
              name,
              List.of(input),
              Map.of("T", GraphBuilder.FLOAT, "alpha", node.getAttrOrThrow("leakyrelu_alpha")));
      default -> throw new IllegalArgumentException("unknown fused step " + step + " in " + name);
    };
  }
}
