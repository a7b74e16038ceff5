package io.andon.embedding.model.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/** The graph of a TensorFlow.js graph model: TensorFlow's own nodes in JSON, some of them fused. */
final class TfjsGraph {
  private final Map<String, NodeDef> nodes = new LinkedHashMap<>();

  TfjsGraph(JsonNode model) {
    ObjectNode topology = model.path("modelTopology").deepCopy();
    topology.remove("versions");
    GraphDef.Builder graph = GraphDef.newBuilder();
    try {
      JsonFormat.parser().ignoringUnknownFields().merge(topology.toString(), graph);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the model's topology is not a TensorFlow graph", e);
    }
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
  }

  /**
   * The nodes that outputs depend on, in the order of the file (inputs first).
   *
   * @param outputs names of nodes
   * @param cut names of nodes to stop at; they are not among the result
   */
  List<NodeDef> neededFor(Collection<String> outputs, Set<String> cut) {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(outputs);
    while (!open.isEmpty()) {
      String name = nodeOf(open.pop());
      if (cut.contains(name) || !needed.add(name)) {
        continue;
      }
      NodeDef node = nodes.get(name);
      if (node == null) {
        throw new IllegalArgumentException("the graph has no node " + name);
      }
      open.addAll(node.getInputList());
    }
    return nodes.values().stream().filter(node -> needed.contains(node.getName())).toList();
  }

  /** The node a tensor name ({@code node}, {@code node:1} or {@code ^node}) belongs to. */
  static String nodeOf(String tensor) {
    String name = tensor.startsWith("^") ? tensor.substring(1) : tensor;
    int colon = name.lastIndexOf(':');
    return colon > 0 ? name.substring(0, colon) : name;
  }
}
